from typing import Any

from django.core.management.base import BaseCommand
from django.db import connection

from comments import search
from comments.actions.indexing import reindex

EVERY = 10_000


class Command(BaseCommand):
    help = (
        "Brings the search index in line with what is public. Safe while the site "
        "runs: it takes a few texts at a time and writes only what is wrong."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        search.install(connection)
        self.told = 0
        changed = reindex(self._tell)
        self.stdout.write(f"The search index is in line; {changed} texts were not.")

    def _tell(self, seen: int) -> None:
        if seen - self.told >= EVERY:
            self.told = seen
            self.stdout.write(f"{seen:,} texts read …")
