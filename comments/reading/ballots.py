"""The votes on a comment as one viewer may see them.

Whoever has not voted yet sees no numbers for a while: what others think would
answer for them. After that, or once they have voted, the counts are there.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.utils import timezone

from comments.models import Comment, Vote
from comments.policies import why_not_vote

Axis = Vote.Axis
Choice = Vote.Choice


@dataclass(frozen=True)
class Tally:
    """One axis: the counts, and what the viewer chose."""

    up: int
    down: int
    own: int
    shown: bool

    @property
    def is_up(self) -> bool:
        return self.own == Choice.UP

    @property
    def is_down(self) -> bool:
        return self.own == Choice.DOWN


@dataclass(frozen=True)
class Ballot:
    value: Tally
    agree: Tally
    may_vote: bool
    counts_from: datetime | None
    """From when on everybody sees the counts; None when that is now."""

    @property
    def says_when(self) -> bool:
        """A number is missing on this page, for the time being."""
        return self.may_vote and not (self.value.shown and self.agree.shown)

    @property
    def has_counts(self) -> bool:
        votes = self.value.up + self.value.down + self.agree.up + self.agree.down
        return bool(votes) and self.value.shown and self.agree.shown

    @property
    def is_worth_a_line(self) -> bool:
        return self.may_vote or self.has_counts


def ballots_for(viewer: Any, comments: Iterable[Comment]) -> dict[int, Ballot]:
    """By comment; one query for what the viewer chose, none for visitors."""
    own: dict[int, Vote] = {}
    shown = list(comments)
    if viewer.is_authenticated:
        votes = Vote.objects.by(viewer).filter(comment__in=[c.pk for c in shown])
        own = {vote.comment_id: vote for vote in votes}
    return {c.pk: _ballot(c, own.get(c.pk), viewer) for c in shown}


def ballot_for(viewer: Any, comment: Comment) -> Ballot:
    return ballots_for(viewer, [comment])[comment.pk]


def _ballot(comment: Comment, own: Vote | None, viewer: Any) -> Ballot:
    counts_from = _counts_from(comment)
    is_open = counts_from is None
    return Ballot(
        value=_tally(comment, own, Axis.VALUE, is_open),
        agree=_tally(comment, own, Axis.AGREE, is_open),
        may_vote=viewer.is_authenticated and not why_not_vote(viewer, comment),
        counts_from=counts_from,
    )


def _tally(comment: Comment, vote: Vote | None, axis: Axis, is_open: bool) -> Tally:
    own = getattr(vote, axis) if vote else Choice.NONE
    up, down = (getattr(comment, f"{axis}_{side}") for side in ("up", "down"))
    return Tally(up, down, own, shown=is_open or own != Choice.NONE)


def _counts_from(comment: Comment) -> datetime | None:
    if comment.published_at is None:
        return None
    wait = timedelta(minutes=settings.VOTES_SHOWN_AFTER_MINUTES)
    moment = comment.published_at + wait
    return moment if moment > timezone.now() else None
