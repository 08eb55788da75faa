"""Refusals as statements of reasons, for the EU's DSA Transparency Database."""

import json
import os
import tempfile
from argparse import ArgumentParser
from collections.abc import Iterable
from contextlib import suppress
from datetime import date, datetime, time
from pathlib import Path
from typing import IO, Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import ngettext

from comments.dsa.records import statements
from comments.dsa.statements import Statement


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
        found = statements(_since(options["since"]))
        if options["output"]:
            number = _write_whole(found, Path(options["output"]))
            self.stdout.write(f"{options['output']}: {_count(number)}")
        else:
            number = _write(found, self.stdout)
            self.stderr.write(_count(number))


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


def _write(found: Iterable[Statement], out: Any) -> int:
    number = 0
    for statement in found:
        out.write(json.dumps(statement, ensure_ascii=False) + "\n")
        number += 1
    return number


def _write_whole(found: Iterable[Statement], path: Path) -> int:
    """All of it or nothing: whoever reads the file never sees half of it."""
    try:
        with tempfile.NamedTemporaryFile(
            "w", encoding="utf-8", dir=path.parent, prefix=path.name, delete=False
        ) as part:
            return _write_and_move(found, part, path)
    except OSError as error:
        raise CommandError(f"{path}: {error.strerror or error}") from None


def _write_and_move(found: Iterable[Statement], part: IO[str], path: Path) -> int:
    try:
        number = _write(found, part)
        part.flush()
        os.fsync(part.fileno())
        Path(part.name).replace(path)
    except BaseException:
        with suppress(OSError):
            Path(part.name).unlink()
        raise
    return number


def _count(number: int) -> str:
    words = ngettext("%(n)s statement written.", "%(n)s statements written.", number)
    return words % {"n": number}
