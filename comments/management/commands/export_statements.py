"""Refusals as statements of reasons, for the EU's DSA Transparency Database."""

import json
import os
import tempfile
from argparse import ArgumentParser
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import date, datetime, time
from pathlib import Path
from typing import IO, Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import ngettext

from comments.dsa.records import count, statements
from comments.dsa.statements import Statement
from ethicsforum.progress import Progress, shown

NO_FILE = "No file was written; run it again."
WHOLE_LINES = "They are whole lines; --since goes on from a later day."


class Command(BaseCommand):
    help = (
        "Writes each refusal as a statement of reasons, one JSON object a line, in "
        "the schema of the EU's DSA Transparency Database."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--since", metavar="DATE", help="only decisions of this day or later"
        )
        parser.add_argument(
            "--output", metavar="FILE", help="a file, in place of standard output"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        since, output = _since(options["since"]), options["output"]
        stopped = NO_FILE if output else WHOLE_LINES
        with shown("statements", count(since), stopped=stopped) as progress:
            found = _counted(statements(since), progress)
            if output:
                _write_whole(found, Path(output))
            else:
                _write(found, self.stdout)
        if output:
            self.stdout.write(f"{output}: {_count(progress.done)}")
        else:
            self.stderr.write(_count(progress.done))


def _since(said: str | None) -> datetime | None:
    """The first moment of the day, where the site is."""
    if said is None:
        return None
    try:
        day = date.fromisoformat(said)
        return timezone.make_aware(datetime.combine(day, time.min))
    except (ValueError, OverflowError):
        message = f"--since: {said!r} is no date; write it like 2026-11-24."
        raise CommandError(message) from None


def _counted(found: Iterable[Statement], progress: Progress) -> Iterator[Statement]:
    for statement in found:
        yield statement
        progress.add()


def _write(found: Iterable[Statement], out: Any) -> None:
    for statement in found:
        out.write(json.dumps(statement, ensure_ascii=False) + "\n")


def _write_whole(found: Iterable[Statement], path: Path) -> None:
    """All of it or nothing: whoever reads the file never sees half of it."""
    try:
        with tempfile.NamedTemporaryFile(
            "w", encoding="utf-8", dir=path.parent, prefix=path.name, delete=False
        ) as part:
            _write_and_move(found, part, path)
    except OSError as error:
        raise CommandError(f"{path}: {error.strerror or error}") from None


def _write_and_move(found: Iterable[Statement], part: IO[str], path: Path) -> None:
    try:
        _write(found, part)
        part.flush()
        os.fsync(part.fileno())
        Path(part.name).replace(path)
    except BaseException:
        with suppress(OSError):
            Path(part.name).unlink()
        raise


def _count(number: int) -> str:
    words = ngettext("%(n)s statement written.", "%(n)s statements written.", number)
    return words % {"n": number}
