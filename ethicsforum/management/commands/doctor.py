import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from ethicsforum.doctor.examination import examine
from ethicsforum.doctor.finding import Finding, State

Found = list[tuple[str, Finding]]


class Command(BaseCommand):
    help = (
        "Tries database, Redis, workers, beat, mail, static files, disk, clock and "
        "settings; says in a sentence what to do about each. Exit 1 if one is broken."
    )
    # They are one of the things it tells of.
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--wait",
            type=float,
            default=10,
            metavar="SECONDS",
            help="how long a worker may take to answer (10)",
        )
        parser.add_argument(
            "--mail-to",
            default="",
            metavar="ADDRESS",
            help="send a mail there; without it none is sent",
        )
        parser.add_argument("--json", action="store_true", help="for programs")

    def handle(self, *args: Any, **options: Any) -> None:
        found = list(examine(within=options["wait"], send_to=options["mail_to"]))
        broken = sum(finding.state == State.BROKEN for _, finding in found)
        if options["json"]:
            self.stdout.write(as_json(found, broken))
        else:
            self._tell(found, broken)
        if broken:
            raise SystemExit(1)

    def _tell(self, found: Found, broken: int) -> None:
        styles = {State.BROKEN: self.style.ERROR, State.WARNING: self.style.WARNING}
        for part, finding in found:
            mark = f"{finding.state.upper():8}"
            shown = styles.get(finding.state, str)(mark)
            self.stdout.write(f"{shown} {part:10} {finding.sentence}")
        said = "Nothing is broken." if not broken else f"Broken: {broken}."
        self.stdout.write(said)


def as_json(found: Found, broken: int) -> str:
    parts = [
        {
            "part": part,
            "state": finding.state,
            "says": finding.says,
            "cure": finding.cure,
        }
        for part, finding in found
    ]
    return json.dumps({"broken": broken, "findings": parts}, indent=2)
