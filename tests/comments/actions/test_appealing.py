"""An appeal is lodged once and in time, added to while it is open, and asked about."""

from datetime import timedelta

import pytest
import time_machine
from django.conf import settings
from django.utils import timezone

from comments.actions.appealing import (
    CannotAppeal,
    NotYours,
    add_message,
    ask_back,
    lodge_appeal,
)
from comments.actions.deciding import Decider, Reason, StaleDecision, decide
from comments.actions.moderating import restore_comment
from comments.actions.posting import edit_comment
from comments.actions.verdicts import ClaimedByColleague
from comments.audit import audit
from comments.models import Appeal, AppealMessage, Decision, Notification, QueueItem
from comments.models.appeal import MAY_APPEAL_FOR, MOST_MESSAGES
from comments.priority import Severity
from comments.states import Measure, State
from ethicsforum.accounts.models import User
from tests import build, cast

pytestmark = pytest.mark.django_db
Kind = Notification.Kind


def told(kind: Kind) -> list[Notification]:
    return list(Notification.objects.filter(kind=kind))


# --- Lodging --------------------------------------------------------------


def test_it_waits_in_the_queue_until_the_day_of_the_answer(ben: User) -> None:
    decision = build.rejected(author=ben)
    now = timezone.now()
    with time_machine.travel(now, tick=False):
        appeal = build.appeal(decision)
    assert appeal.due_at == now + timedelta(days=settings.APPEAL_DAYS)
    item = QueueItem.objects.get(kind=QueueItem.Kind.APPEAL)
    assert (item.appeal, item.first_decision) == (appeal, decision)
    assert (item.comment, item.revision) == (decision.comment, decision.revision)
    assert (item.due_at, item.severity) == (appeal.due_at, Severity.ROUTINE)
    assert appeal.messages.get().text == "I see it so."
    assert list(audit()) == []


def test_its_receipt_is_told_once(ben: User) -> None:
    appeal = build.appeal(build.rejected(author=ben))
    (notice,) = told(Kind.APPEAL_RECEIVED)
    assert notice.recipient == ben
    assert notice.message == appeal.messages.get()


def test_lodging_again_adds_to_the_first(ben: User) -> None:
    decision = build.rejected(author=ben)
    first = build.appeal(decision)
    again = build.appeal(decision, "Another thought.")
    assert again == first
    texts = [message.text for message in first.messages.all()]
    assert texts == ["I see it so.", "Another thought."]
    assert QueueItem.objects.filter(kind=QueueItem.Kind.APPEAL).count() == 1
    assert len(told(Kind.APPEAL_RECEIVED)) == 1


@pytest.mark.parametrize(("early", "taken"), [(1, True), (-1, False)])
def test_there_are_six_months_for_it(ben: User, early: int, taken: bool) -> None:
    decision = build.rejected(author=ben)
    late = decision.created_at + MAY_APPEAL_FOR - timedelta(seconds=early)
    with time_machine.travel(late, tick=False):
        if taken:
            build.appeal(decision)
        else:
            with pytest.raises(CannotAppeal, match="is over"):
                build.appeal(decision)
    assert Appeal.objects.exists() == taken


def test_what_refused_nothing_cannot_be_appealed(ben: User) -> None:
    build.published(author=ben)
    with pytest.raises(CannotAppeal, match="Nothing was refused"):
        build.appeal(Decision.objects.get())


def test_what_was_restored_cannot_be_appealed(ben: User, mia: User) -> None:
    comment = build.removed(author=ben)
    removal = Decision.objects.get(to_state=State.REMOVED)
    restore_comment(comment, moderator=mia, reason=Reason(explanation="Again."))
    with pytest.raises(CannotAppeal, match="taken back"):
        build.appeal(removal)


def test_what_was_undone_cannot_be_appealed(ben: User, mia: User) -> None:
    rejection = build.rejected(author=ben, by=mia)
    undoing = Reason(about=rejection, is_undo=True)
    by = Decider.moderator(mia)
    decide(rejection.revision, to=State.HELD, by=by, reason=undoing)
    with pytest.raises(CannotAppeal, match="taken back"):
        build.appeal(rejection)


