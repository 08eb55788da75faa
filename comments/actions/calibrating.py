"""Second opinions: what share of decisions another moderator would share.

A share of what moderators decided comes back to somebody else, who doesn't know that
it was decided already. Nothing happens to the text; the verdicts are compared.
"""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth.backends import ModelBackend
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Exists, F, OuterRef
from django.utils import timezone
from django.utils.crypto import salted_hmac

from comments.actions.deciding import (
    ReasonMissing,
    StaleDecision,
    lock_comment,
    require_version,
)
from comments.actions.queueing import NO_CLAIM
from comments.actions.verdicts import Verdict
from comments.models import Decision, QueueItem, SecondOpinion
from comments.priority import due_at
from comments.states import DeciderKind, State

Kind = QueueItem.Kind

LOOKS_BACK = timedelta(days=1)
"""What a beat that was away longer has missed is not made up for."""

SETTLED_AFTER = timedelta(minutes=1)
"""On top of the time to undo: an undo that was sent in time may still be on its way."""


def calibrate() -> int:
    """Open the second looks that are due; how many. Twice is as good as once."""
    share = settings.CALIBRATION_PERCENT
    if not share:
        return 0
    colleagues = _deciders()
    chosen = [item for item in _settled() if is_chosen(item.closing_decision_id, share)]
    return sum(_open_second_look(item, colleagues) for item in chosen)


def is_chosen(decision_id: int | None, percent: int) -> bool:
    """Whether a decision is in the share. Always the same answer, which nobody can
    foretell who doesn't have the site's key."""
    digest = salted_hmac("comments.calibrate", str(decision_id), algorithm="sha256")
    return int.from_bytes(digest.digest()[:8]) % 100 < percent


@transaction.atomic
def give_second_opinion(
    item: QueueItem, verdict: Verdict, *, moderator: Any
) -> SecondOpinion:
    """Write down what the moderator would have decided; the text stays as it is."""
    first = item.first_decision
    if first is None or first.decider_id == moderator.pk:
        raise PermissionDenied
    rule = None if verdict.approves else verdict.reason.rule
    if not verdict.approves and rule is None:
        raise ReasonMissing
    _close(item, verdict.version)
    return SecondOpinion.objects.create(
        item=item,
        first=first,
        moderator=moderator,
        first_approves=first.to_state == State.PUBLISHED,
        approves=verdict.approves,
        rule=rule,
    )


def _deciders() -> set[int]:
    people = ModelBackend().with_perm("comments.decide_queueitem")
    return set(people.filter(is_staff=True).values_list("pk", flat=True))


def _settled() -> Iterator[QueueItem]:
    """Decided by a moderator, past undoing, and not looked at again so far."""
    now = timezone.now()
    settled = now - timedelta(seconds=settings.UNDO_SECONDS) - SETTLED_AFTER
    rows = QueueItem.objects.first_looks().filter(
        kind=Kind.HELD,
        closed_at__range=(now - LOOKS_BACK, settled),
        closing_decision__decider_kind=DeciderKind.MODERATOR,
        revision__state=F("closing_decision__to_state"),
    )
    decision = OuterRef("closing_decision")
    undone = Decision.objects.filter(about=decision, is_undo=True)
    looks = QueueItem.objects.filter(first_decision=decision, kind=Kind.HELD)
    fresh = rows.exclude(Exists(undone)).exclude(Exists(looks))
    return fresh.select_related("closing_decision").iterator()


@transaction.atomic
def _open_second_look(first: QueueItem, colleagues: set[int]) -> bool:
    """As it was when it first waited; a double is refused by the database."""
    decision = first.closing_decision
    # Where there is nobody else, it would only wait for ever.
    if decision is None or not colleagues - {decision.decider_id}:
        return False
    lock_comment(first.comment_id)
    first.revision.refresh_from_db(fields=["state"])
    if first.revision.state != decision.to_state:
        return False
    now = timezone.now()
    _item, made = QueueItem.objects.get_or_create(
        kind=Kind.HELD,
        first_decision=decision,
        defaults={
            "comment_id": first.comment_id,
            "revision_id": first.revision_id,
            "findings": first.findings,
            "severity": first.severity,
            "opened_at": now,
            "due_at": due_at(now, first.severity),
        },
    )
    return made


def _close(item: QueueItem, version: int) -> None:
    require_version(item, version)
    seen = QueueItem.objects.waiting().filter(pk=item.pk, version=version)
    closed = {"closed_at": timezone.now(), "version": F("version") + 1, **NO_CLAIM}
    if seen.update(**closed) != 1:
        raise StaleDecision
