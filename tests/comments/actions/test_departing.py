"""What becomes of what somebody wrote, voted, reported and appealed when they leave."""

import pytest

from comments.actions.deciding import StaleDecision
from comments.actions.departing import (
    leave_appeals,
    leave_comments,
    leave_messages,
    leave_reports,
    take_votes_back,
    unpublished_of_former,
)
from comments.actions.moderating import restore_comment
from comments.actions.posting import edit_comment
from comments.actions.voting import Axis, Choice, vote
from comments.models import Appeal, Comment, QueueItem, Report, Revision
from comments.policies import Action, actions_for
from comments.states import State
from ethicsforum.accounts.models import User
from tests import build, cast

pytestmark = pytest.mark.django_db
KEEP, WITHDRAW = "keep", "withdraw"


def words_of(comment: Comment) -> list[str]:
    texts = Revision.objects.filter(comment=comment).order_by("number")
    return list(texts.values_list("source", flat=True))


def test_what_is_public_stays_under_former_member(ben: User) -> None:
    made = build.published(author=ben, body="A thought.")
    assert leave_comments(ben, KEEP) == 1
    left = build.fresh(made)
    assert (left.author_name, left.state) == ("former member", State.PUBLISHED)
    assert words_of(made) == ["A thought."]


def test_it_goes_where_that_was_chosen(ben: User) -> None:
    made = build.published(author=ben)
    answer = build.published(author=cast.cleo(), parent=made, body="A reply.")
    leave_comments(ben, WITHDRAW)
    assert build.fresh(made).state == State.WITHDRAWN
    assert words_of(made) == [""]
    assert build.fresh(answer).state == State.PUBLISHED


@pytest.mark.parametrize("choice", [KEEP, WITHDRAW])
def test_what_waits_is_withdrawn_and_waits_for_nobody(ben: User, choice: str) -> None:
    item = build.held(author=ben)
    leave_comments(ben, choice)
    assert build.fresh(item.comment).state == State.WITHDRAWN
    assert words_of(item.comment) == [""]
    assert not QueueItem.objects.waiting().exists()


def test_an_edit_that_waits_goes_and_the_public_text_stays(ben: User) -> None:
    made = build.published(author=ben, body="Public.")
    edit_comment(made, body="Waiting.")
    leave_comments(ben, KEEP)
    assert words_of(made) == ["Public.", ""]


def test_earlier_public_versions_stay_with_their_comment(ben: User) -> None:
    made = build.published(author=ben, body="First.")
    build.edited(made, "Second.")
    leave_comments(ben, KEEP)
    assert words_of(made) == ["First.", "Second."]


@pytest.mark.parametrize("choice", [KEEP, WITHDRAW])
def test_what_was_refused_loses_its_words_and_stays_refused(
    ben: User, choice: str
) -> None:
    rejected = build.rejected(author=ben, body="Refused.")
    removed = build.removed(author=ben, body="Taken down.")
    leave_comments(ben, choice)
    for comment, state in [
        (rejected.comment, State.REJECTED),
        (removed, State.REMOVED),
    ]:
        assert build.fresh(comment).state == state
        assert words_of(comment) == [""]


def test_what_is_hidden_waits_for_a_moderator_and_then_goes(ben: User) -> None:
    made = build.hidden(author=ben, body="Reported.")
    leave_comments(ben, KEEP)
    assert words_of(made) == ["Reported."]
    build.take_down(made)
    assert [text.comment_id for text in unpublished_of_former()] == [made.pk]


def test_batches_go_on_where_the_last_one_stopped(
    ben: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("comments.actions.departing.BATCH", 2)
    for number in range(3):
        build.published(author=ben, body=f"Number {number}.")
    assert [leave_comments(ben, KEEP) for _batch in range(3)] == [2, 1, 0]


def test_nobody_brings_up_an_empty_text(ben: User, mia: User) -> None:
    gone = build.removed(author=ben)
    assert Action.RESTORE in actions_for(mia, gone)
    leave_comments(ben, KEEP)
    gone = build.fresh(gone)
    assert Action.RESTORE not in actions_for(mia, gone)
    with pytest.raises(StaleDecision):
        restore_comment(gone, moderator=mia, reason=build.reason())


def test_votes_go_and_the_counters_are_right_at_once(ann: User, ben: User) -> None:
    made = build.published(author=cast.cleo())
    for member in (ann, ben):
        vote(made, member=member, axis=Axis.VALUE, choice=Choice.UP)
    before = build.fresh(made)
    assert take_votes_back(ben, KEEP) == 1
    left = build.fresh(made)
    assert (before.value_up, left.value_up) == (2, 1)
    assert left.rank < before.rank
    assert take_votes_back(ben, KEEP) == 0


def test_a_report_stays_and_its_words_go_when_it_is_answered() -> None:
    rosa = build.reporter()
    waiting = build.reported(by=rosa)
    answered = build.reported(build.published(author=cast.cleo()), by=rosa)
    Report.objects.update(note="As I saw it.", name="Rosa", email=rosa.email)
    build.leave_up(answered.comment)
    assert [leave_reports(rosa, KEEP) for _batch in range(3)] == [1, 1, 0]
    for report, words in ((waiting, "As I saw it."), (answered, "")):
        left = Report.objects.get(pk=report.pk)
        assert (left.reporter, left.name, left.email) == (None, "", "")
        assert left.note == words


def test_a_notice_from_the_same_address_loses_it_too(ben: User) -> None:
    report = build.noticed(build.published(author=cast.cleo()), email="BEN@example.org")
    leave_reports(ben, KEEP)
    left = Report.objects.get(pk=report.pk)
    assert (left.name, left.email) == ("", "")


def test_an_open_appeal_goes_with_its_place_in_the_queue(ben: User) -> None:
    appeal = build.appeal(build.rejected(author=ben))
    assert [leave_appeals(ben, KEEP) for _batch in range(2)] == [1, 0]
    assert not Appeal.objects.filter(pk=appeal.pk).exists()
    assert not QueueItem.objects.filter(kind=QueueItem.Kind.APPEAL).exists()


def test_a_moderator_who_comes_too_late_finds_that_it_is_gone(ben: User) -> None:
    item = build.appealed(build.rejected(author=ben))
    leave_appeals(ben, KEEP)
    with pytest.raises(StaleDecision):
        build.ruled(item, by=cast.max_())


def test_a_ruled_appeal_stays_without_its_words(ben: User) -> None:
    item = build.appealed(build.rejected(author=ben))
    build.ruled(item, by=cast.max_())
    leave_appeals(ben, KEEP)
    leave_messages(ben, KEEP)
    left = Appeal.objects.get()
    assert (left.appellant, left.outcome) == (None, Appeal.Outcome.UPHELD)
    assert [(m.sender, m.text) for m in left.messages.all()] == [(None, "")]
