"""What becomes of a reported comment answers every report on it, until undone."""

from typing import Any

import pytest

from comments.actions.deciding import (
    Decider,
    Reason,
    StaleDecision,
    decide,
    decide_item,
)
from comments.actions.judging import judge_item
from comments.actions.moderating import remove_comment
from comments.actions.posting import edit_comment, withdraw_comment
from comments.actions.reporting import reopen_reports
from comments.actions.verdicts import ClaimedByColleague, Verdict
from comments.audit import audit
from comments.models import Comment, Decision, Notification, QueueItem, Report
from comments.states import Measure, State
from tests import build, cast

pytestmark = pytest.mark.django_db
Kind = Notification.Kind


@pytest.fixture(autouse=True)
def the_data_is_sound() -> Any:
    yield
    assert list(audit()) == []


@pytest.fixture
def comment() -> Comment:
    """Published, and reported by three people in three ways."""
    made = build.published(author=cast.ben())
    build.reported(made, build.reporter("Rosa"), "harm")
    build.reported(made, cast.cleo(), "person")
    build.noticed(made)
    return made


def outcomes() -> set[str]:
    return set(Report.objects.values_list("outcome", flat=True))


def words(kind: Kind) -> set[str]:
    """Who got this word."""
    return {notice.address for notice in Notification.objects.filter(kind=kind)}


EVERYBODY = {"rosa@example.org", "cleo@example.org", "law@example.org"}


def test_left_up(comment: Comment) -> None:
    decision = build.leave_up(comment)
    assert decision.measure == Measure.KEEP
    assert build.fresh(comment).state == State.PUBLISHED
    assert outcomes() == {"kept"}
    assert set(Report.objects.values_list("decision", flat=True)) == {decision.pk}
    assert words(Kind.REPORT_KEPT) == EVERYBODY
    assert QueueItem.objects.get().closing_decision == decision
    assert not Notification.objects.filter(recipient=cast.ben()).exists()


def test_taken_down(comment: Comment) -> None:
    edit_comment(comment, body="An edit that waits.")
    decision = build.take_down(comment)
    assert build.fresh(comment).state == State.REMOVED
    assert build.text_of(comment).state == State.REJECTED
    assert outcomes() == {"acted"}
    assert words(Kind.REPORT_ACTED) == EVERYBODY
    item = QueueItem.objects.get(kind=QueueItem.Kind.REPORTED)
    assert item.closing_decision == decision
    assert words(Kind.REMOVED) == {"ben@example.org"}


@pytest.mark.parametrize("approves", [True, False])
def test_a_hidden_text_comes_back_or_goes(approves: bool) -> None:
    ben = cast.ben()
    comment = build.hidden(author=ben)
    decision = build.answer(build.reported_item(comment), approves)
    assert decision.from_state == State.HELD
    expected = State.PUBLISHED if approves else State.REMOVED
    assert build.fresh(comment).state == expected
    assert outcomes() == {"kept" if approves else "acted"}
    assert words(Kind.KEPT if approves else Kind.REMOVED) == {ben.email}


def test_the_removal_from_the_comments_page_answers_too(comment: Comment) -> None:
    decision = remove_comment(comment, moderator=cast.mia(), reason=build.reason())
    assert outcomes() == {"acted"}
    assert QueueItem.objects.get().closing_decision == decision


def test_the_authors_withdrawal_answers_at_once(comment: Comment) -> None:
    withdraw_comment(comment)
    assert outcomes() == {"withdrawn"}
    assert words(Kind.REPORT_ACTED) == EVERYBODY
    notice = Notification.objects.filter(kind=Kind.REPORT_ACTED)[0]
    assert notice.mail_due_at is not None
    assert notice.mail_due_at <= notice.created_at


def test_word_to_reporters_waits_as_long_as_undo_is_possible(
    comment: Comment, settings: Any
) -> None:
    settings.UNDO_SECONDS = 15
    build.leave_up(comment)
    for notice in Notification.objects.filter(kind=Kind.REPORT_KEPT):
        assert notice.mail_due_at is not None
        waits = notice.mail_due_at - notice.created_at
        assert 14 < waits.total_seconds() < 16


def test_an_answer_costs_the_same_for_many_reports(
    comment: Comment, django_assert_num_queries: Any
) -> None:
    item, mia = build.reported_item(comment), cast.mia()
    with django_assert_num_queries(12):
        build.answer(item, approves=True, by=mia)
    other = build.published(body="Another.")
    for number in range(30):
        build.reported(other, cast.member(f"New{number}"))
    item = build.reported_item(other)
    with django_assert_num_queries(12):
        build.answer(item, approves=True, by=mia)


# --- Together ---------------------------------------------------------------


def test_the_second_moderator_hears_who_was_first(comment: Comment) -> None:
    item = build.reported_item(comment)
    first = build.answer(item, approves=True)
    with pytest.raises(StaleDecision) as caught:
        build.answer(item, approves=False, by=cast.max_())
    assert caught.value.decision == first
    assert build.fresh(comment).state == State.PUBLISHED
    assert Decision.objects.filter(decider=cast.max_()).count() == 0


