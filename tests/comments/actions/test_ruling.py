"""Somebody other than who decided rules on an appeal, once, and it has its effect."""

import pytest

from comments.actions.appealing import CannotAppeal, NotYours, add_message
from comments.actions.deciding import (
    Decider,
    ReasonMissing,
    StaleDecision,
    decide,
)
from comments.actions.moderating import remove_comment
from comments.actions.posting import edit_comment, withdraw_comment
from comments.actions.sanctioning import lift
from comments.actions.screening import screen
from comments.audit import audit
from comments.models import (
    Appeal,
    Comment,
    Decision,
    Notification,
    QueueItem,
    Rule,
    Sanction,
)
from comments.states import DeciderKind, Measure, State
from ethicsforum.accounts.models import User
from tests import build, cast

pytestmark = pytest.mark.django_db
Outcome = Appeal.Outcome


def appeal_of(ruling: Decision) -> Appeal:
    return Appeal.objects.get(ruling=ruling)


def kinds_told_to(person: User) -> list[str]:
    rows = Notification.objects.of(person).order_by("pk")
    return list(rows.values_list("kind", flat=True))


# --- Who ------------------------------------------------------------------


def test_whoever_decided_does_not_hear_it(mia: User) -> None:
    item = build.appealed()
    with pytest.raises(NotYours):
        build.ruled(item, by=mia)
    assert Appeal.objects.open().exists()
    assert not QueueItem.objects.for_moderator(mia).filter(pk=item.pk).exists()
    assert QueueItem.objects.for_moderator(cast.max_()).filter(pk=item.pk).exists()


def test_a_superuser_who_decided_does_not_hear_it_either() -> None:
    root = cast.root()
    item = build.appealed(build.rejected(author=cast.ben(), by=root))
    with pytest.raises(NotYours):
        build.ruled(item, by=root, overturn=True)
    assert not QueueItem.objects.for_moderator(root).filter(pk=item.pk).exists()


def test_the_appellant_does_not_hear_it(max_: User) -> None:
    item = build.appealed(build.rejected(author=max_))
    with pytest.raises(NotYours):
        build.ruled(item, by=max_, overturn=True)


def test_any_moderator_hears_what_the_machine_decided(ben: User, mia: User) -> None:
    Rule.objects.filter(code="contempt").update(repeat_is_certain=True)
    held = build.held(body="The very same words.", author=cast.cleo())
    by = Decider.moderator(mia)
    contempt = build.reason("contempt")
    decide(held.revision, to=State.REJECTED, by=by, reason=contempt)
    repeat = build.comment(body="The very same words.", author=ben)
    rejection = screen(build.text_of(repeat).pk)
    assert rejection is not None
    assert rejection.by_machine
    build.ruled(build.appealed(rejection), by=mia, overturn=True)
    assert build.fresh(repeat).state == State.PUBLISHED


def test_a_ruling_needs_an_explanation(max_: User) -> None:
    item = build.appealed()
    for overturn in (True, False):
        with pytest.raises(ReasonMissing):
            build.ruled(item, by=max_, overturn=overturn, explanation="  ")
    assert Appeal.objects.open().exists()


# --- Upheld ---------------------------------------------------------------


def test_upheld(ben: User, max_: User) -> None:
    item = build.appealed()
    ruling = build.ruled(item, by=max_)
    contested = item.first_decision
    assert (ruling.measure, ruling.about) == (Measure.UPHOLD, contested)
    assert ruling.decider_kind == DeciderKind.MODERATOR
    assert (ruling.rule, ruling.explanation) == (build.rule(), "Heard again.")
    assert appeal_of(ruling).outcome == Outcome.UPHELD
    item.refresh_from_db()
    assert (item.is_open, item.closing_decision) == (False, ruling)
    assert build.fresh(item.comment).state == State.REJECTED
    assert kinds_told_to(ben) == ["rejected", "appeal-received", "appeal-upheld"]
    assert not Decision.objects.overturned().exists()
    assert list(audit()) == []


def test_upholding_closes_nothing_else(ben: User, max_: User) -> None:
    """A suspension, on the occasion of a text whose comment is edited meanwhile."""
    item = build.appealed(build.sanction(author=ben))
    edit = edit_comment(item.comment, body="Another text.")
    decide(edit, to=State.HELD, by=Decider.machine())
    build.ruled(item, by=max_)
    assert QueueItem.objects.waiting().get().revision == edit
    assert list(audit()) == []


# --- Overturned: texts ----------------------------------------------------


def test_overturning_a_rejection_publishes_the_text(ben: User, max_: User) -> None:
    item = build.appealed()
    ruling = build.ruled(item, by=max_, overturn=True)
    assert (ruling.from_state, ruling.to_state) == (State.REJECTED, State.PUBLISHED)
    assert (ruling.about, ruling.rule) == (item.first_decision, None)
    assert appeal_of(ruling).outcome == Outcome.OVERTURNED
    assert build.fresh(item.comment).state == State.PUBLISHED
    assert kinds_told_to(ben) == ["rejected", "appeal-received", "appeal-overturned"]
    assert Decision.objects.overturned().get() == item.first_decision
    assert list(audit()) == []


