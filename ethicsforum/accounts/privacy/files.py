"""The files of exports: under DATA_DIR, outside what any address serves by itself."""

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from django.conf import settings


def folder() -> Path:
    return Path(settings.DATA_DIR) / "exports"


def new_name() -> str:
    return f"{secrets.token_urlsafe(24)}.zip"


def path_of(name: str) -> Path:
    return folder() / name


@contextmanager
def written(name: str) -> Iterator[IO[bytes]]:
    """Nobody else on the machine may read it; half a file is never found."""
    folder().mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = path_of(f".{name}")
    with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as to:
        yield to
    draft.rename(path_of(name))


def remove(name: str) -> None:
    if name:
        path_of(name).unlink(missing_ok=True)
        path_of(f".{name}").unlink(missing_ok=True)