def test_a_later_text_that_was_accepted_does_not_take_the_refusal_back(
    ben: User,
) -> None:
    rejection = build.rejected(author=ben)
    accept_edit(rejection)
    build.appeal(rejection)
    assert list(audit()) == []


def accept_edit(rejection: Decision) -> None:
    edit = edit_comment(rejection.comment, body="Put more kindly.")
    decide(edit, to=State.PUBLISHED, by=Decider.machine())


@pytest.mark.parametrize("measure", [Measure.WARN, Measure.LIMIT, Measure.SUSPEND])
def test_a_sanction_can_be_appealed_while_it_runs(ben: User, measure: Measure) -> None:
    appeal = build.appeal(build.sanction(measure, author=ben))
    assert appeal.is_open
    assert list(audit()) == []


def test_nobody_else_appeals(ben: User) -> None:
    decision = build.rejected(author=ben)
    with pytest.raises(NotYours):
        lodge_appeal(decision, appellant=cast.cleo(), text="For a friend.")
    assert not Appeal.objects.exists()


# --- Adding to it ---------------------------------------------------------


def test_what_is_added_makes_the_moderators_version_old(ben: User) -> None:
    appeal = build.appeal()
    later = timezone.now() + timedelta(days=1)
    QueueItem.objects.filter(appeal=appeal).update(snoozed_until=later)
    add_message(appeal, sender=ben, text="And this.")
    item = QueueItem.objects.get(appeal=appeal)
    assert item.version == 2
    assert item.snoozed_until is None
    assert item.due_at == appeal.due_at


def test_the_same_words_twice_are_sent_twice_and_kept_once(ben: User) -> None:
    appeal = build.appeal()
    add_message(appeal, sender=ben, text="I see it so.")
    assert appeal.messages.count() == 1
    assert QueueItem.objects.get(appeal=appeal).version == 1


def test_there_is_room_for_twenty_messages(ben: User) -> None:
    appeal = build.appeal()
    for number in range(MOST_MESSAGES - 1):
        add_message(appeal, sender=ben, text=f"Number {number}.")
    with pytest.raises(CannotAppeal, match="at most 20"):
        add_message(appeal, sender=ben, text="One too many.")
    assert appeal.messages.count() == MOST_MESSAGES


def test_only_the_appellant_adds(mia: User) -> None:
    appeal = build.appeal()
    with pytest.raises(NotYours):
        add_message(appeal, sender=mia, text="Not mine.")


# --- Asking back ----------------------------------------------------------


def test_a_question_is_told_and_moves_no_date(ben: User, max_: User) -> None:
    item = build.appealed()
    due = item.due_at
    message = ask_back(item, moderator=max_, text="Whom did you mean?")
    assert message.by_moderator
    (notice,) = told(Kind.APPEAL_QUESTION)
    assert (notice.recipient, notice.message) == (ben, message)
    item.refresh_from_db()
    assert (item.due_at, item.version) == (due, 2)


def test_whoever_decided_asks_nothing(mia: User) -> None:
    with pytest.raises(NotYours):
        ask_back(build.appealed(), moderator=mia, text="Really?")
    assert AppealMessage.objects.count() == 1


def test_a_colleagues_claim_is_kept(max_: User) -> None:
    item = build.appealed()
    until = timezone.now() + timedelta(minutes=5)
    QueueItem.objects.filter(pk=item.pk).update(
        claimed_by=cast.root(), claimed_until=until
    )
    with pytest.raises(ClaimedByColleague):
        ask_back(item, moderator=max_, text="Whom did you mean?")


def test_nothing_is_asked_about_what_is_ruled_on(max_: User) -> None:
    item = build.appealed()
    ruling = build.ruled(item, by=max_)
    with pytest.raises(StaleDecision) as stale:
        ask_back(item, moderator=max_, text="Whom did you mean?")
    assert stale.value.decision == ruling