def test_overturning_a_removal_brings_the_comment_back(ben: User, max_: User) -> None:
    comment = build.removed(author=ben)
    removal = Decision.objects.get(to_state=State.REMOVED)
    ruling = build.ruled(build.appealed(removal), by=max_, overturn=True)
    assert ruling.to_state == State.PUBLISHED
    assert build.fresh(comment).state == State.PUBLISHED
    assert kinds_told_to(ben) == ["removed", "appeal-received", "appeal-overturned"]
    assert list(audit()) == []


def test_overturning_the_rejection_of_an_edit_publishes_the_edit(
    ben: User, mia: User, max_: User
) -> None:
    comment = build.published(author=ben)
    rejection = reject_edit(comment, mia)
    build.ruled(build.appealed(rejection), by=max_, overturn=True)
    comment = build.fresh(comment)
    assert comment.accepted_revision == rejection.revision
    assert comment.state == State.PUBLISHED
    assert list(audit()) == []


def reject_edit(comment: Comment, moderator: User) -> Decision:
    edit = edit_comment(comment, body="An edit.")
    decide(edit, to=State.HELD, by=Decider.machine())
    by = Decider.moderator(moderator)
    return decide(edit, to=State.REJECTED, by=by, reason=build.reason())


def recorded_without_a_move(ruling: Decision) -> None:
    assert (ruling.measure, ruling.to_state) == (Measure.OVERTURN, "")
    assert appeal_of(ruling).outcome == Outcome.OVERTURNED
    assert list(audit()) == []


def test_a_text_that_a_later_one_replaced_does_not_come_up(
    ben: User, max_: User
) -> None:
    item = build.appealed(build.rejected(author=ben))
    later = edit_comment(item.comment, body="Put more kindly.")
    decide(later, to=State.PUBLISHED, by=Decider.machine())
    recorded_without_a_move(build.ruled(item, by=max_, overturn=True))
    assert build.fresh(item.comment).accepted_revision == later


def test_a_withdrawn_comment_does_not_come_up(ben: User, mia: User, max_: User) -> None:
    comment = build.published(author=ben)
    item = build.appealed(reject_edit(comment, mia))
    withdraw_comment(build.fresh(comment))
    recorded_without_a_move(build.ruled(item, by=max_, overturn=True))
    assert build.fresh(comment).state == State.WITHDRAWN


def test_an_edit_does_not_bring_a_removed_comment_back(
    ben: User, mia: User, max_: User
) -> None:
    comment = build.published(author=ben)
    item = build.appealed(reject_edit(comment, mia))
    remove_comment(build.fresh(comment), moderator=mia, reason=build.reason())
    recorded_without_a_move(build.ruled(item, by=max_, overturn=True))
    assert build.fresh(comment).state == State.REMOVED


# --- Overturned: sanctions ------------------------------------------------


@pytest.mark.parametrize("measure", [Measure.WARN, Measure.LIMIT, Measure.SUSPEND])
def test_overturning_a_sanction_lifts_it(
    ben: User, max_: User, measure: Measure
) -> None:
    item = build.appealed(build.sanction(measure, author=ben))
    ruling = build.ruled(item, by=max_, overturn=True)
    assert (ruling.measure, ruling.about) == (Measure.LIFT, item.first_decision)
    assert Sanction.objects.get().lifted_by == ruling
    assert not Sanction.objects.running().exists()
    assert kinds_told_to(ben)[-1] == "appeal-overturned"
    assert build.fresh(item.comment).state == State.PUBLISHED
    assert list(audit()) == []


def test_what_was_lifted_in_the_meantime_is_overturned_for_the_record(
    ben: User, max_: User
) -> None:
    item = build.appealed(build.sanction(author=ben))
    sanction = Sanction.objects.get()
    other = lift(sanction, moderator=max_, explanation="No longer needed.")
    recorded_without_a_move(build.ruled(item, by=max_, overturn=True))
    assert Sanction.objects.get().lifted_by == other


# --- Once -----------------------------------------------------------------


def test_the_second_ruling_is_told_of_the_first(max_: User) -> None:
    item = build.appealed()
    ruling = build.ruled(item, by=max_)
    with pytest.raises(StaleDecision) as stale:
        build.ruled(item, by=cast.root(), overturn=True)
    assert stale.value.decision == ruling
    assert Notification.objects.filter(decision=ruling).count() == 1


def test_a_ruling_on_an_older_version_changes_nothing(ben: User, max_: User) -> None:
    item = build.appealed()
    appeal = Appeal.objects.get()
    add_message(appeal, sender=ben, text="You have not read this.")
    with pytest.raises(StaleDecision):
        build.ruled(item, by=max_, overturn=True)
    assert build.fresh(item.comment).state == State.REJECTED
    assert Appeal.objects.open().exists()


def test_nothing_is_added_after_the_ruling(ben: User, max_: User) -> None:
    item = build.appealed()
    ruling = build.ruled(item, by=max_)
    with pytest.raises(CannotAppeal, match="decided in the meantime"):
        add_message(appeal_of(ruling), sender=ben, text="But!")


def test_the_outcome_stands_beside_the_decision(ben: User, max_: User) -> None:
    def outcomes() -> list[str]:
        rows = Decision.objects.refusals().with_appeal_outcome().order_by("pk")
        return [row.appeal_outcome for row in rows]

    first = build.rejected(author=ben, body="One.")
    build.rejected(author=ben, body="Two.")
    assert outcomes() == ["", ""]
    item = build.appealed(first)
    assert outcomes() == ["open", ""]
    build.ruled(item, by=max_, overturn=True)
    assert outcomes() == ["overturned", ""]
