"""The queues of the desk: what stands in each, how many, and what follows what."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from comments.models import QueueItem
from comments.models.queue_item import QueueItemQuerySet

Kind = QueueItem.Kind
MOST_COUNTED = 100


class Queue(StrEnum):
    WAITING = "waiting"
    REPORTED = "reported"
    APPEALS = "appeals"
    SNOOZED = "snoozed"
    MINE = "mine"
    DECIDED = "decided"


COUNTED = [queue for queue in Queue if queue != Queue.DECIDED]

KINDS = {
    Queue.WAITING: Kind.HELD,
    Queue.REPORTED: Kind.REPORTED,
    Queue.APPEALS: Kind.APPEAL,
}
"""The queues that are worked off; the others are views across them."""


def in_queue(
    items: QueueItemQuerySet, queue: Queue, moderator: Any, now: datetime | None = None
) -> QueueItemQuerySet:
    if queue == Queue.DECIDED:
        # A second opinion closes its item and decides nothing.
        return items.decided().filter(closing_decision__isnull=False)
    if queue == Queue.SNOOZED:
        # What wakes first comes first, as in its index.
        return items.snoozed(now).order_by("snoozed_until", "pk")
    if queue == Queue.MINE:
        return items.claimed_by(moderator, now)
    return items.waiting().awake(now).filter(kind=KINDS[queue])


def count_in(queue: Queue, moderator: Any) -> int:
    """How many, up to one more than is ever counted."""
    items = QueueItem.objects.for_moderator(moderator)
    return in_queue(items, queue, moderator)[: MOST_COUNTED + 1].count()


def with_following(
    items: QueueItemQuerySet, moderator: Any, now: datetime | None = None
) -> QuerySet[Any]:
    """Each with `following`, the id of the item to look at after it, or None.

    That is the next of one's own claims; without any, the next in the same line that
    no colleague has; at the end of it, the first. Read together with the item, so
    that a decision needs no query for it.
    """
    others = QueueItem.objects.waiting().for_moderator(moderator).in_line()
    others = others.exclude(pk=OuterRef("pk"))
    mine = others.claimed_by(moderator, now)
    line = others.filter(kind=OuterRef("kind")).awake(now)
    line = line.unclaimed_for(moderator, now)
    # The first half is what an index can begin at.
    later = Q(due_at__gte=OuterRef("due_at")) & (
        Q(due_at__gt=OuterRef("due_at")) | Q(pk__gt=OuterRef("pk"))
    )
    in_turn = [mine.filter(later), mine, line.filter(later), line]
    first_ids = [Subquery(rows.values("pk")[:1]) for rows in in_turn]
    return items.annotate(following=Coalesce(*first_ids))
