"""vote(): one for each member, comment and axis; changeable; counted once."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from articles.models import Article
from comments.actions.posting import withdraw_comment
from comments.actions.voting import Axis, CannotVote, Choice, recount, vote
from comments.audit import audit
from comments.models import Comment, Vote
from comments.ranking import rank_of
from comments.reading.ballots import ballot_for
from comments.tasks import recount as nightly
from ethicsforum.accounts.models import User
from tests import build, cast

pytestmark = pytest.mark.django_db
COUNTERS = ("value_up", "value_down", "agree_up", "agree_down")


def cast_vote(comment: Comment, by: User, axis: Axis, choice: Choice) -> Comment:
    vote(comment, member=by, axis=axis, choice=choice)
    return build.fresh(comment)


def counts(comment: Comment) -> tuple[int, ...]:
    return tuple(getattr(build.fresh(comment), name) for name in COUNTERS)


def test_each_axis_for_itself(ben: User) -> None:
    comment = build.published(author=cast.cleo())
    cast_vote(comment, ben, Axis.VALUE, Choice.UP)
    fresh = cast_vote(comment, ben, Axis.AGREE, Choice.DOWN)
    assert counts(comment) == (1, 0, 0, 1)
    assert fresh.rank == rank_of(1, 0)
    assert Vote.objects.count() == 1


def test_agreement_never_orders(ben: User) -> None:
    comment = build.published(author=cast.cleo())
    for choice in (Choice.UP, Choice.DOWN):
        assert cast_vote(comment, ben, Axis.AGREE, choice).rank == 0


def test_what_is_returned_is_what_is_stored(ben: User) -> None:
    comment = build.published(author=cast.cleo())
    returned = vote(comment, member=ben, axis=Axis.VALUE, choice=Choice.DOWN)
    stored = build.fresh(comment)
    for name in (*COUNTERS, "rank"):
        assert getattr(returned, name) == getattr(stored, name)


def test_the_same_again_changes_nothing(ben: User) -> None:
    comment = build.published(author=cast.cleo())
    for __ in range(3):
        cast_vote(comment, ben, Axis.VALUE, Choice.UP)
    assert counts(comment) == (1, 0, 0, 0)


def test_a_change_of_mind_moves_it(ben: User) -> None:
    comment = build.published(author=cast.cleo())
    cast_vote(comment, ben, Axis.VALUE, Choice.UP)
    fresh = cast_vote(comment, ben, Axis.VALUE, Choice.DOWN)
    assert counts(comment) == (0, 1, 0, 0)
    assert fresh.rank < 0


def test_taken_back_it_leaves_no_trace(ben: User) -> None:
    comment = build.published(author=cast.cleo())
    cast_vote(comment, ben, Axis.VALUE, Choice.UP)
    fresh = cast_vote(comment, ben, Axis.VALUE, Choice.NONE)
    cast_vote(comment, ben, Axis.VALUE, Choice.NONE)
    assert (counts(comment), fresh.rank) == ((0, 0, 0, 0), 0)
    assert not Vote.objects.exists()


def test_taking_one_back_keeps_the_other(ben: User) -> None:
    comment = build.published(author=cast.cleo())
    cast_vote(comment, ben, Axis.VALUE, Choice.UP)
    cast_vote(comment, ben, Axis.AGREE, Choice.UP)
    cast_vote(comment, ben, Axis.VALUE, Choice.NONE)
    assert counts(comment) == (0, 0, 1, 0)
    assert Vote.objects.get().agree == Choice.UP


def unreadable(comment: Comment) -> None:
    Article.objects.filter(pk=comment.article_id).update(discussion="hidden")


def unpublished(comment: Comment) -> None:
    later = timezone.now() + timedelta(days=1)
    Article.objects.filter(pk=comment.article_id).update(publish_at=later)


def reported_away(comment: Comment) -> None:
    Comment.objects.filter(pk=comment.pk).update(state="held")


def taken_down(comment: Comment) -> None:
    build.reported(comment)
    build.take_down(comment)


@pytest.mark.parametrize(
    ("happens", "words"),
    [
        (withdraw_comment, "Its author has withdrawn"),
        (taken_down, "was removed in the meantime"),
        (reported_away, "A moderator is looking"),
        (unreadable, "no longer open to readers"),
        (unpublished, "no longer open to readers"),
    ],
)
def test_what_is_gone_takes_no_votes(ben: User, happens: Any, words: str) -> None:
    comment = build.published(author=cast.cleo())
    happens(comment)
    with pytest.raises(CannotVote) as refused:
        vote(comment, member=ben, axis=Axis.VALUE, choice=Choice.UP)
    assert words in refused.value.reason
    assert counts(comment) == (0, 0, 0, 0)


def test_none_on_ones_own(ben: User) -> None:
    comment = build.published(author=ben)
    with pytest.raises(CannotVote, match="your own"):
        vote(comment, member=ben, axis=Axis.VALUE, choice=Choice.UP)


def test_none_without_an_address_that_was_confirmed() -> None:
    comment = build.published(author=cast.cleo())
    stranger = User.objects.create_user("x@example.org", "Xenia", "pw")
    with pytest.raises(CannotVote, match="confirm your e-mail"):
        vote(comment, member=stranger, axis=Axis.AGREE, choice=Choice.UP)


def test_none_while_suspended(ben: User) -> None:
    comment = build.published(author=cast.cleo())
    build.suspended(author=ben)
    with pytest.raises(CannotVote, match="suspended"):
        vote(comment, member=ben, axis=Axis.AGREE, choice=Choice.UP)


def test_a_closed_discussion_can_still_be_judged(ben: User) -> None:
    comment = build.published(author=cast.cleo())
    Article.objects.update(discussion="closed")
    cast_vote(comment, ben, Axis.VALUE, Choice.UP)
    assert counts(comment) == (1, 0, 0, 0)


def test_it_is_offered_where_it_is_taken(ben: User) -> None:
    comment = build.published(author=cast.cleo())
    assert ballot_for(ben, comment).may_vote
    assert not ballot_for(cast.cleo(), comment).may_vote
    stranger = User.objects.create_user("x@example.org", "Xenia", "pw")
    assert not ballot_for(stranger, comment).may_vote
    assert not ballot_for(ben, build.removed(body="Gone.")).may_vote
    build.suspended(author=ben)
    assert not ballot_for(User.objects.get(pk=ben.pk), comment).may_vote


def test_votes_touch_no_text_and_no_article(ben: User) -> None:
    comment = build.published(author=cast.cleo())
    before = Article.objects.values().get(pk=comment.article_id)
    cast_vote(comment, ben, Axis.VALUE, Choice.UP)
    assert Article.objects.values().get(pk=comment.article_id) == before
    assert comment.decisions.count() == 1


def test_the_counters_are_mended_at_night(ben: User) -> None:
    comments = [build.published(author=cast.cleo(), body=f"{n}") for n in range(3)]
    for comment in comments:
        cast_vote(comment, ben, Axis.VALUE, Choice.UP)
        cast_vote(comment, cast.ann(), Axis.VALUE, Choice.UP)
    Comment.objects.filter(pk=comments[0].pk).update(agree_down=7, rank=3)
    # With an account its votes go, and the counters stay behind.
    ben.delete()
    assert len(list(audit())) == 3
    nightly()
    assert list(audit()) == []
    assert counts(comments[1]) == (1, 0, 0, 0)
    assert recount() == 0


def test_a_counter_without_any_vote_is_found(ben: User) -> None:
    comment = build.published(author=cast.cleo())
    Comment.objects.filter(pk=comment.pk).update(agree_up=2)
    assert "agree_up is 2, not 0" in "".join(audit())
    assert recount() == 1
