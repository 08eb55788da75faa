"""The queue's own rows: opened, closed and opened again by decisions."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db.models import Exists, F, OuterRef
from django.utils import timezone

from comments.models import Appeal, Decision, QueueItem, Revision
from comments.priority import Severity, due_at, severity_of
from comments.states import State

Kind = QueueItem.Kind
Findings = Sequence[dict[str, Any]]
NO_CLAIM: dict[str, Any] = {"claimed_by": None, "claimed_until": None}


def open_item(decision: Decision) -> QueueItem:
    """A text was held: a moderator should read it."""
    return _open(Kind.HELD, decision.revision, decision.findings, timezone.now())


def queue_reported(text: Revision, findings: Findings, *, anew: bool) -> None:
    """The text's one open item for reports says what the reports say now.

    With a ground that is new to it, a moderator who read the card before that gets
    to see it before they decide. Call it holding the comment.
    """
    now = timezone.now()
    open_ones = QueueItem.objects.waiting().filter(kind=Kind.REPORTED)
    item = open_ones.filter(revision=text).first()
    if item is None:
        _open(Kind.REPORTED, text, findings, now)
        return
    severity = max(severity_of(findings), item.severity)
    open_ones.filter(pk=item.pk).update(
        findings=findings,
        severity=severity,
        due_at=min(item.due_at, due_at(now, severity)),
        version=F("version") + int(anew),
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
        same_text.exclude(kind=Kind.APPEAL).update(**_closed(decision))
    return True


def close_item(decision: Decision, item: QueueItem, version: int) -> bool:
    """Close this one alone; False if it is no longer open at that version."""
    current = QueueItem.objects.waiting().filter(pk=item.pk, version=version)
    return current.update(**_closed(decision)) == 1


def follow_text(decision: Decision) -> None:
    """Reports are about the comment: their item shows the text that is up now. Where
    none is any more, because its acceptance was undone, nothing is left to decide."""
    comment = decision.comment
    if comment.published_at == decision.created_at:
        return
    items = QueueItem.objects.waiting().filter(comment=comment, kind=Kind.REPORTED)
    if comment.accepted_revision_id is not None:
        elsewhere = items.exclude(revision=comment.accepted_revision_id)
        elsewhere.update(
            revision=comment.accepted_revision_id, version=F("version") + 1
        )
    elif decision.is_undo:
        items.update(**_closed(decision))


def reopen_item(decision: Decision) -> None:
    """What an undone decision had closed waits again, at its old place in the line."""
    _reopen(decision.about_id)


def reopen_reported(undone: Decision) -> None:
    """As above, where the undone decision took a public text down or left it up."""
    _reopen(undone.pk)


def _open(
    kind: Kind, text: Revision, findings: Findings, opened_at: datetime
) -> QueueItem:
    severity = severity_of(findings)
    return QueueItem.objects.create(
        kind=kind,
        comment=text.comment,
        revision=text,
        findings=findings,
        severity=severity,
        opened_at=opened_at,
        due_at=due_at(opened_at, severity),
    )


def _closed(decision: Decision) -> dict[str, Any]:
    return {
        "closed_at": timezone.now(),
        "closing_decision": decision,
        "version": F("version") + 1,
        **NO_CLAIM,
    }


def _reopen(decision_id: int | None) -> None:
    """Where something of the same kind has come in since, that one is enough."""
    items = QueueItem.objects.exclude(kind=Kind.APPEAL)
    since = items.waiting().filter(revision=OuterRef("revision"), kind=OuterRef("kind"))
    closed = items.filter(~Exists(since), closing_decision=decision_id)
    closed.update(closed_at=None, closing_decision=None, version=F("version") + 1)
