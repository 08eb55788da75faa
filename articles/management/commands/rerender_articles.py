from typing import Any

from django.core.management.base import BaseCommand

from articles.actions import render_again
from articles.models import Article
from ethicsforum.markup import ARTICLE


class Command(BaseCommand):
    help = "Renders again every article that an older version of the renderer made."

    def handle(self, *args: Any, **options: Any) -> None:
        old = Article.objects.exclude(render_version=ARTICLE.version).order_by("pk")
        done = 0
        for pk, source in old.values_list("pk", "body").iterator(chunk_size=100):
            render_again(pk, source)
            done += 1
        self.stdout.write(f"{done} articles rendered again.")
