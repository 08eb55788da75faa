"""Warn, limit, suspend, lift: what is decided, who hears of it, who is refused."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.utils import timezone

from comments.actions.deciding import Reason, ReasonMissing, StaleDecision
from comments.actions.sanctioning import (
    AlreadyRunning,
    NotSanctionable,
    lift,
    limit,
    suspend,
    warn,
)
from comments.models import Decision, Notification, Sanction
from comments.notifications import deliver
from comments.states import DeciderKind, Measure, State
from ethicsforum.accounts.models import User
from tests import build, cast

pytestmark = pytest.mark.django_db
REASON_FIELDS = [Reason(), Reason(explanation="No rule."), "rule without words"]


def text(author: User | None = None) -> Any:
    return build.text_of(build.published(author=author or cast.ben()))


def test_a_warning(mia: User, ben: User) -> None:
    occasion = text()
    sanction = warn(occasion, moderator=mia, reason=build.reason())
    decision = sanction.decision
    assert (decision.measure, decision.until) == (Measure.WARN, None)
    assert (decision.revision, decision.comment) == (occasion, occasion.comment)
    assert (decision.decider_kind, decision.decider) == (DeciderKind.MODERATOR, mia)
    assert (decision.rule, decision.rule_version) == (build.rule(), 1)
    assert decision.explanation == "About the person."
    assert decision.is_refusal
    assert sanction.member == ben
    assert not sanction.is_running()
    assert build.fresh(occasion.comment).state == State.PUBLISHED


@pytest.mark.parametrize(
    ("act", "measure"), [(limit, Measure.LIMIT), (suspend, Measure.SUSPEND)]
)
def test_a_limit_and_a_suspension_end(mia: User, act: Any, measure: Measure) -> None:
    start = timezone.now()
    with time_machine.travel(start, tick=False):
        sanction = act(text(), days=3, moderator=mia, reason=build.reason())
    assert sanction.measure == measure
    assert sanction.decision.until == start + timedelta(days=3)
    assert sanction.is_running()
    running = Sanction.objects.running(start + timedelta(days=3, seconds=1))
    assert not running.exists()


@pytest.mark.parametrize(
    ("act", "kind"),
    [(warn, "warned"), (limit, "limited"), (suspend, "suspended")],
)
def test_the_member_is_told_after_the_time_to_undo(
    mia: User, ben: User, settings: Any, act: Any, kind: str
) -> None:
    days = {} if act is warn else {"days": 3}
    now = timezone.now()
    with time_machine.travel(now, tick=False):
        sanction = act(text(), moderator=mia, reason=build.reason(), **days)
    notice = Notification.objects.get(decision=sanction.decision)
    assert (notice.recipient, notice.kind) == (ben, kind)
    assert notice.mail_due_at == now + timedelta(seconds=settings.UNDO_SECONDS)
    assert notice.mail_due_at is not None
    with time_machine.travel(notice.mail_due_at + timedelta(seconds=1)):
        assert deliver(notice.pk)
    (sent,) = mail.outbox
    assert sent.to == [ben.email]
    for part in ("About the person.", "Argue with the claim", "/decisions/"):
        assert part in sent.body
    if days:
        assert "until" in sent.body.lower()


def test_a_lift(mia: User, max_: User, ben: User) -> None:
    sanction = build.suspended(author=ben)
    decision = lift(sanction, moderator=max_, explanation=" An error of ours. ")
    sanction.refresh_from_db()
    assert sanction.lifted_by == decision
    assert not sanction.is_running()
    assert (decision.measure, decision.about) == (Measure.LIFT, sanction.decision)
    assert decision.explanation == "An error of ours."
    notice = Notification.objects.get(decision=decision)
    assert (notice.recipient, notice.kind) == (ben, "lifted")
    assert notice.mail_due_at is not None
    with time_machine.travel(notice.mail_due_at + timedelta(seconds=1)):
        assert deliver(notice.pk)
    assert "suspension" in mail.outbox[0].body
    assert "An error of ours." in mail.outbox[0].body


def test_a_warning_can_be_taken_back(mia: User, max_: User) -> None:
    sanction = warn(text(), moderator=mia, reason=build.reason())
    lift(sanction, moderator=max_, explanation="Read too fast.")
    sanction.refresh_from_db()
    assert sanction.lifted_by is not None


def test_a_lift_happens_once(mia: User, max_: User) -> None:
    sanction = build.limited()
    first = lift(sanction, moderator=mia, explanation="First.")
    with pytest.raises(StaleDecision) as stale:
        lift(sanction, moderator=max_, explanation="Second.")
    assert stale.value.decision == first
    assert Decision.objects.filter(measure=Measure.LIFT).get() == first


def test_a_lift_needs_words(mia: User) -> None:
    sanction = build.limited()
    with pytest.raises(ReasonMissing):
        lift(sanction, moderator=mia, explanation=" \n")
    assert Sanction.objects.running().get() == sanction


@pytest.mark.parametrize("given", REASON_FIELDS)
def test_nothing_without_rule_and_words(mia: User, given: Any) -> None:
    reason = Reason(build.rule(), "  ") if isinstance(given, str) else given
    occasion = text()
    with pytest.raises(ReasonMissing):
        warn(occasion, moderator=mia, reason=reason)
    with pytest.raises(ReasonMissing):
        suspend(occasion, days=1, moderator=mia, reason=reason)
    assert not Sanction.objects.exists()
    assert not Decision.objects.exclude(measure="").exists()


@pytest.mark.parametrize("person", ["max_", "mia", "root", "eda"])
def test_not_a_colleague_and_not_oneself(mia: User, person: str) -> None:
    occasion = text(getattr(cast, person)())
    with pytest.raises(NotSanctionable) as refusal:
        suspend(occasion, days=1, moderator=mia, reason=build.reason())
    assert str(refusal.value)
    assert not Sanction.objects.exists()


def test_nobody_lifts_their_own(mia: User, ben: User) -> None:
    sanction = build.suspended(author=ben)
    ben.is_staff = True
    ben.save()
    with pytest.raises(NotSanctionable):
        lift(sanction, moderator=ben, explanation="Let me.")


def test_not_someone_who_has_left(mia: User) -> None:
    occasion = text()
    Notification.objects.all().delete()
    occasion.comment.author.delete()
    with pytest.raises(NotSanctionable):
        warn(occasion, moderator=mia, reason=build.reason())


@pytest.mark.parametrize("act", [limit, suspend])
def test_one_at_a_time(mia: User, max_: User, act: Any) -> None:
    occasion = text()
    first = act(occasion, days=3, moderator=mia, reason=build.reason())
    with pytest.raises(AlreadyRunning) as running:
        act(occasion, days=30, moderator=max_, reason=build.reason())
    assert running.value.sanction == first
    assert Sanction.objects.count() == 1
    with time_machine.travel(first.decision.until + timedelta(seconds=1)):
        act(occasion, days=30, moderator=max_, reason=build.reason())
    assert Sanction.objects.count() == 2


def test_another_after_the_first_was_taken_back(mia: User) -> None:
    first = build.limited(author=cast.ben())
    lift(first, moderator=mia, explanation="Too short.")
    second = build.limited(author=cast.ben(), body="More.", days=30)
    assert Sanction.objects.running().get() == second


def test_a_limit_a_suspension_and_warnings_go_together(mia: User) -> None:
    occasion = text()
    limit(occasion, days=9, moderator=mia, reason=build.reason())
    suspend(occasion, days=3, moderator=mia, reason=build.reason())
    warn(occasion, moderator=mia, reason=build.reason())
    warn(occasion, moderator=mia, reason=build.reason())
    assert Sanction.objects.running().count() == 2
    numbers = occasion.comment.decisions.values_list("number", flat=True)
    assert sorted(numbers) == [1, 2, 3, 4, 5]
