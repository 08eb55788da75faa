"""The queue's own rows: opened, closed and opened again by decisions."""

from typing import Any

from django.db.models import F
from django.utils import timezone

from comments.models import Appeal, Decision, QueueItem
from comments.priority import Severity, due_at, severity_of
from comments.states import State

Kind = QueueItem.Kind
NO_CLAIM: dict[str, Any] = {"claimed_by": None, "claimed_until": None}


def open_item(decision: Decision) -> QueueItem:
    """A text was held: a moderator should read it."""
    now = timezone.now()
    severity = severity_of(decision.findings)
    return QueueItem.objects.create(
        kind=Kind.HELD,
        comment=decision.comment,
        revision=decision.revision,
        findings=decision.findings,
        severity=severity,
        opened_at=now,
        due_at=due_at(now, severity),
    )


def open_appeal(appeal: Appeal) -> QueueItem:
    """A decision is contested: somebody else should hear it."""
    contested = appeal.decision
    return QueueItem.objects.create(
        kind=Kind.APPEAL,
        appeal=appeal,
        first_decision=contested,
        comment=contested.comment,
        revision=contested.revision,
        severity=Severity.ROUTINE,
        opened_at=appeal.created_at,
        due_at=appeal.due_at,
    )


def close_items(
    decision: Decision, item: QueueItem | None = None, version: int = 0
) -> bool:
    """Close what the decision answers. With an item: False if that one is no longer
    open at that version."""
    if decision.to_state == State.HELD:
        return True
    if item is not None and not close_item(decision, item, version):
        return False
    if item is None or item.kind != Kind.HELD:
        same_text = QueueItem.objects.waiting().filter(revision=decision.revision_id)
        same_text.exclude(kind=Kind.APPEAL).update(**_closed_by(decision))
    return True


def close_item(decision: Decision, item: QueueItem, version: int) -> bool:
    """Close this one alone; False if it is no longer open at that version."""
    current = QueueItem.objects.waiting().filter(pk=item.pk, version=version)
    return current.update(**_closed_by(decision)) == 1


def _closed_by(decision: Decision) -> dict[str, Any]:
    return {
        "closed_at": timezone.now(),
        "closing_decision": decision,
        "version": F("version") + 1,
        **NO_CLAIM,
    }


def reopen_item(decision: Decision) -> None:
    """What an undone decision had closed waits again, at its old place in the line."""
    closed = QueueItem.objects.filter(closing_decision=decision.about_id)
    closed.exclude(kind=Kind.APPEAL).update(
        closed_at=None, closing_decision=None, version=F("version") + 1
    )
