"""What the small forms on a card ask for: snooze and undo."""

from datetime import datetime
from math import ceil
from typing import Any

from django import template
from django.utils import timezone

from comments.actions.snoozing import Nap
from comments.actions.undoing import undo_ends
from comments.models import QueueItem

register = template.Library()


@register.simple_tag
def naps() -> list[tuple[str, Any]]:
    return Nap.choices


@register.simple_tag
def asleep_until(item: QueueItem) -> datetime | None:
    wakes_at = item.snoozed_until
    return wakes_at if wakes_at and wakes_at > timezone.now() else None


@register.simple_tag
def undo_seconds(item: QueueItem, moderator: Any) -> int:
    """How long this person may still undo what closed the item; 0 when not."""
    decision = item.closing_decision
    ends = undo_ends(decision)
    if decision is None or ends is None or item.kind == QueueItem.Kind.APPEAL:
        return 0
    if decision.decider_id != moderator.pk:
        return 0
    return max(0, ceil((ends - timezone.now()).total_seconds()))
