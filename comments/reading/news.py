"""What came to a discussion since a moment: named, shown, marked on a page."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from articles.models import Article
from comments.models import Comment, Decision, Mute
from comments.reading.entries import Entry, entries_of
from comments.states import State

MOST_AT_ONCE = 100
"""Comments in one answer to a page that is open."""
MOST_MARKED = 1_000
GRAIN = 15
"""Seconds to which pages round: those opened together ask the same question."""
SLACK = 10
"""Seconds looked back: a decision has its time before it is committed."""
LONGEST_TOKEN = 10
LONGEST_OPEN = timedelta(days=1)
"""Of decisions before that no page is told: the log is not read through for one that
has been open for longer, or says so."""


@dataclass(frozen=True)
class News:
    """What a member finds new in a discussion."""

    since: datetime
    count: int
    first_url: str

    @property
    def is_capped(self) -> bool:
        return self.count >= MOST_MARKED


def token_of(moment: datetime) -> int:
    """What a page that was made at this moment asks with."""
    second = int(moment.timestamp()) - SLACK
    return second - second % GRAIN


def moment_of(token: str) -> datetime | None:
    if not (token.isascii() and token.isdigit() and len(token) <= LONGEST_TOKEN):
        return None
    return datetime.fromtimestamp(int(token), UTC)


def ids_since(article: Article, viewer: Any, since: datetime) -> list[int]:
    """Oldest first."""
    found = _new(article, viewer, since).values_list("pk", flat=True)
    return list(found[:MOST_AT_ONCE])


def states_since(article: Article, since: datetime) -> dict[int, str]:
    """How what was ever public stands now, as far as it was decided about since."""
    since = max(since, timezone.now() - LONGEST_OPEN)
    decided = Decision.objects.moves().exclude(from_state=State.SCREENING)
    public = Q(comment__article=article, comment__published_at__isnull=False)
    here = decided.filter(public, created_at__gt=since)
    states = here.newest_first().values_list("comment", "comment__state")
    return dict(states[:MOST_AT_ONCE])


def entries_since(article: Article, viewer: Any, since: datetime) -> list[Entry]:
    """In reading order, so that each comes after what it answers."""
    rows = _new(article, viewer, since).select_related("author", "accepted_revision")
    in_order = sorted(rows[:MOST_AT_ONCE], key=lambda comment: comment.path)
    entries = entries_of(in_order, article, viewer)
    for entry in entries:
        entry.is_new = True
    return entries


def until_of(entries: Sequence[Entry], now: datetime) -> int:
    """What to ask with after these; there are more when they are as many as go."""
    if len(entries) < MOST_AT_ONCE:
        return token_of(now)
    moments = [e.comment.published_at for e in entries if e.comment.published_at]
    return int(max(moments).timestamp())


def mark_new(
    entries: Sequence[Entry], article: Article, viewer: Any, since: datetime
) -> News | None:
    """One query. Each new entry then leads to the next, the last to another page."""
    found = _new(article, viewer, since).values_list("pk", flat=True)
    ids = list(found[:MOST_MARKED])
    if not ids:
        return None
    fresh = set(ids)
    here = [entry for entry in entries if entry.comment.pk in fresh]
    shown = {entry.comment.pk for entry in here}
    elsewhere = [f"/comments/{pk}/" for pk in ids if pk not in shown][:1]
    for entry, following in pairwise(here):
        entry.next_new = _anchor(following)
    for entry in here:
        entry.is_new = True
    if here and elsewhere:
        here[-1].next_new = elsewhere[0]
    return News(since, len(ids), _anchor(here[0]) if here else elsewhere[0])


def _anchor(entry: Entry) -> str:
    return f"#comment-{entry.comment.pk}"


def _new(article: Article, viewer: Any, since: datetime) -> QuerySet[Comment]:
    """What others published; whom the viewer mutes brings nothing new."""
    published = Comment.objects.published().filter(article=article)
    found = published.filter(published_at__gt=since).order_by("published_at", "pk")
    if not viewer.is_authenticated:
        return found
    muted = Mute.objects.of(viewer).filter(person__isnull=False).values("person")
    return found.exclude(author=viewer).exclude(author__in=muted)
