"""Votes: one for each member, comment and axis, counted where the comment stands."""

from collections.abc import Iterator
from typing import Any

from django.db import transaction
from django.db.models import Count, Q

from comments.actions.deciding import lock_comment
from comments.models import Comment, Vote
from comments.policies import why_not_vote
from comments.ranking import rank_of

Axis = Vote.Axis
Choice = Vote.Choice
COUNTERS = {
    (Axis.VALUE, Choice.UP): "value_up",
    (Axis.VALUE, Choice.DOWN): "value_down",
    (Axis.AGREE, Choice.UP): "agree_up",
    (Axis.AGREE, Choice.DOWN): "agree_down",
}
"""Where a comment keeps how many chose what."""
STORED = [*COUNTERS.values(), "rank"]
CHUNK = 1000

Counts = dict[str, int]


class CannotVote(Exception):
    """Nothing was counted; `reason` says why, to the member."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@transaction.atomic
def vote(comment: Comment, *, member: Any, axis: Axis, choice: Choice) -> Comment:
    """What the member chooses now, in place of what they chose before.

    The same choice twice counts once: it says where the vote stands, not what to
    change about it.
    """
    comment = lock_comment(comment.pk)
    reason = why_not_vote(member, comment)
    if reason:
        raise CannotVote(reason)
    before = _replace(comment, member, axis, choice)
    if before != choice:
        _move(comment, axis, before, -1)
        _move(comment, axis, choice, +1)
        comment.rank = rank_of(comment.value_up, comment.value_down)
        # Read under the lock, so that these are the row's numbers and nobody else's.
        comment.save(update_fields=STORED)
    return comment


def recount() -> int:
    """Make each counter equal its votes again, and say how many were wrong.

    Votes leave with an account; what counts them follows here.
    """
    drifted = [pk for pk, __, __ in miscounted()]
    return sum(count_again(pk) for pk in drifted)


def miscounted() -> Iterator[tuple[int, Counts, Counts]]:
    """Each comment whose counters are not what its votes say: its id, both."""
    voted = Q(vote__isnull=False)
    for name in STORED:
        voted |= ~Q(**{name: 0})
    rows = _counted(Comment.objects.filter(voted)).order_by("pk")
    for row in rows.iterator(chunk_size=CHUNK):
        stored, found = {name: row[name] for name in STORED}, _from_votes(row)
        if stored != found:
            yield row["pk"], stored, found


@transaction.atomic
def count_again(pk: int) -> bool:
    """One comment, under the lock: somebody may vote at this moment. Whether its
    counters were wrong."""
    comment = lock_comment(pk)
    found = _from_votes(_counted(Comment.objects.filter(pk=pk)).get())
    if all(getattr(comment, name) == count for name, count in found.items()):
        return False
    Comment.objects.filter(pk=pk).update(**found)
    return True


def _move(comment: Comment, axis: Axis, side: Choice, step: int) -> None:
    if side != Choice.NONE:
        name = COUNTERS[axis, side]
        setattr(comment, name, getattr(comment, name) + step)


def _replace(comment: Comment, member: Any, axis: Axis, choice: Choice) -> Choice:
    """Put the choice where an earlier one was, and say what that was."""
    rows = Vote.objects.by(member).filter(comment=comment)
    earlier = rows.first() or Vote(member=member, comment=comment)
    before = Choice(getattr(earlier, axis))
    setattr(earlier, axis, choice)
    if earlier.value or earlier.agree:
        earlier.save()
    else:
        # Nothing is left of it: no trace of who had once voted.
        rows.delete()
    return before


def _counted(rows: Any) -> Any:
    """The stored numbers of each comment, and beside them those of its votes."""
    counts = {
        f"votes_{name}": Count("vote", filter=Q(**{f"vote__{axis}": side}))
        for (axis, side), name in COUNTERS.items()
    }
    return rows.values("pk", *STORED).annotate(**counts)


def _from_votes(row: dict[str, Any]) -> Counts:
    counts = {name: row[f"votes_{name}"] for name in COUNTERS.values()}
    return counts | {"rank": rank_of(counts["value_up"], counts["value_down"])}
