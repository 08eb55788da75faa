"""Snooze: an item that nobody needs to see before a certain time."""

from datetime import datetime, time, timedelta
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from comments.models import QueueItem

MORNING = time(8)


class Nap(models.TextChoices):
    HOUR = "hour", _("1 hour")
    FOUR_HOURS = "four-hours", _("4 hours")
    TOMORROW = "tomorrow", _("until tomorrow morning")
    THREE_DAYS = "three-days", _("3 days")


LENGTHS = {
    Nap.HOUR: timedelta(hours=1),
    Nap.FOUR_HOURS: timedelta(hours=4),
    Nap.THREE_DAYS: timedelta(days=3),
}


def end_of(nap: Nap, now: datetime) -> datetime:
    if nap == Nap.TOMORROW:
        tomorrow = timezone.localdate(now) + timedelta(days=1)
        return timezone.make_aware(datetime.combine(tomorrow, MORNING))
    return now + LENGTHS[nap]


def snooze(item: QueueItem, nap: Nap, *, moderator: Any) -> datetime | None:
    """When it wakes. None, and nothing done, when it is closed or a colleague has it.

    One's own claim ends: nobody works on what sleeps.
    """
    until = end_of(nap, timezone.now())
    free = QueueItem.objects.waiting().unclaimed_for(moderator).filter(pk=item.pk)
    asleep = free.update(snoozed_until=until, claimed_by=None, claimed_until=None)
    return until if asleep else None


def wake(item: QueueItem) -> bool:
    """False when it is closed."""
    still = QueueItem.objects.waiting().filter(pk=item.pk)
    return still.update(snoozed_until=None) == 1
