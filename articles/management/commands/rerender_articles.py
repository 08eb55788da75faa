from typing import Any

from django.core.management.base import BaseCommand

from articles.actions import render_again
from articles.models import Article
from ethicsforum.markup import ARTICLE
from ethicsforum.progress import shown

BATCH = 100
STOPPED = "They stay so; the same command goes on with the others."


class Command(BaseCommand):
    help = (
        "Renders again every article that an older version of the renderer made, one "
        "at a time, while the site runs. Stopped, it goes on where it was."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        old = Article.objects.exclude(render_version=ARTICLE.version).order_by("pk")
        with shown("articles", old.count(), stopped=STOPPED) as progress:
            while rows := list(old.values_list("pk", "body")[:BATCH]):
                for pk, source in rows:
                    render_again(pk, source)
                    progress.add()
        self.stdout.write(f"{progress.done} articles rendered again.")