@pytest.mark.parametrize("approves", [True, False])
def test_a_new_ground_makes_the_card_stale(comment: Comment, approves: bool) -> None:
    item = build.reported_item(comment)
    build.reported(comment, build.reporter("Sam"), "privacy")
    with pytest.raises(StaleDecision) as caught:
        build.answer(item, approves)
    assert caught.value.decision is None
    assert outcomes() == {""}
    assert build.fresh(comment).state == State.PUBLISHED


def test_hiding_does_not_take_the_card_away(comment: Comment, settings: Any) -> None:
    item = build.reported_item(comment)
    settings.REPORT_THRESHOLD = 1
    build.reported(comment, build.reporter("Sam"), "harm")
    assert build.fresh(comment).is_hidden
    assert build.answer(item, approves=True).to_state == State.PUBLISHED


def test_the_desk_gets_there(comment: Comment) -> None:
    item = build.reported_item(comment)
    verdict = Verdict(False, item.version, build.reason())
    decision = judge_item(item, verdict, moderator=cast.mia())
    assert isinstance(decision, Decision)
    assert decision.to_state == State.REMOVED


def test_a_colleagues_claim_holds(comment: Comment) -> None:
    item = build.reported_item(comment)
    item.claimed_by = cast.max_()
    item.claimed_until = item.opened_at.replace(year=2999)
    with pytest.raises(ClaimedByColleague):
        verdict = Verdict(True, item.version, Reason())
        judge_item(item, verdict, moderator=cast.mia())
    assert outcomes() == {""}


# --- Undo -------------------------------------------------------------------


def undo(decision: Decision, back_to: State) -> None:
    """As the desk does it."""
    reason = Reason(about=decision, is_undo=True)
    by = Decider.moderator(decision.decider)
    text = decision.revision
    text.refresh_from_db()
    decide(text, to=back_to, by=by, reason=reason)
    reopen_reports(decision)


def test_an_undone_removal_opens_the_reports_again(comment: Comment) -> None:
    item = build.reported_item(comment)
    undo(build.take_down(comment), State.PUBLISHED)
    assert outcomes() == {""}
    assert Report.objects.exclude(decided_at=None).count() == 0
    assert words(Kind.REPORT_ACTED) == set()
    again = build.reported_item(comment)
    assert (again.pk, again.due_at) == (item.pk, item.due_at)
    assert again.version > item.version


def test_an_undone_decision_to_leave_up_opens_them_too(comment: Comment) -> None:
    decision = build.leave_up(comment)
    reopen_reports(decision)
    assert outcomes() == {""}
    assert build.reported_item(comment).is_open


@pytest.mark.parametrize("approves", [True, False])
def test_an_undone_decision_hides_it_again(approves: bool) -> None:
    comment = build.hidden()
    undo(build.answer(build.reported_item(comment), approves), State.HELD)
    assert build.fresh(comment).is_hidden
    assert outcomes() == {""}


def test_who_was_told_before_the_undo_is_not_told_again(comment: Comment) -> None:
    decision = build.take_down(comment)
    notices = Notification.objects.filter(kind=Kind.REPORT_ACTED)
    notices.filter(recipient=cast.cleo()).update(mail_tries=1)
    undo(decision, State.PUBLISHED)
    assert words(Kind.REPORT_ACTED) == {"cleo@example.org"}
    build.take_down(comment)
    assert words(Kind.REPORT_ACTED) == EVERYBODY
    assert notices.count() == 3


def test_reports_since_then_and_reopened_ones_share_an_item(comment: Comment) -> None:
    decision = build.leave_up(comment)
    build.reported(comment, build.reporter("Sam"), "privacy")
    reopen_reports(decision)
    assert build.reported_item(comment).findings[1]["saw"]["count"] == 3


# --- Edits ------------------------------------------------------------------


def test_the_item_follows_an_edit_that_is_accepted(comment: Comment) -> None:
    item = build.reported_item(comment)
    text = build.edited(comment)
    followed = build.reported_item(comment)
    assert (followed.pk, followed.revision) == (item.pk, text)
    with pytest.raises(StaleDecision):
        build.answer(item, approves=False)
    assert build.take_down(comment).revision == text
    assert outcomes() == {"acted"}


def test_the_item_goes_back_when_the_edit_is_undone(comment: Comment) -> None:
    old = comment.accepted_revision
    edit = edit_comment(comment, body="A better thought.")
    decide(edit, to=State.HELD, by=Decider.machine())
    item = QueueItem.objects.for_desk().get(revision=edit)
    mia = Decider.moderator(cast.mia())
    accepted = decide_item(item, version=1, to=State.PUBLISHED, by=mia)
    assert build.reported_item(comment).revision == edit
    undo(accepted, State.HELD)
    assert build.reported_item(comment).revision == old


def test_a_text_whose_acceptance_is_undone_has_nothing_to_report() -> None:
    item = build.held()
    mia = Decider.moderator(cast.mia())
    accepted = decide_item(item, version=1, to=State.PUBLISHED, by=mia)
    build.reported(item.comment)
    undo(accepted, State.HELD)
    assert outcomes() == {"acted"}
    assert QueueItem.objects.waiting().get() == item
