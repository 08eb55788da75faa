"""What came to a discussion since a moment: named, shown, marked on a page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
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
    marks: Mapping[int, str]
    """Those on the page, with where the next one stands; empty for the last."""

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


def news_since(
    shown: Sequence[int], article: Article, viewer: Any, since: datetime
) -> News | None:
    """One query. `shown`: the comments on the page, in their order."""
    found = _new(article, viewer, since).values_list("pk", flat=True)
    ids = list(found[:MOST_MARKED])
    if not ids:
        return None
    fresh, on_page = set(ids), set(shown)
    here = [pk for pk in shown if pk in fresh]
    elsewhere = [f"/comments/{pk}/" for pk in ids if pk not in on_page]
    steps = [*map(_anchor, here), *elsewhere[:1]]
    # Each leads to the one after it, the last to another page.
    following = [*steps[1 : len(here) + 1], ""]
    marks = dict(zip(here, following, strict=False))
    return News(since, len(ids), steps[0], marks)


def _anchor(pk: int) -> str:
    return f"#comment-{pk}"


def _new(article: Article, viewer: Any, since: datetime) -> QuerySet[Comment]:
    """What others published; whom the viewer mutes brings nothing new."""
    published = Comment.objects.published().filter(article=article)
    found = published.filter(published_at__gt=since).order_by("published_at", "pk")
    if not viewer.is_authenticated:
        return found
    muted = Mute.objects.of(viewer).filter(person__isnull=False).values("person")
    return found.exclude(author=viewer).exclude(author__in=muted)
