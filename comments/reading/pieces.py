"""The HTML of comments, each as it was rendered last for somebody who sees it alike.

A piece is made anew when its comment changes (a decision, an edit, a vote) and, as it
says how long ago that was, after a while; what happens to a rule or a name makes all
pieces stale. What only one person sees so is rendered for them each time.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from secrets import token_urlsafe
from typing import Any

from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import get_language

from articles.models import Article
from comments.models import Comment
from comments.reading.entries import Entry, entries_of
from comments.reading.looks import looks_for
from comments.reading.outline import Row, row_of
from comments.reading.structured import comment_data
from ethicsforum.page_cache.fragments import LONGEST, moment, recall, remember

SHORTEST = 60.0
TOKEN = token_urlsafe(24)
"""Stands in the forms of a piece for the token of whoever reads it. Nobody can know it:
with a text that holds it one could have the token of others written into a link."""
NOTHING_NEW: Mapping[int, str] = {}


@dataclass(frozen=True)
class Piece:
    row: Row
    """The comment as it was rendered: later, by a moment, than it was asked for."""
    html: str
    data: Mapping[str, Any] | None
    """The comment for machines, if it is published."""
    until: float
    """When it says a wrong time, or other numbers: seconds since the epoch."""


def pieces_of(
    rows: Sequence[Row],
    article: Article,
    viewer: Any,
    new: Mapping[int, str] = NOTHING_NEW,
) -> dict[int, Piece]:
    """By comment; no query for texts when all are kept."""
    began, looks = moment(), looks_for(viewer, rows, article, new)
    same = (article.pk, get_language())
    names = {row.pk: (same, row, looks[row.pk]) for row in rows if row.pk in looks}
    found = {pk: kept for pk, name in names.items() if (kept := recall(name))}
    missing = [row for row in rows if row.pk not in found]
    for entry in _entries(missing, article, viewer, new):
        pk = entry.comment.pk
        piece = found[pk] = _made(entry, article, viewer)
        if pk in names and names[pk][1] == piece.row:
            size = 2 * len(piece.html) + 1_000
            remember(names[pk], piece, size=size, until=piece.until, moment=began)
    return found


def _entries(
    rows: Sequence[Row], article: Article, viewer: Any, new: Mapping[int, str]
) -> list[Entry]:
    if not rows:
        return []
    texts = Comment.objects.select_related("author", "accepted_revision")
    found = texts.in_bulk([row.pk for row in rows])
    entries = entries_of([found[row.pk] for row in rows], article, viewer)
    for entry in entries:
        entry.is_new = entry.comment.pk in new
        entry.next_new = new.get(entry.comment.pk, "")
    return entries


def _made(entry: Entry, article: Article, viewer: Any) -> Piece:
    said = {
        "entry": entry,
        "comment": entry.comment,
        "article": article,
        "user": viewer,
        "csrf_token": TOKEN,
    }
    html = render_to_string("comments/_comment.html", said)
    return Piece(
        row_of(entry.comment), html, comment_data(entry.comment), _lasts_until(entry)
    )


def _lasts_until(entry: Entry) -> float:
    """Until "an hour ago" is wrong by more than a sixtieth, or counts of votes show."""
    now = timezone.now()
    age = (now - entry.comment.created_at).total_seconds()
    until = now.timestamp() + min(LONGEST, max(SHORTEST, age / 60))
    shows = entry.ballot.counts_from if entry.ballot else None
    return min(until, shows.timestamp()) if shows else until
