"""Claims: a lease on an item, so that two moderators don't read the same one.

It ends by itself. A claim says nothing about the text, so it leaves the item's
version alone.
"""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from comments.actions.queueing import NO_CLAIM
from comments.models import QueueItem
from comments.models.queue_item import QueueItemQuerySet

BATCH = 20


def claim(item: QueueItem, *, moderator: Any) -> bool:
    """False when it is closed, or a colleague's claim still runs."""
    free = QueueItem.objects.waiting().unclaimed_for(moderator).filter(pk=item.pk)
    return _lease(free, moderator) == 1


def renew(item: QueueItem, *, moderator: Any) -> bool:
    """False when there is no running claim of one's own."""
    running = QueueItem.objects.claimed_by(moderator).filter(pk=item.pk)
    return _lease(running, moderator) == 1


def release(item: QueueItem, *, moderator: Any) -> bool:
    """False when it was not one's own."""
    own = QueueItem.objects.filter(pk=item.pk, claimed_by=moderator)
    return own.update(**NO_CLAIM) == 1


@transaction.atomic
def take_next(
    moderator: Any, *, kind: str = QueueItem.Kind.HELD, n: int = BATCH
) -> int:
    """Claim the next in line until `n` are one's own; how many were added.

    On PostgreSQL a row that a colleague is just taking is skipped; on SQLite the
    transaction is alone. The update asks again whether the rows are free.
    """
    missing = n - QueueItem.objects.claimed_by(moderator)[:n].count()
    if missing <= 0:
        return 0
    line = _free().awake().filter(kind=kind).for_moderator(moderator).in_line()
    locked = line.only("pk").select_for_update(skip_locked=True, of=("self",))
    chosen = [row.pk for row in locked[:missing]]
    return _lease(_free().filter(pk__in=chosen), moderator)


def _free() -> QueueItemQuerySet:
    ended = Q(claimed_until__isnull=True) | Q(claimed_until__lte=timezone.now())
    return QueueItem.objects.waiting().filter(ended)


def _lease(rows: QueueItemQuerySet, moderator: Any) -> int:
    until = timezone.now() + timedelta(minutes=settings.CLAIM_MINUTES)
    return rows.update(claimed_by=moderator, claimed_until=until)
