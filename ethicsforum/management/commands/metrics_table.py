from typing import Any

from django.core.management.base import BaseCommand

from ethicsforum.metrics.described import table


class Command(BaseCommand):
    help = "Prints the table of figures for docs/operations.md."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(table())
