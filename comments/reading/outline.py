"""Which comments a page of a discussion shows: ids in their order, before any text.

Every query here stops after a fixed number of rows, and walks an index in the order
that it is read in: a thread of ten thousand costs what one of a hundred does.
"""

from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any, NamedTuple

from django.contrib.auth import get_user_model
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.models import Article
from comments.models import Comment
from comments.models.comment import CommentQuerySet
from comments.threads import END, root_of
from ethicsforum.written import (
    SOME_ARTICLE,
    SOME_COMMENT,
    SOME_RANK,
    SOMEBODY,
    Written,
    about,
    ask,
    write,
)

ROOTS = 20
"""Comments that answer the article itself, on one page."""
FIRST = 6
"""Replies shown below each of them."""
MOST_FOLDED = 100
"""Further replies are counted up to this many."""

WRAPPED = "SELECT * FROM ({}) AS part"

SOME_PATH = "path"
"""Stands for a path where a query is written."""


class Sort(models.TextChoices):
    VALUED = "valued", _("Most valued")
    NEWEST = "newest", _("Newest")
    OLDEST = "oldest", _("Oldest")


ORDER = {Sort.VALUED: ("-rank", "pk"), Sort.NEWEST: ("-pk",), Sort.OLDEST: ("pk",)}


class Row(NamedTuple):
    """A comment without its text. Two rows that are equal look alike on a page."""

    pk: int
    path: str
    rank: int
    state: str
    accepted_revision_id: int | None
    author_id: int | None
    value_up: int
    value_down: int
    agree_up: int
    agree_down: int


COLUMNS = ("id", *Row._fields[1:])


def row_of(comment: Comment) -> Row:
    return Row._make(getattr(comment, column) for column in COLUMNS)


def roots(
    article: Article, viewer: Any, sort: Sort = Sort.VALUED, after: int | None = None
) -> list[Row]:
    """A page of roots, and one more if there is a next page."""
    last = _root(article, after) if after else None
    written = _roots_written(sort, last is not None, viewer.is_authenticated)
    given = _given(article, viewer)
    if last is not None:
        given |= {SOME_COMMENT: last.pk, SOME_RANK: last.rank}
    return _sorted(_rows(about(written, given)), sort)[: ROOTS + 1]


def replies(
    article: Article, viewer: Any, above: Sequence[Row]
) -> dict[str, list[Row]]:
    """The first replies below each root, by its path: for all roots in one query."""
    found: dict[str, list[Row]] = {row.path: [] for row in above}
    if not found:
        return found
    given = _given(article, viewer)
    for place, path in enumerate(found):
        given |= {_path(place): path, _path(place) + END: path + END}
    written = _replies_written(len(found), viewer.is_authenticated)
    for row in sorted(_rows(about(written, given)), key=_by_path):
        found[root_of(row.path)].append(row)
    return found


def in_reading_order(
    article: Article, viewer: Any, after: int | None, most: int
) -> list[Row]:
    """From the root that comes after the given one; and one more if there is more."""
    visible = Comment.objects.in_discussion(article, viewer).order_by("path")
    last = _root(article, after) if after else None
    if last is not None:
        visible = visible.filter(path__gt=last.path + END)
    return _rows(_write(visible[: most + 1]))


def _root(article: Article, pk: int) -> Comment | None:
    """Where a root stood is known even when it has been withdrawn since."""
    return Comment.objects.roots().filter(article=article, pk=pk).first()


@cache
def _roots_written(sort: Sort, is_further: bool, is_member: bool) -> Written:
    visible = _visible(is_member).roots()
    parts = _beyond(visible, sort) if is_further else [visible]
    return _joined(_write(rows.order_by(*ORDER[sort])[: ROOTS + 1]) for rows in parts)


@cache
def _replies_written(roots: int, is_member: bool) -> Written:
    visible = _visible(is_member).order_by("path")
    below = (visible.below(_path(place)) for place in range(roots))
    return _joined(_write(rows[: FIRST + MOST_FOLDED + 1]) for rows in below)


def _path(place: int) -> str:
    """Stands for the path of a root."""
    return f"{SOME_PATH} {place} "


def _by_path(row: Row) -> str:
    return row.path


def _visible(is_member: bool) -> CommentQuerySet:
    viewer = get_user_model()(pk=SOMEBODY) if is_member else AnonymousUser()
    return Comment.objects.in_discussion(Article(pk=SOME_ARTICLE), viewer)


def _beyond(visible: CommentQuerySet, sort: Sort) -> list[CommentQuerySet]:
    """What comes after a root; in parts, so that each is a walk of an index."""
    if sort == Sort.NEWEST:
        return [visible.filter(pk__lt=SOME_COMMENT)]
    if sort == Sort.OLDEST:
        return [visible.filter(pk__gt=SOME_COMMENT)]
    equal = visible.filter(rank=SOME_RANK, pk__gt=SOME_COMMENT)
    return [equal, visible.filter(rank__lt=SOME_RANK)]


def _sorted(rows: list[Row], sort: Sort) -> list[Row]:
    if sort == Sort.VALUED:
        return sorted(rows, key=lambda row: (-row.rank, row.pk))
    return sorted(rows, key=lambda row: row.pk, reverse=sort == Sort.NEWEST)


def _write(rows: CommentQuerySet) -> Written:
    return write(rows.values_list(*COLUMNS))


def _given(article: Article, viewer: Any) -> dict[Any, Any]:
    return {SOME_ARTICLE: article.pk, SOMEBODY: viewer.pk}


def _joined(parts: Iterable[Written]) -> Written:
    """All in one query. Django's own union can't limit its parts on SQLite."""
    several = list(parts)
    sql = " UNION ALL ".join(WRAPPED.format(part) for part, _params in several)
    return sql, tuple(param for _part, params in several for param in params)


def _rows(written: Written) -> list[Row]:
    """Not as comments: of a busy page there are a thousand rows, most of them counted
    only."""
    return [Row._make(row) for row in ask(written)]
