from typing import Any

from django.core.management.base import BaseCommand

from ethicsforum.env import table


class Command(BaseCommand):
    help = "Prints the table of settings for docs/configuration.md."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(table())
