from typing import Any

from django.core.management.base import BaseCommand

from comments.actions.rendering_again import render_all, waiting
from ethicsforum.progress import shown

STOPPED = "They stay so; the same command goes on with the others."


class Command(BaseCommand):
    help = (
        "Renders again every text that an older version of the renderer made, a few "
        "at a time, while the site runs. Stopped, it goes on where it was."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        with shown("texts", waiting().count(), stopped=STOPPED) as progress:
            for done in render_all():
                progress.add(done)
        self.stdout.write(f"{progress.done} texts rendered again.")
