from typing import Any

from django.core.management.base import BaseCommand

from comments.states import diagram


class Command(BaseCommand):
    help = "Prints the states and moves of a text as a Mermaid diagram, for the docs."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(diagram())
