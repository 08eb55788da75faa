"""Appeals: lodged, talked about, and ruled on by somebody else."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from comments.actions.deciding import (
    Decider,
    Reason,
    ReasonMissing,
    StaleDecision,
    decide,
    lock_comment,
    record,
    require_version,
)
from comments.actions.queueing import close_item, open_appeal
from comments.actions.verdicts import ClaimedByColleague, Verdict
from comments.models import (
    Appeal,
    AppealMessage,
    Comment,
    Decision,
    Notification,
    QueueItem,
    Revision,
    Sanction,
)
from comments.models.appeal import MOST_MESSAGES
from comments.notifications import tell
from comments.policies import why_not_appeal
from comments.states import ACCOUNT_MEASURES, Measure, State

Kind = Notification.Kind
Outcome = Appeal.Outcome

TOLD = {
    Outcome.UPHELD: Kind.APPEAL_UPHELD,
    Outcome.OVERTURNED: Kind.APPEAL_OVERTURNED,
}


class CannotAppeal(Exception):
    """It is too late, or too much; `reason` says it to the person concerned."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class NotYours(PermissionDenied):
    """Whoever decided, or appeals, does not hear the appeal; superusers neither."""


@transaction.atomic
def lodge_appeal(decision: Decision, *, appellant: Any, text: str) -> Appeal:
    """Contest a decision. Whoever sends twice at once adds to what they sent first."""
    comment = lock_comment(decision.comment_id)
    if comment.author_id != appellant.pk:
        raise NotYours
    earlier = Appeal.objects.filter(decision=decision).first()
    if earlier is not None:
        add_message(earlier, sender=appellant, text=text)
        return earlier
    reason = why_not_appeal(decision)
    if reason:
        raise CannotAppeal(reason)
    return _lodge(decision, appellant, text)


@transaction.atomic
def add_message(appeal: Appeal, *, sender: Any, text: str) -> AppealMessage:
    """The appellant adds to it while it is open; the same words again are no news."""
    appeal = _lock(appeal)
    if appeal.appellant_id != sender.pk:
        raise NotYours
    if not appeal.is_open:
        raise CannotAppeal(_("Your appeal has been decided in the meantime."))
    last = appeal.messages.last()
    if last is not None and not last.by_moderator and last.text == text:
        return last
    _require_room(appeal, by_moderator=False)
    _stir(appeal, snoozed_until=None)
    return appeal.messages.create(sender=sender, text=text)


@transaction.atomic
def ask_back(item: QueueItem, *, moderator: Any, text: str) -> AppealMessage:
    """A moderator's question to the appellant; the day of the answer stays."""
    _require_other(item, moderator)
    appeal = _lock(_appeal_of(item))
    _require_free(item, moderator)
    _require_room(appeal, by_moderator=True)
    _stir(appeal)
    message = appeal.messages.create(sender=moderator, text=text, by_moderator=True)
    if appeal.appellant is not None:
        tell(appeal.appellant, Kind.APPEAL_QUESTION, message=message)
    return message


@transaction.atomic
def rule_on(item: QueueItem, verdict: Verdict, *, moderator: Any) -> Decision:
    """To approve is to overturn. The ruling is a decision about the contested one."""
    contested = _require_other(item, moderator)
    if not verdict.reason.explanation.strip():
        raise ReasonMissing
    comment = lock_comment(item.comment_id)
    require_version(item, verdict.version)
    by, reason = Decider.moderator(moderator), _grounds(contested, verdict)
    if verdict.approves:
        ruling = _overturn(comment, contested, by, reason)
    else:
        ruling = record(contested.revision, Measure.UPHOLD, by=by, reason=reason)
    _settle(item, verdict, ruling)
    return ruling


def _lodge(decision: Decision, appellant: Any, text: str) -> Appeal:
    due_at = timezone.now() + timedelta(days=settings.APPEAL_DAYS)
    appeal = Appeal.objects.create(
        decision=decision, appellant=appellant, due_at=due_at
    )
    message = appeal.messages.create(sender=appellant, text=text)
    open_appeal(appeal)
    tell(appellant, Kind.APPEAL_RECEIVED, message=message)
    return appeal


