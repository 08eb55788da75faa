from typing import Any

from django.core.management.base import BaseCommand

from comments.actions.sealing import verify
from comments.models import LogEntry


class Command(BaseCommand):
    help = "Checks the chain of the public log; exit 1 and the first broken entry."

    def handle(self, *args: Any, **options: Any) -> None:
        broken = verify()
        if broken:
            self.stderr.write(f"Entry {broken.position}: {broken.why}.")
            raise SystemExit(1)
        last = LogEntry.objects.order_by("position").last()
        head = f", head {last.hash}" if last else ""
        self.stdout.write(f"The log is whole: {LogEntry.objects.count()} entries{head}")
