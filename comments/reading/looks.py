"""How a viewer sees comments of others: two who see one alike get the same HTML."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

from articles.models import Article
from comments.models import Comment, Vote
from comments.policies import Action, actions_for, why_not_vote
from comments.reading.attention import muted_among
from comments.reading.outline import Row
from comments.states import State
from ethicsforum.written import ONE_OF_THEM, SOMEBODY, Written, about, among, ask, write

NO_VOTE = (Vote.Choice.NONE, Vote.Choice.NONE)


class Able(NamedTuple):
    """What the viewer may do with a comment of somebody else in one state."""

    actions: frozenset[Action]
    may_vote: bool


class Look(NamedTuple):
    """All that a comment's HTML depends on beside the comment."""

    is_member: bool
    able: Able
    vote: tuple[int, int] = NO_VOTE
    """On each axis."""
    muted: bool = False
    next_new: str | None = None
    """Where the next comment is that is new to the viewer; None for one that isn't,
    empty for the last."""


def looks_for(
    viewer: Any, rows: Sequence[Row], article: Article, new: Mapping[int, str]
) -> dict[int, Look]:
    """Of those that others can see just so: not the viewer's own, and none to staff.

    Two queries for a member, none for a visitor.
    """
    if viewer.is_staff:
        return {}
    own = viewer.pk or 0
    theirs = [row for row in rows if row.author_id != own]
    able = {state: _able(viewer, state, article) for state in {r.state for r in theirs}}
    if not viewer.is_authenticated:
        return {row.pk: Look(False, able[row.state]) for row in theirs}
    votes = _votes(viewer, theirs)
    muted = muted_among(viewer, (row.author_id for row in theirs if _is_there(row)))
    return {
        row.pk: Look(
            True,
            able[row.state],
            votes.get(row.pk, NO_VOTE),
            _is_there(row) and row.author_id in muted,
            new.get(row.pk),
        )
        for row in theirs
    }


def _able(viewer: Any, state: str, article: Article) -> Able:
    somebody = Comment(article=article, state=state)
    may_vote = viewer.is_authenticated and not why_not_vote(viewer, somebody)
    return Able(actions_for(viewer, somebody), may_vote)


def _votes(member: Any, rows: Iterable[Row]) -> dict[int, tuple[int, int]]:
    asked = [row.pk for row in rows if _is_there(row)]
    if not asked:
        return {}
    votes = about(_written_votes(), {SOMEBODY: member.pk})
    return {pk: (value, agree) for pk, value, agree in ask(among(votes, asked))}


@cache
def _written_votes() -> Written:
    votes = Vote.objects.by(SOMEBODY).filter(comment__in=[ONE_OF_THEM])
    return write(votes.order_by().values_list("comment", "value", "agree"))


def _is_there(row: Row) -> bool:
    """A tombstone has nothing to fold, and doesn't say whose it is."""
    return row.state == State.PUBLISHED
