"""Keeping the search index in step with what is public."""

from collections.abc import Callable, Iterator
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from articles.models import Article
from comments.models import Comment, SearchDocument
from comments.search import documents

BATCH = 200

Report = Callable[[int], None]
Wanted = dict[int, SearchDocument | None]
"""The document of each text by its key; None where there is to be none."""


def follow_comment(comment: Comment) -> None:
    """Called by the decision, in its transaction."""
    document = documents.of_comment(comment)
    if document:
        documents.write([document])
    else:
        documents.drop([comment.pk])


def article_saved(sender: type[Article], instance: Article, **kwargs: Any) -> None:
    if not kwargs.get("raw"):
        follow_articles([instance.pk])


@transaction.atomic
def follow_articles(keys: list[int]) -> int:
    """How many were not as they should be."""
    rows = Article.objects.select_for_update(no_key=True).filter(pk__in=keys)
    return _bring_about(_of_articles(rows))


@transaction.atomic
def follow_comments(keys: list[int]) -> int:
    """How many were not as they should be. No decision about one of these comments
    comes in between: each begins by locking its comment."""
    locked = Comment.objects.select_for_update(of=("self",), no_key=True)
    return _bring_about(_of_comments(locked.filter(pk__in=keys)))


def reindex(report: Report = lambda seen: None) -> int:
    """Bring every document in line, a few at a time, so that nobody waits for long.

    What is as it should be is not written again.
    """
    changed = seen = 0
    for follow, model in ((follow_articles, Article), (follow_comments, Comment)):
        for keys in _batches(model):
            changed += follow(keys)
            seen += len(keys)
            report(seen)
    return changed


def out_of_line() -> Iterator[tuple[int, str]]:
    """The key of each document that is missing, superfluous or different."""
    for keys in _batches(Article):
        yield from _wrong(_of_articles(Article.objects.filter(pk__in=keys)))
    for keys in _batches(Comment):
        yield from _wrong(_of_comments(Comment.objects.filter(pk__in=keys)))


def _of_articles(rows: QuerySet[Article]) -> Wanted:
    return {
        documents.key_of_article(row.pk): documents.of_article(row)
        for row in rows.order_by("pk")
    }


def _of_comments(rows: QuerySet[Comment]) -> Wanted:
    rows = rows.select_related("accepted_revision").order_by("pk")
    return {row.pk: documents.of_comment(row) for row in rows}


def _wrong(wanted: Wanted) -> Iterator[tuple[int, str]]:
    there = SearchDocument.objects.in_bulk(list(wanted))
    return documents.differences(wanted, there)


def _bring_about(wanted: Wanted) -> int:
    wrong = [key for key, _ in _wrong(wanted)]
    documents.write([found for key in wrong if (found := wanted[key])])
    documents.drop([key for key in wrong if not wanted[key]])
    return len(wrong)


def _batches(model: type[Article] | type[Comment]) -> Iterator[list[int]]:
    last = 0
    while True:
        rows = model._default_manager.filter(pk__gt=last).order_by("pk")
        keys = list(rows.values_list("pk", flat=True)[:BATCH])
        if not keys:
            return
        yield keys
        last = keys[-1]