def _appeal_of(item: QueueItem) -> Appeal:
    """StaleDecision where it went at this moment, with whoever lodged it."""
    try:
        appeal = item.appeal
    except Appeal.DoesNotExist:
        raise StaleDecision from None
    assert appeal is not None  # noqa: S101  # the database holds it for this kind
    return appeal


def _lock(appeal: Appeal) -> Appeal:
    """As it is now, and as it stays: whatever changes it holds the comment."""
    lock_comment(appeal.decision.comment_id)
    return Appeal.objects.select_related("appellant").get(pk=appeal.pk)


def _stir(appeal: Appeal, **changes: Any) -> None:
    """Whoever is about to rule has not read the new message: their version is old."""
    waiting = QueueItem.objects.waiting().filter(appeal=appeal)
    waiting.update(version=F("version") + 1, **changes)


def _require_room(appeal: Appeal, *, by_moderator: bool) -> None:
    if appeal.messages.filter(by_moderator=by_moderator).count() >= MOST_MESSAGES:
        most = _("An appeal holds at most %(n)s messages from each side.")
        raise CannotAppeal(most % {"n": MOST_MESSAGES})


def _require_free(item: QueueItem, moderator: Any) -> None:
    """Open, and no colleague is at it."""
    now = QueueItem.objects.select_related("claimed_by", "closing_decision__decider")
    found = now.get(pk=item.pk)
    if not found.is_open:
        raise StaleDecision(found.closing_decision)
    if found.claimant() not in (None, moderator):
        raise ClaimedByColleague


def _require_other(item: QueueItem, moderator: Any) -> Decision:
    """The contested decision, if somebody else made it and somebody else appeals."""
    appeal = _appeal_of(item)
    contested = appeal.decision
    if moderator.pk in (contested.decider_id, appeal.appellant_id):
        raise NotYours
    return contested


def _grounds(contested: Decision, verdict: Verdict) -> Reason:
    rule = None if verdict.approves else verdict.reason.rule or contested.rule
    return replace(verdict.reason, rule=rule, about=contested, is_undo=False)


def _overturn(
    comment: Comment, contested: Decision, by: Decider, reason: Reason
) -> Decision:
    if contested.measure in ACCOUNT_MEASURES:
        return _lift(contested, by, reason)
    text = Revision.objects.get(pk=contested.revision_id)
    if text.state == contested.to_state and _can_come_up(comment, text):
        return decide(text, to=State.PUBLISHED, by=by, reason=reason)
    return record(text, Measure.OVERTURN, by=by, reason=reason)


def _lift(contested: Decision, by: Decider, reason: Reason) -> Decision:
    standing = Sanction.objects.filter(decision=contested, lifted_by__isnull=True)
    measure = Measure.LIFT if standing.exists() else Measure.OVERTURN
    ruling = record(contested.revision, measure, by=by, reason=reason)
    standing.update(lifted_by=ruling)
    return ruling


def _can_come_up(comment: Comment, text: Revision) -> bool:
    """Not where its author withdrew the comment, where a later text has been accepted,
    or where the comment is down for another reason."""
    accepted = comment.accepted_revision
    if accepted is None:
        return comment.state != State.WITHDRAWN
    if accepted == text:
        return True
    return comment.state == State.PUBLISHED and accepted.number < text.number


def _settle(item: QueueItem, verdict: Verdict, ruling: Decision) -> None:
    """Write the ruling on the appeal, close its item, tell the appellant."""
    outcome = Outcome.OVERTURNED if verdict.approves else Outcome.UPHELD
    appeal = _appeal_of(item)
    undecided = Appeal.objects.open().filter(pk=appeal.pk)
    ruled = undecided.update(ruling=ruling, outcome=outcome) == 1
    if not (ruled and close_item(ruling, item, verdict.version)):
        raise StaleDecision
    if appeal.appellant is not None:
        tell(appeal.appellant, TOLD[outcome], decision=ruling)
