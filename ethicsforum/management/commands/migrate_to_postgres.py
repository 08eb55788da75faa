"""A site on SQLite moves to PostgreSQL, whole, and is checked on both sides."""

import tempfile
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, connection

from ethicsforum import env
from ethicsforum.keeping import CannotKeep
from ethicsforum.keeping.archive import Archive
from ethicsforum.keeping.moving import nobody_writes
from ethicsforum.keeping.places import leading_to
from ethicsforum.keeping.restoring import is_empty, restore, rows_of, schema_of
from ethicsforum.keeping.schema import schema_of_database
from ethicsforum.keeping.writing import count_rows, write_backup
from ethicsforum.progress import shown

EVERYTHING: frozenset[str] = frozenset()
STOPPED = "Nothing has moved; the site is where it was. Run the command again."
TARGET = "TARGET_DATABASE_URL"


class Command(BaseCommand):
    help = (
        f"Moves a site on SQLite to the PostgreSQL database that {TARGET} or "
        f"{TARGET}_FILE names. Stop web, workers and beat before."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "target",
            nargs="?",
            metavar="DATABASE_URL",
            help=f"seen by everybody on this machine, unlike {TARGET}",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if connection.vendor != "sqlite":
            raise CommandError("this site is not on SQLite; see backup and restore")
        target = _target(options["target"])
        try:
            with tempfile.TemporaryDirectory(dir=settings.DATA_DIR) as folder:
                self._move(Path(folder, "site.zip"), target)
        except CannotKeep as problem:
            raise CommandError(str(problem)) from problem
        except DatabaseError as error:
            raise CommandError(_without_secrets(error, target)) from None

    def _move(self, path: Path, target: dict[str, Any]) -> None:
        with leading_to(**target):
            _refuse_full()
        with nobody_writes():
            self._check("SQLite")
            total = count_rows(schema_of_database(), EVERYTHING)
            with shown("rows read", total, stopped=STOPPED) as progress:
                write_backup(path, progress, EVERYTHING)
            with leading_to(**target), Archive(path) as archive:
                self._fill(archive)
                self._check("PostgreSQL")
        self.stdout.write(
            f"{rows_of(archive):,} rows moved. Set DATABASE_URL to the new address and "
            "start web, workers and beat. Uploads stay where they are."
        )

    def _fill(self, archive: Archive) -> None:
        with shown("rows written", rows_of(archive), stopped=STOPPED) as progress:
            restore(archive, schema_of(archive), progress)
        self._compare(archive)

    def _compare(self, archive: Archive) -> None:
        models = schema_of(archive).models
        for label, said in archive.manifest["tables"].items():
            count = models[label]._base_manager.count()
            if count != said["rows"]:
                words = f"{label} has {count} rows in PostgreSQL, {said['rows']} before"
                raise CommandError(words)
        tables = len(archive.manifest["tables"])
        self.stdout.write(f"{tables} tables have as many rows as before.")

    def _check(self, name: str) -> None:
        for command in ("check_forum", "verify_log"):
            self.stdout.write(f"{name}, {command}:")
            try:
                call_command(command, stdout=self.stdout, stderr=self.stderr)
            except SystemExit:
                raise CommandError(
                    f"{command} finds fault on {name}. The site on SQLite is as it "
                    "was; go on with that."
                ) from None


def _target(said: str | None) -> dict[str, Any]:
    try:
        config = env.as_database(said) if said else settings.TARGET_DATABASE
    except (ValueError, KeyError):
        config = None
    if config is None or config["ENGINE"].endswith("sqlite3"):
        raise CommandError(
            f"set {TARGET} to an address like postgres://user:password@host/name"
        )
    # As settings do for the site's own.
    config["OPTIONS"] = {"connect_timeout": 5, **config.get("OPTIONS", {})}
    return {"USER": "", "PASSWORD": "", "HOST": "", "PORT": "", **config}


def _refuse_full() -> None:
    if not is_empty():
        raise CannotKeep("that PostgreSQL database holds accounts or articles already")


def _without_secrets(error: DatabaseError, target: dict[str, Any]) -> str:
    words = str(error).strip().partition("\n")[0]
    password = target["PASSWORD"]
    return words.replace(password, "…") if password else words
