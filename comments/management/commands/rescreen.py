from typing import Any

from django.core.management.base import BaseCommand

from comments.actions.screening import screen_waiting
from comments.models import Revision
from comments.states import State
from ethicsforum.progress import shown

STOPPED = "The others wait, for a worker or for the same command."


class Command(BaseCommand):
    help = (
        "Screens here, oldest first, every text that waits to be screened: when "
        "workers are away, or far behind. Safe beside them: each text is decided once."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        waiting = Revision.objects.filter(state=State.SCREENING).count()
        decided = 0
        with shown("texts", waiting, stopped=STOPPED) as progress:
            for decision in screen_waiting():
                decided += decision is not None
                progress.add()
        self.stdout.write(f"{decided} texts screened.")
