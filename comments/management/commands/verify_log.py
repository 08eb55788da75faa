from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from comments.actions.sealing import head, verify
from comments.models import LogEntry


class Command(BaseCommand):
    help = "Checks the chain of the public log; exit 1 and the first broken entry."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "head",
            nargs="?",
            default="",
            metavar="HEAD",
            help="a hash that you noted earlier; it must still be in the chain",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        broken = verify(options["head"].strip().lower())
        if broken:
            self.stderr.write(f"Entry {broken.position}: {broken.why}.")
            raise SystemExit(1)
        last = head()
        words = f", head {last.hash}" if last else ""
        self.stdout.write(
            f"The log is whole: {LogEntry.objects.count()} entries{words}"
        )
