"""A visitor's page of a discussion from pieces: each branch as it was rendered last.

A piece is made anew when a row in it changes (a decision, an edit, a vote) and, as it
says how long ago things were, after a while; what happens to a rule or a name makes
all pieces stale. So one new comment costs one branch, whatever the page has besides.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from articles.models import Article
from comments.reading.entries import Entry
from comments.reading.pages import Branch, entries_in
from comments.reading.structured import comment_data
from ethicsforum.page_cache.fragments import LONGEST, recall, remember

SHORTEST = 60.0


@dataclass(frozen=True)
class Piece:
    html: SafeString
    data: tuple[str, ...]
    """Its published comments for machines: each that answers none of the others, as
    JSON with those that answer it."""
    count: int
    """How many comments that are."""


def pieces_of(branches: Sequence[Branch], article: Article, viewer: Any) -> list[Piece]:
    """In the order of the branches; no query when all are kept."""
    names = [_name(branch, article) for branch in branches]
    kept = {name: recall(name) for name in names}
    missing = [b for b, name in zip(branches, names, strict=True) if not kept[name]]
    if missing:
        made = entries_in(missing, article, viewer)
        for branch, entries in zip(missing, made, strict=True):
            name = _name(branch, article)
            kept[name] = _made(entries, article, viewer)
            _remember(name, kept[name], entries)
    return [kept[name] for name in names]


def _name(branch: Branch, article: Article) -> tuple[Any, ...]:
    """All that a visitor's branch depends on, but for what makes everything stale."""
    folded = branch.folded
    rest = (folded.count, folded.at_least, folded.first) if folded else ()
    return (article.pk, get_language(), tuple(branch.shown), rest)


def _made(entries: Sequence[Entry], article: Article, viewer: Any) -> Piece:
    html = render_to_string(
        "comments/_branch.html",
        {"entries": entries, "article": article, "user": viewer},
    )
    data, count = comment_data(entry.comment for entry in entries)
    texts = tuple(
        json.dumps(one, cls=DjangoJSONEncoder, ensure_ascii=False) for one in data
    )
    # A template has escaped what needs it.
    return Piece(mark_safe(html), texts, count)  # noqa: S308  # as above


def _remember(name: tuple[Any, ...], piece: Piece, entries: Sequence[Entry]) -> None:
    size = 2 * len(piece.html) + sum(len(text) for text in piece.data) + 1_000
    remember(name, piece, size=size, seconds=_lasts(entries))


def _lasts(entries: Sequence[Entry]) -> float:
    """Seconds until "an hour ago" is wrong by more than a sixtieth, or counts of votes
    show."""
    now = timezone.now()
    newest = max(entry.comment.created_at for entry in entries)
    least = max(SHORTEST, (now - newest).total_seconds() / 60)
    shows = [e.ballot.counts_from for e in entries if e.ballot and e.ballot.counts_from]
    waits = [(moment - now).total_seconds() for moment in shows]
    return min(LONGEST, least, *waits)
