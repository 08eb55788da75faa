"""What editors uploaded, into an archive and out of it.

The name of a file tells its content, so files come before the rows that name them, and
go after: whenever it ends, whatever a row names is there.
"""

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from django.conf import settings

from ethicsforum.keeping import CannotKeep
from ethicsforum.keeping.archive import MEDIA, PIECE, Archive, Writer


def root() -> Path:
    return Path(settings.MEDIA_ROOT).resolve()


def there() -> Iterator[str]:
    """The names of all files, as an archive has them."""
    for folder, _folders, files in os.walk(root()):
        for name in sorted(files):
            path = Path(folder, name).relative_to(root())
            yield MEDIA + path.as_posix()


def keep(writer: Writer) -> None:
    for name in there():
        try:
            with _place(name).open("rb") as file:
                # Pictures are packed already.
                writer.add(name, _pieces(file), packed=False)
        except FileNotFoundError:
            # Deleted in this very moment, and its row with it.
            continue


def put(archive: Archive) -> None:
    for name in archive.names(MEDIA):
        path = _place(name)
        if path.is_file() and path.stat().st_size == archive.members[name]["size"]:
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as draft:
            for piece in archive.pieces(name):
                draft.write(piece)
        Path(draft.name).chmod(0o644)
        Path(draft.name).replace(path)


def drop_others(archive: Archive) -> None:
    kept = set(archive.names(MEDIA))
    for name in list(there()):
        if name not in kept:
            _place(name).unlink(missing_ok=True)


def _pieces(file: IO[bytes]) -> Iterator[bytes]:
    while piece := file.read(PIECE):
        yield piece


def _place(name: str) -> Path:
    path = (root() / name.removeprefix(MEDIA)).resolve()
    if not path.is_relative_to(root()):
        raise CannotKeep(f"{name} leads out of {root()}")
    return path
