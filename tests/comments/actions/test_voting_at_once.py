"""Many votes at one moment: each counts once, and none is lost."""

from functools import partial

import pytest

from comments.actions.moderating import remove_comment
from comments.actions.voting import Axis, CannotVote, Choice, recount, vote
from comments.audit import audit
from comments.models import Comment, Vote
from comments.ranking import rank_of
from tests import build, cast
from tests.comments.actions.test_at_once import at_once

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = 5


def say(comment: Comment, name: str, axis: Axis, choice: Choice) -> str:
    """Counted, or the reason why it was not."""
    try:
        vote(comment, member=cast.member(name), axis=axis, choice=choice)
    except CannotVote as refused:
        return refused.reason
    return ""


def test_everybody_at_once() -> None:
    comment = build.published(author=cast.cleo())
    names = ["Ada", "Bo", "Cy", "Di", "Ed", "Fay"]
    for name in names:
        cast.member(name)
    at_once(*[partial(say, comment, name, Axis.VALUE, Choice.UP) for name in names])
    counted = build.fresh(comment)
    assert (counted.value_up, counted.rank) == (6, rank_of(6, 0))
    assert list(audit()) == []


def test_one_button_pressed_many_times() -> None:
    comment = build.published(author=cast.cleo())
    cast.ben()
    press = partial(say, comment, "Ben", Axis.AGREE, Choice.UP)
    at_once(*[press] * 6)
    assert build.fresh(comment).agree_up == 1
    assert Vote.objects.count() == 1


def test_two_windows_that_disagree() -> None:
    cast.ben()
    for number in range(ROUNDS):
        comment = build.published(author=cast.cleo(), body=f"Number {number}.")
        at_once(
            partial(say, comment, "Ben", Axis.VALUE, Choice.UP),
            partial(say, comment, "Ben", Axis.VALUE, Choice.DOWN),
            partial(say, comment, "Ben", Axis.AGREE, Choice.UP),
            recount,
        )
        now = build.fresh(comment)
        assert now.value_up + now.value_down == 1
        assert now.agree_up == 1
    assert list(audit()) == []


def test_a_vote_while_a_moderator_removes_it() -> None:
    mia, reason = cast.mia(), build.reason()
    cast.ben()
    for number in range(ROUNDS):
        comment = build.published(author=cast.cleo(), body=f"Number {number}.")
        __, refused = at_once(
            partial(remove_comment, comment, moderator=mia, reason=reason),
            partial(say, comment, "Ben", Axis.VALUE, Choice.UP),
        )
        assert build.fresh(comment).value_up == int(not refused)
    assert list(audit()) == []
