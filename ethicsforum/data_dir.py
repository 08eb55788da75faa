"""The folder for everything that lasts: writable or a clear word why not."""

import hashlib
import os
import secrets
import tempfile
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

LONGEST_SOCKET = 100
"""Bytes; servers refuse the path of a socket from 104 (macOS) or 108 (Linux) on."""


def writable(folder: Path) -> Path:
    """The folder, made where it was missing."""
    try:
        # Nobody else on the machine may read: mails with codes, sessions, hashes.
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise _not_writable(folder, error.strerror or "") from None
    if not os.access(folder, os.W_OK | os.X_OK):
        raise _not_writable(folder, "it belongs to somebody else")
    return folder


def kept_secret(path: Path) -> str:
    """The secret in the file; made at random the first time (local mode only)."""
    if not path.exists():
        _make_secret(path)
    return path.read_text().strip()


def short_socket(folder: Path) -> Path:
    """Where a local Redis puts its socket, even where the folder's path is long."""
    socket = folder / "redis" / "redis.sock"
    if len(os.fsencode(socket)) <= LONGEST_SOCKET:
        return socket
    digest = hashlib.sha256(os.fsencode(folder)).hexdigest()[:12]
    return Path(tempfile.gettempdir()) / f"ethicsforum-{os.getuid()}-{digest}.sock"


def _make_secret(path: Path) -> None:
    with tempfile.NamedTemporaryFile("w", dir=path.parent, delete=False) as draft:
        draft.write(secrets.token_urlsafe(50))
    try:
        # A link fails when the file is there: two first starts agree on one secret.
        os.link(draft.name, path)
    except FileExistsError:
        pass
    finally:
        os.unlink(draft.name)


def _not_writable(folder: Path, why: str) -> ImproperlyConfigured:
    return ImproperlyConfigured(
        f"DATA_DIR {folder} can't be written ({why}); "
        "give it to this user, or name another folder in DATA_DIR."
    )
