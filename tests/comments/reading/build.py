"""A discussion as a page shows it, and long ones made at once."""

import re
from collections.abc import Sequence
from http import HTTPStatus

from django.core.management.color import no_style
from django.db import connection
from django.test import Client
from django.utils import timezone

from articles.models import Article
from comments.models import Comment
from comments.states import State
from comments.threads import depth_of, path_of
from tests import build, cast

HERE = "/articles/triage/"
OPENING = re.compile(r'<article class="comment[^"]*" id="comment-(\d+)" data-state')


def page(client: Client, query: str = "") -> str:
    response = client.get(f"{HERE}{query}")
    assert response.status_code == HTTPStatus.OK
    return str(response.content.decode())


def shown(client: Client, query: str = "") -> list[int]:
    """The ids of the comments on the page, in their order."""
    return [int(pk) for pk in OPENING.findall(page(client, query))]


def grow(parents: Sequence[int | None], article: Article | None = None) -> list[int]:
    """Published comments, each answering the one at the given index; their ids.

    Written at once and without the actions: for thousands.
    """
    seed = build.article("seed")
    body = f"Seed {Comment.objects.filter(article=seed).count()}."
    text = build.published(author=cast.cleo(), under=seed, body=body)
    article = article or build.article()
    first = text.pk + 1
    rows: list[Comment] = []
    for pk, parent in enumerate(parents, start=first):
        path = path_of(pk, "" if parent is None else rows[parent].path)
        rows.append(
            Comment(
                pk=pk,
                article=article,
                author=text.author,
                parent_id=None if parent is None else first + parent,
                path=path,
                depth=depth_of(path),
                state=State.PUBLISHED,
                accepted_revision=text.accepted_revision,
                published_at=timezone.now(),
            )
        )
    Comment.objects.bulk_create(rows)
    # PostgreSQL counts on from where it was, not from the ids given here.
    with connection.cursor() as cursor:
        for sql in connection.ops.sequence_reset_sql(no_style(), [Comment]):
            cursor.execute(sql)
    return [row.pk for row in rows]


def chain(length: int) -> list[int]:
    """Each answers the one before."""
    return grow([None, *range(length - 1)])


def fan(replies: int) -> list[int]:
    """All answer the first."""
    return grow([None, *([0] * replies)])
