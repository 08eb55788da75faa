"""Which comments a page of a discussion shows: ids in their order, before any text.

Every query here stops after a fixed number of rows, and walks an index in the order
that it is read in: a thread of ten thousand costs what one of a hundred does.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

from django.db import connection, models
from django.utils.translation import gettext_lazy as _

from articles.models import Article
from comments.models import Comment
from comments.models.comment import CommentQuerySet
from comments.threads import END, root_of

ROOTS = 20
"""Comments that answer the article itself, on one page."""
FIRST = 6
"""Replies shown below each of them."""
MOST_FOLDED = 100
"""Further replies are counted up to this many."""

WRAPPED = "SELECT * FROM ({}) AS part"
ANY = "any"
"""Stands for a path in a query that is made once and asked for many."""


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


def roots(
    article: Article, viewer: Any, sort: Sort = Sort.VALUED, after: int | None = None
) -> list[Row]:
    """A page of roots, and one more if there is a next page."""
    visible = Comment.objects.in_discussion(article, viewer).roots()
    last = _root(article, after) if after else None
    parts = [visible] if last is None else _beyond(visible, sort, last)
    rows = _rows([_compiled(p.order_by(*ORDER[sort])[: ROOTS + 1]) for p in parts])
    return _sorted(rows, sort)[: ROOTS + 1]


def replies(
    article: Article, viewer: Any, above: Sequence[Row]
) -> dict[str, list[Row]]:
    """The first replies below each root, by its path: for all roots in one query."""
    found: dict[str, list[Row]] = {row.path: [] for row in above}
    visible = Comment.objects.in_discussion(article, viewer).below(ANY)
    sql, given = _compiled(visible.order_by("path")[: FIRST + MOST_FOLDED + 1])
    parts = [(sql, _with_path(given, path)) for path in found]
    for row in sorted(_rows(parts), key=lambda row: row.path):
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
    return _rows([_compiled(visible[: most + 1])])


def _root(article: Article, pk: int) -> Comment | None:
    """Where a root stood is known even when it has been withdrawn since."""
    return Comment.objects.roots().filter(article=article, pk=pk).first()


def _beyond(
    visible: CommentQuerySet, sort: Sort, last: Comment
) -> list[CommentQuerySet]:
    """What comes after the last root; in parts, so that each is a walk of an index."""
    if sort == Sort.NEWEST:
        return [visible.filter(pk__lt=last.pk)]
    if sort == Sort.OLDEST:
        return [visible.filter(pk__gt=last.pk)]
    equal = visible.filter(rank=last.rank, pk__gt=last.pk)
    return [equal, visible.filter(rank__lt=last.rank)]


def _sorted(rows: list[Row], sort: Sort) -> list[Row]:
    if sort == Sort.VALUED:
        return sorted(rows, key=lambda row: (-row.rank, row.pk))
    return sorted(rows, key=lambda row: row.pk, reverse=sort == Sort.NEWEST)


def _compiled(rows: CommentQuerySet) -> tuple[str, tuple[Any, ...]]:
    sql, params = rows.values(*COLUMNS).query.sql_with_params()
    return sql, tuple(params)


def _with_path(params: tuple[Any, ...], path: str) -> tuple[Any, ...]:
    stands_for = {ANY: path, ANY + END: path + END}
    return tuple(stands_for.get(param, param) for param in params)


def _rows(parts: Sequence[tuple[str, tuple[Any, ...]]]) -> list[Row]:
    """All parts in one query. Django's own union can't limit its parts on SQLite."""
    if not parts:
        return []
    sql = " UNION ALL ".join(WRAPPED.format(part) for part, _params in parts)
    params = [param for _part, given in parts for param in given]
    # Not as comments: of a busy page there are a thousand rows, most of them counted
    # only.
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return [Row._make(row) for row in cursor.fetchall()]
