"""Undo: the state before, a decision that says so, and no mail."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.utils import timezone

from comments.actions.deciding import Decider, Reason, decide, decide_item, record
from comments.actions.moderating import remove_comment, restore_comment
from comments.actions.posting import edit_comment, withdraw_comment
from comments.actions.queueing import close_items
from comments.actions.undoing import CannotUndo, Obstacle, undo, undo_ends
from comments.audit import audit
from comments.models import Decision, Notification, QueueItem, Report
from comments.notifications import deliver, tell
from comments.states import Measure, State
from ethicsforum.accounts.models import User
from tests import build, cast, queue

pytestmark = pytest.mark.django_db
Kind = Notification.Kind


@pytest.fixture(autouse=True)
def fifteen_seconds(settings: Any) -> None:
    settings.UNDO_SECONDS = 15


def judged(item: QueueItem, to: State, by: User) -> Decision:
    why = build.reason() if to == State.REJECTED else Reason()
    moderator = Decider.moderator(by)
    return decide_item(item, version=item.version, to=to, by=moderator, reason=why)


def deliver_all() -> None:
    """As the workers would, when the pause is over."""
    with time_machine.travel(timezone.now() + timedelta(minutes=5), tick=False):
        for pk in list(Notification.objects.values_list("pk", flat=True)):
            deliver(pk)


def obstacle(decision: Decision, by: User) -> Obstacle:
    with pytest.raises(CannotUndo) as refusal:
        undo(decision, moderator=by)
    return refusal.value.obstacle


@pytest.mark.parametrize("to", [State.PUBLISHED, State.REJECTED])
def test_a_held_text_waits_again_at_its_old_place(
    to: State, mia: User, ben: User
) -> None:
    item = build.held(author=ben)
    decision = judged(item, to, mia)
    undone = undo(decision, moderator=mia)
    again = QueueItem.objects.waiting().get()
    assert (again.pk, again.due_at, again.version) == (item.pk, item.due_at, 3)
    comment = build.fresh(item.comment)
    assert (comment.state, comment.published_at) == (State.HELD, None)
    assert (undone.about, undone.is_undo, undone.decider) == (decision, True, mia)
    deliver_all()
    assert mail.outbox == []
    assert list(audit()) == []


def test_it_can_be_decided_again(mia: User) -> None:
    item = build.held()
    undo(judged(item, State.REJECTED, mia), moderator=mia)
    judged(QueueItem.objects.get(pk=item.pk), State.PUBLISHED, mia)
    deliver_all()
    assert len(mail.outbox) == 1
    assert list(audit()) == []


def test_an_edits_approval_undone_leaves_the_text_before_it_up(
    mia: User, ben: User
) -> None:
    comment = build.published(author=ben, body="The old text.")
    text = edit_comment(comment, body="The new text.")
    decide(text, to=State.HELD, by=Decider.machine())
    item = QueueItem.objects.get(comment=comment)
    undo(judged(item, State.PUBLISHED, mia), moderator=mia)
    accepted = build.fresh(comment).accepted_revision
    assert accepted is not None
    assert accepted.source == "The old text."
    assert list(audit()) == []


def test_a_removal_after_reports(mia: User) -> None:
    item = queue.reported()
    decision = remove_comment(item.comment, moderator=mia, reason=build.reason())
    undo(decision, moderator=mia)
    assert build.fresh(item.comment).state == State.PUBLISHED
    assert QueueItem.objects.waiting().get() == item
    deliver_all()
    assert mail.outbox == []
    assert list(audit()) == []


def test_a_removal_and_the_edit_that_went_with_it(mia: User, ben: User) -> None:
    comment = build.published(author=ben, body="The old text.")
    text = edit_comment(comment, body="The new text.")
    decide(text, to=State.HELD, by=Decider.machine())
    edit = QueueItem.objects.get(revision=text)
    reports = queue.reported(build.fresh(comment))
    QueueItem.objects.filter(pk=reports.pk).update(
        revision=build.fresh(comment).accepted_revision
    )
    decision = remove_comment(comment, moderator=mia, reason=build.reason())
    undo(decision, moderator=mia)
    assert set(QueueItem.objects.waiting()) == {edit, reports}
    assert build.text_of(comment).state == State.HELD
    assert build.fresh(comment).state == State.PUBLISHED
    deliver_all()
    assert mail.outbox == []
    assert list(audit()) == []


def test_an_edit_that_was_never_screened_to_the_end_is_read_by_a_human(
    mia: User, ben: User
) -> None:
    comment = build.published(author=ben)
    text = edit_comment(comment, body="The new text.")
    decision = remove_comment(comment, moderator=mia, reason=build.reason())
    undo(decision, moderator=mia)
    assert QueueItem.objects.waiting().get().revision == text
    assert list(audit()) == []


@pytest.mark.parametrize("to", [State.PUBLISHED, State.REMOVED])
def test_a_text_that_reports_hid_is_hidden_again(to: State, mia: User) -> None:
    item = queue.hidden()
    by, why = Decider.moderator(mia), build.reason()
    decision = decide_item(item, version=1, to=to, by=by, reason=why)
    undo(decision, moderator=mia)
    comment = build.fresh(item.comment)
    assert comment.is_hidden
    assert QueueItem.objects.waiting().get() == item
    told = set(Notification.objects.values_list("kind", flat=True))
    assert told == {Kind.HIDDEN}
    assert list(audit()) == []


def test_what_was_left_up_is_asked_about_again(mia: User) -> None:
    item = queue.reported()
    by = Decider.moderator(mia)
    decision = record(item.revision, Measure.KEEP, by=by, reason=Reason())
    close_items(decision, item, 1)
    undone = undo(decision, moderator=mia)
    assert (undone.measure, undone.is_undo) == (Measure.KEEP, True)
    assert QueueItem.objects.waiting().get() == item
    assert list(audit()) == []


def test_reports_are_open_again_and_their_answer_is_not_sent(
    mia: User, ben: User
) -> None:
    item = queue.reported(build.published(author=ben))
    report = Report.objects.create(
        source=Report.Source.MEMBER,
        comment=item.comment,
        revision=item.revision,
        reporter=cast.cleo(),
        rule=build.rule(),
    )
    receipt = tell(cast.cleo(), Kind.REPORT_RECEIVED, report=report)
    decision = remove_comment(item.comment, moderator=mia, reason=build.reason())
    assert Notification.objects.filter(kind=Kind.REPORT_ACTED, report=report).exists()
    undo(decision, moderator=mia)
    assert Report.objects.open().get() == report
    assert Notification.objects.get() == receipt


def test_a_restored_removal_stands_again_under_its_rule_and_words(mia: User) -> None:
    comment = build.removed()
    reason = Reason(explanation="A second look.")
    decision = restore_comment(comment, moderator=mia, reason=reason)
    undone = undo(decision, moderator=mia)
    assert build.fresh(comment).state == State.REMOVED
    assert (undone.rule, undone.explanation) == (build.rule(), "About the person.")
    assert list(audit()) == []


def test_too_late(mia: User) -> None:
    decision = judged(build.held(), State.PUBLISHED, mia)
    later = timezone.now() + timedelta(seconds=16)
    with time_machine.travel(later, tick=False):
        assert obstacle(decision, mia) == Obstacle.TOO_LATE
    assert build.fresh(decision.comment).state == State.PUBLISHED


def test_a_mail_that_a_worker_has_taken_stops_it(mia: User, ben: User) -> None:
    decision = judged(build.held(author=ben), State.REJECTED, mia)
    Notification.objects.update(mail_tries=1)
    assert obstacle(decision, mia) == Obstacle.TOO_LATE
    assert build.fresh(decision.comment).state == State.REJECTED
    assert Notification.objects.count() == 1


def test_a_worker_that_comes_after_it_finds_nothing(mia: User, ben: User) -> None:
    decision = judged(build.held(author=ben), State.REJECTED, mia)
    notice = Notification.objects.get()
    undo(decision, moderator=mia)
    with time_machine.travel(timezone.now() + timedelta(minutes=1), tick=False):
        assert not deliver(notice.pk)
    assert mail.outbox == []


def test_only_ones_own_and_only_once(mia: User, max_: User) -> None:
    decision = judged(build.held(), State.PUBLISHED, mia)
    assert obstacle(decision, max_) == Obstacle.NOT_YOURS
    undone = undo(decision, moderator=mia)
    assert obstacle(decision, mia) == Obstacle.CHANGED
    assert obstacle(undone, mia) == Obstacle.RULING


def test_not_when_the_author_has_withdrawn(mia: User) -> None:
    decision = judged(build.held(), State.PUBLISHED, mia)
    withdraw_comment(build.fresh(decision.comment))
    assert obstacle(decision, mia) == Obstacle.CHANGED
    assert list(audit()) == []


def test_not_when_the_author_has_appealed(mia: User) -> None:
    decision = judged(build.held(), State.REJECTED, mia)
    queue.appealed(decision)
    assert obstacle(decision, mia) == Obstacle.CHANGED


def test_a_ruling_is_not_undone(mia: User, max_: User) -> None:
    item = queue.appealed(build.rejected(by=mia))
    by, reason = Decider.moderator(max_), Reason(explanation="Heard.")
    ruling = record(item.revision, Measure.UPHOLD, by=by, reason=reason)
    close_items(ruling, item, 1)
    assert undo_ends(ruling) is None
    assert obstacle(ruling, max_) == Obstacle.RULING


def test_a_second_look_at_it_is_dropped(mia: User) -> None:
    item = build.held()
    decision = judged(item, State.REJECTED, mia)
    QueueItem.objects.create(
        comment=item.comment, revision=item.revision, first_decision=decision
    )
    undo(decision, moderator=mia)
    assert QueueItem.objects.waiting().get() == item
