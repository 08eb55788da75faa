from typing import Any

from django.core.management.base import BaseCommand

from comments.actions.indexing import reindex
from comments.models import Revision
from comments.rendering import RENDER_VERSION, render_body


class Command(BaseCommand):
    help = "Renders again every text that an older version of the renderer made."

    def handle(self, *args: Any, **options: Any) -> None:
        old = Revision.objects.exclude(render_version=RENDER_VERSION).order_by("pk")
        done = 0
        for pk, source in old.values_list("pk", "source").iterator(chunk_size=500):
            fresh = {"html": render_body(source), "render_version": RENDER_VERSION}
            Revision.objects.filter(pk=pk).update(**fresh)
            done += 1
        if done:
            reindex()
        self.stdout.write(f"{done} texts rendered again.")
