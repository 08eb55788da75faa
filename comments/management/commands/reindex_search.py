from typing import Any

from django.core.management.base import BaseCommand
from django.db import connection

from articles.models import Article
from comments import search
from comments.actions.indexing import reindex
from comments.models import Comment
from ethicsforum.progress import shown

STOPPED = "The same command begins anew, and passes by what is in line."


class Command(BaseCommand):
    help = (
        "Brings the search index in line with what is public. Safe while the site "
        "runs: it takes a few texts at a time and writes only what is wrong."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        search.install(connection)
        total = Article.objects.count() + Comment.objects.count()
        with shown("texts read", total, stopped=STOPPED) as progress:
            changed = reindex(lambda seen: progress.add(seen - progress.done))
        self.stdout.write(f"The search index is in line; {changed} texts were not.")
