"""One archive of all that the site holds, while it runs."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from ethicsforum.keeping import CannotKeep
from ethicsforum.keeping.archive import MEDIA
from ethicsforum.keeping.schema import schema_of_database
from ethicsforum.keeping.writing import count_rows, write_backup
from ethicsforum.progress import shown

STOPPED = "No backup was made; run it again."


class Command(BaseCommand):
    help = (
        "Writes one archive of all data and uploads, as they are at one moment, while "
        "the site runs; then reads it back. It holds personal data: keep it so."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE")

    def handle(self, *args: Any, **options: Any) -> None:
        path = Path(options["file"]).absolute()
        try:
            total = count_rows(schema_of_database())
            with shown("rows", total, stopped=STOPPED) as progress:
                manifest = write_backup(path, progress)
        except CannotKeep as problem:
            raise CommandError(str(problem)) from problem
        rows = sum(table["rows"] for table in manifest["tables"].values())
        files = sum(name.startswith(MEDIA) for name in manifest["members"])
        size = path.stat().st_size / 2**20
        self.stdout.write(f"{path}: {rows:,} rows, {files:,} files, {size:,.1f} MB")
