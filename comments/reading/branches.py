"""Branches of a discussion as HTML, put together from pieces.

To visitors they are all alike, so each is kept as a whole: one new comment costs one
branch, whatever the page has besides.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.template.loader import render_to_string
from django.utils.translation import get_language

from articles.models import Article
from comments.reading.outline import Row
from comments.reading.pieces import NOTHING_NEW, Piece, pieces_of
from comments.reading.spots import Branch, Spot, spots_of
from comments.reading.structured import MOST, as_json, nested
from ethicsforum.page_cache.fragments import moment, recall, remember


@dataclass(frozen=True)
class Joined:
    shown: tuple[Row, ...]
    html: str
    data: tuple[str, ...]
    """Its published comments for machines: each that answers none of the others, as
    JSON with those that answer it."""
    count: int
    """How many comments that are."""
    until: float


def branches_joined(
    branches: Sequence[Branch],
    article: Article,
    viewer: Any,
    new: Mapping[int, str] = NOTHING_NEW,
) -> list[Joined]:
    """In their order; for a visitor without a query when all are kept."""
    if viewer.is_authenticated:
        return list(_joined(branches, article, viewer, new))
    same, began = (article.pk, article.takes_comments, get_language()), moment()
    kept = {branch: recall((same, branch)) for branch in branches}
    missing = [branch for branch in branches if kept[branch] is None]
    made = _joined(missing, article, viewer, new)
    for branch, joined in zip(missing, made, strict=True):
        kept[branch] = joined
        if joined.shown != branch.shown:
            continue  # Something was decided in the meantime.
        size = 2 * len(joined.html) + sum(map(len, joined.data)) + _size(branch)
        remember((same, branch), joined, size=size, until=joined.until, moment=began)
    return [kept[branch] for branch in branches]


def _joined(
    branches: Sequence[Branch], article: Article, viewer: Any, new: Mapping[int, str]
) -> Iterator[Joined]:
    rows = [row for branch in branches for row in branch.shown]
    pieces = pieces_of(rows, article, viewer, new) if rows else {}
    for branch in branches:
        yield _one(branch, [pieces[row.pk] for row in branch.shown], article, viewer)


def _one(
    branch: Branch, pieces: Sequence[Piece], article: Article, viewer: Any
) -> Joined:
    after = _after(branch, article)
    html = (f"<li>{p.html}{end}" for p, end in zip(pieces, after, strict=True))
    until = min(piece.until for piece in pieces)
    # Machines that read have no account.
    told = [] if viewer.is_authenticated else _published(branch, pieces)
    texts = tuple(map(as_json, nested(told)))
    shown = tuple(piece.row for piece in pieces)
    return Joined(shown, "".join(html), texts, len(told), until)


def _published(
    branch: Branch, pieces: Sequence[Piece]
) -> list[tuple[str, dict[str, Any]]]:
    found = (
        (row.path, dict(piece.data))
        for row, piece in zip(branch.shown, pieces, strict=True)
        if piece.data
    )
    return list(islice(found, MOST))


def _after(branch: Branch, article: Article) -> list[str]:
    """What stands behind each comment: the list of replies it opens, and those it
    closes."""
    name, began = ("after", article.pk, get_language(), branch), moment()
    kept: list[str] | None = recall(name)
    if kept is None:
        kept = [
            _end(row, spot, article)
            for row, spot in zip(branch.shown, spots_of(branch), strict=True)
        ]
        size = 2 * sum(map(len, kept)) + _size(branch)
        remember(name, kept, size=size, moment=began)
    return kept


def _size(branch: Branch) -> int:
    """Of the name that it is kept under: a path takes about a hundred bytes, and a row
    with its numbers five times as much."""
    paths = len(branch.counted) + len(branch.uncounted)
    return 100 * paths + 500 * len(branch.shown) + 1_000


def _end(row: Row, spot: Spot, article: Article) -> str:
    here = article.get_absolute_url()
    said = {"pk": row.pk, "spot": spot, "article": article, "here": here}
    return render_to_string("comments/_after_comment.html", said)
