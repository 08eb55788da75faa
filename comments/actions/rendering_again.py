"""Texts that an older version of the renderer made, rendered by today's."""

from collections.abc import Iterator

from django.db import transaction
from django.db.models import QuerySet

from comments.actions.indexing import follow_comments
from comments.models import Comment, Revision
from comments.rendering import RENDER_VERSION, render_body

BATCH = 200

Row = tuple[int, int, str]
"""The key of a text, that of its comment, and what was written."""


def waiting() -> QuerySet[Revision]:
    return Revision.objects.exclude(render_version=RENDER_VERSION)


def render_all() -> Iterator[int]:
    """A few at a time, and how many they were."""
    last = 0
    while rows := list(_batch_after(last)):
        _render(rows)
        yield len(rows)
        last = rows[-1][0]


def _batch_after(last: int) -> QuerySet[Revision, Row]:
    later = waiting().filter(pk__gt=last).order_by("pk")
    return later.values_list("pk", "comment_id", "source")[:BATCH]


@transaction.atomic
def _render(rows: list[Row]) -> None:
    """In line with the search index, wherever it is stopped."""
    comments = sorted({comment for _pk, comment, _source in rows})
    # Comments first, as every decision does.
    locked = Comment.objects.select_for_update(of=("self",), no_key=True)
    list(locked.filter(pk__in=comments).order_by("pk").values_list("pk"))
    for pk, _comment, source in rows:
        fresh = {"html": render_body(source), "render_version": RENDER_VERSION}
        Revision.objects.filter(pk=pk).update(**fresh)
    follow_comments(comments)
