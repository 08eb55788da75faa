"""A backup put back: whole, or not at all."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from ethicsforum.keeping import CannotKeep
from ethicsforum.keeping.archive import Archive
from ethicsforum.keeping.restoring import (
    accounts,
    is_empty,
    restore,
    rows_of,
    schema_of,
)
from ethicsforum.progress import shown

STOPPED = "The site is as it was; run the command again to begin anew."


class Command(BaseCommand):
    help = (
        "Makes this site that of a backup: checks the archive whole, builds it beside "
        "the site, and swaps. Stop web, workers and beat before."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE")
        parser.add_argument(
            "--replace",
            action="store_true",
            help="even where this site holds something",
        )
        parser.add_argument(
            "--no-input",
            action="store_false",
            dest="asks",
            help="do not ask before replacing",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            with Archive(Path(options["file"]).absolute()) as archive:
                self._restore(archive, options["replace"], options["asks"])
        except CannotKeep as problem:
            raise CommandError(str(problem)) from problem

    def _restore(self, archive: Archive, replace: bool, asks: bool) -> None:
        schema = schema_of(archive)
        self._verify(archive)
        if not is_empty():
            self._refuse_or_ask(archive, replace, asks)
        before = accounts()
        with shown("rows", rows_of(archive), stopped=STOPPED) as progress:
            restore(archive, schema, progress)
        self.stdout.write(
            f"This site is that of {archive.manifest['made_at']}: "
            f"{rows_of(archive):,} rows. Check it with check_forum and verify_log, "
            "then start web, workers and beat."
        )
        self._name_departed(before)

    def _name_departed(self, before: set[int]) -> None:
        """Whoever left since the backup is back now; an operator knows if it was so."""
        back = accounts() - before
        if before and back:
            named = ", ".join(map(str, sorted(back)))
            self.stdout.write(
                f"Accounts that the replaced site no longer had: {named}. If they were "
                "deleted, delete them again in the admin, before the site is open."
            )

    def _verify(self, archive: Archive) -> None:
        with shown("bytes read", archive.size, stopped=STOPPED) as progress:
            for size in archive.verify():
                progress.add(size)

    def _refuse_or_ask(self, archive: Archive, replace: bool, asks: bool) -> None:
        if not replace:
            raise CommandError(
                "this site holds accounts or articles; nothing was changed. Back it "
                "up, then say --replace."
            )
        self.stdout.write(
            f"All that this site holds goes; {archive.path} of "
            f"{archive.manifest['made_at']} takes its place."
        )
        if asks and not _agreed():
            raise CommandError("nothing was changed")


def _agreed() -> bool:
    try:
        return input("Type 'replace' to go on: ").strip() == "replace"
    except EOFError:
        return False
