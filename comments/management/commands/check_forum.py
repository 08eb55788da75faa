from typing import Any

from django.core.management.base import BaseCommand

from comments.audit import CHECKS, audit


class Command(BaseCommand):
    help = "Holds the data against the promises; prints what breaks them, exits 1."

    def handle(self, *args: Any, **options: Any) -> None:
        breaches = 0
        for breach in audit():
            breaches += 1
            self.stdout.write(breach)
        if breaches:
            self.stderr.write(f"{breaches} breaches found.")
            raise SystemExit(1)
        self.stdout.write(f"All promises hold ({len(CHECKS)} checks).")
