"""What moderators do about a member: warn, limit, suspend, and lift it again.

Each is a decision on the occasion of one of the member's comments, with rule and
explanation, and the member is told. There is no way to do any of it in secret.
"""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils import timezone

from comments.actions.deciding import (
    Decider,
    Reason,
    ReasonMissing,
    StaleDecision,
    lock_comment,
    record,
)
from comments.models import Decision, Notification, Revision, Sanction
from comments.notifications import tell
from comments.policies import why_not_sanction
from comments.states import Measure

Kind = Notification.Kind

KINDS: dict[Measure, Kind] = {
    Measure.WARN: Kind.WARNED,
    Measure.LIMIT: Kind.LIMITED,
    Measure.SUSPEND: Kind.SUSPENDED,
    Measure.LIFT: Kind.LIFTED,
}


class NotSanctionable(Exception):
    """Nobody to act on, a colleague, or the moderator's own account; says which."""


class AlreadyRunning(StaleDecision):
    """A member has one limit and one suspension at a time; `sanction` is that one."""

    def __init__(self, sanction: Sanction) -> None:
        super().__init__(sanction.decision)
        self.sanction = sanction


def warn(occasion: Revision, *, moderator: Any, reason: Reason) -> Sanction:
    return _impose(Measure.WARN, occasion, None, moderator, reason)


def limit(occasion: Revision, *, days: int, moderator: Any, reason: Reason) -> Sanction:
    """For so many days a moderator reads each comment before others see it."""
    return _impose(Measure.LIMIT, occasion, _in(days), moderator, reason)


def suspend(
    occasion: Revision, *, days: int, moderator: Any, reason: Reason
) -> Sanction:
    """For so many days the member can read, withdraw and appeal, but not write."""
    return _impose(Measure.SUSPEND, occasion, _in(days), moderator, reason)


@transaction.atomic
def lift(sanction: Sanction, *, moderator: Any, explanation: str) -> Decision:
    """Take it back, before its end or after; a warning too."""
    if not explanation.strip():
        raise ReasonMissing
    if sanction.member_id == moderator.pk:
        raise NotSanctionable(why_not_sanction(moderator, moderator))
    text = sanction.decision.revision
    # The lock comes before the number of the decision is taken.
    text.comment = lock_comment(text.comment_id)
    reason = Reason(explanation=explanation, about=sanction.decision)
    by = Decider.moderator(moderator)
    decision = record(text, Measure.LIFT, by=by, reason=reason)
    standing = Sanction.objects.filter(pk=sanction.pk, lifted_by__isnull=True)
    if standing.update(lifted_by=decision) != 1:
        raise StaleDecision(_lifting(sanction))
    _tell(sanction.member, decision)
    return decision


@transaction.atomic
def _impose(
    measure: Measure,
    occasion: Revision,
    until: datetime | None,
    moderator: Any,
    reason: Reason,
) -> Sanction:
    if reason.rule is None or not reason.explanation.strip():
        raise ReasonMissing
    member = _lock_member(occasion)
    _require_sanctionable(moderator, member)
    _require_none_running(measure, member)
    occasion.comment = lock_comment(occasion.comment_id)
    by = Decider.moderator(moderator)
    decision = record(occasion, measure, by=by, reason=reason, until=until)
    sanction = Sanction.objects.create(decision=decision, member=member)
    _tell(member, decision)
    return sanction


def _lock_member(occasion: Revision) -> Any:
    """One person's sanctions come one after the other. The person before the comment,
    as when they post: two orders of locking would deadlock."""
    people = get_user_model().objects.select_for_update(of=("self",), no_key=True)
    return people.filter(comment=occasion.comment_id).first()


def _require_sanctionable(moderator: Any, member: Any) -> None:
    why_not = why_not_sanction(moderator, member)
    if why_not:
        raise NotSanctionable(why_not)


def _require_none_running(measure: Measure, member: Any) -> None:
    if measure == Measure.WARN:
        return
    running = Sanction.objects.of(member).running().filter(decision__measure=measure)
    found = running.select_related("decision__decider").first()
    if found is not None:
        raise AlreadyRunning(found)


def _tell(member: Any, decision: Decision) -> None:
    if member is not None:
        kind = KINDS[Measure(decision.measure)]
        tell(member, kind, decision=decision, after=settings.UNDO_SECONDS)


def _lifting(sanction: Sanction) -> Decision | None:
    found = Sanction.objects.select_related("lifted_by__decider").get(pk=sanction.pk)
    return found.lifted_by


def _in(days: int) -> datetime:
    return timezone.now() + timedelta(days=days)
