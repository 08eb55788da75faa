"""One archive of all that a site holds, at one moment, while it goes on."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import IO, Any

from django.db import connection
from django.db.models import Model
from django.utils import timezone

from ethicsforum.keeping import CannotKeep, InUse, media
from ethicsforum.keeping.archive import TABLES, Archive, Writer
from ethicsforum.keeping.rows import line_of
from ethicsforum.keeping.schema import Schema, columns_of, schema_of_database
from ethicsforum.keeping.snapshot import last_number, one_moment, rows_of
from ethicsforum.progress import Progress
from ethicsforum.version import VERSION

LINES = 500

PASSING = frozenset(
    {
        "limits.bucket",
        "limits.cacheentry",
        "privacy.export",
        "sessions.session",
        "usersessions.usersession",
    }
)
"""What no backup has: whoever has signed out stays signed out when it is put back, and
the files of exports are in none."""


def count_rows(schema: Schema, without: frozenset[str] = PASSING) -> int:
    models = _wanted(schema, without).values()
    with one_moment():
        return sum(model._base_manager.count() for model in models)


def write_backup(
    path: Path, progress: Progress, without: frozenset[str] = PASSING
) -> dict[str, Any]:
    """The manifest. The file is there when it is whole, and not before."""
    if path.exists():
        raise CannotKeep(f"{path} is there already; no backup is ever overwritten")
    part = path.with_name(f"{path.name}.part")
    try:
        with _alone_in(part) as file:
            _write(file, progress, without)
            file.flush()
            os.fsync(file.fileno())
            with Archive(part) as archive:
                for _size in archive.verify():
                    pass
            _name(part, path)
            return archive.manifest
    except OSError as error:
        raise CannotKeep(f"{path}: {error.strerror or error}") from error


@contextmanager
def _alone_in(part: Path) -> Iterator[IO[bytes]]:
    """What a killed one left is written over; what one writes now is not."""
    handle = os.open(part, os.O_RDWR | os.O_CREAT, 0o600)
    with open(handle, "w+b") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise InUse(f"somebody else writes {part} at this moment") from None
        file.truncate(0)
        try:
            yield file
        finally:
            part.unlink(missing_ok=True)


def _name(part: Path, path: Path) -> None:
    """A link fails where a file is by now; not every file system has links."""
    try:
        os.link(part, path)
    except FileExistsError:
        raise CannotKeep(f"{path} is there by now; nothing was overwritten") from None
    except OSError:
        part.rename(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _write(file: IO[bytes], progress: Progress, without: frozenset[str]) -> None:
    with Writer(file) as writer, one_moment():
        schema = schema_of_database()
        schema.refuse_unknown()
        # First, while what the rows of this moment name is there.
        media.keep(writer)
        tables = {
            label: _table(writer, label, model, progress)
            for label, model in _wanted(schema, without).items()
        }
        writer.finish(
            {
                "version": VERSION,
                "made_at": timezone.now().isoformat(),
                "database": connection.vendor,
                "migrations": schema.migrations,
                "tables": tables,
            }
        )


def _wanted(schema: Schema, without: frozenset[str]) -> dict[str, type[Model]]:
    models = schema.models.items()
    return {label: model for label, model in models if label not in without}


def _table(
    writer: Writer, label: str, model: type[Model], progress: Progress
) -> dict[str, Any]:
    before = progress.done
    writer.add(f"{TABLES}{label}.jsonl", _lines(model, progress))
    return {
        "columns": columns_of(model),
        "rows": progress.done - before,
        "last": last_number(model),
    }


def _lines(model: type[Model], progress: Progress) -> Iterator[bytes]:
    rows = rows_of(model)
    while batch := list(islice(rows, LINES)):
        yield b"".join(map(line_of, batch))
        progress.add(len(batch))
