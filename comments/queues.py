"""The queues of the desk: what stands in each, how many, and what follows what."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any, Self

from django.db.models import Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from comments.models import QueueItem
from comments.models.queue_item import QueueItemQuerySet
from ethicsforum.ids import as_id

Kind = QueueItem.Kind
MOST_COUNTED = 100
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)


class Queue(StrEnum):
    WAITING = "waiting"
    REPORTED = "reported"
    APPEALS = "appeals"
    SNOOZED = "snoozed"
    MINE = "mine"
    DECIDED = "decided"


COUNTED = [queue for queue in Queue if queue != Queue.DECIDED]

ORDERS = {
    # What wakes first comes first.
    Queue.SNOOZED: ("snoozed_until", "pk"),
    Queue.DECIDED: ("-closed_at", "-pk"),
}
IN_LINE = ("due_at", "pk")
"""The order of all other queues. Each order is that of an index."""

KINDS = {
    Queue.WAITING: Kind.HELD,
    Queue.REPORTED: Kind.REPORTED,
    Queue.APPEALS: Kind.APPEAL,
}
"""The queues that are worked off; the others are views across them."""


@dataclass(frozen=True)
class Place:
    """Where a page ended: what its last item is ordered by, and the item's id.

    With the time in it, the page that follows begins there even when the item has
    been decided or moved since.
    """

    at: datetime
    pk: int

    def __str__(self) -> str:
        return f"{(self.at - EPOCH) // MICROSECOND}.{self.pk}"

    @classmethod
    def read(cls, text: str) -> Self | None:
        moment, _dot, raw = text.partition(".")
        pk, microseconds = as_id(raw), as_id(moment)
        if pk is None or microseconds is None:
            return None
        try:
            return cls(EPOCH + microseconds * MICROSECOND, pk)
        except OverflowError:
            return None


def order_of(queue: Queue) -> tuple[str, str]:
    return ORDERS.get(queue, IN_LINE)


def place_of(item: QueueItem, queue: Queue) -> Place:
    return Place(getattr(item, order_of(queue)[0].removeprefix("-")), item.pk)


def after(
    items: QuerySet[QueueItem], queue: Queue, place: Place
) -> QuerySet[QueueItem]:
    """What comes after a place in the queue's own order."""
    name = order_of(queue)[0]
    beyond = "lt" if name.startswith("-") else "gt"
    field = name.removeprefix("-")
    # The first condition is what an index can begin at.
    return items.filter(
        Q(**{f"{field}__{beyond}e": place.at}),
        Q(**{f"{field}__{beyond}": place.at}) | Q(**{f"pk__{beyond}": place.pk}),
    )


def up_to(
    items: QuerySet[QueueItem], queue: Queue, place: Place
) -> QuerySet[QueueItem]:
    """What comes before a place, and what has the same time."""
    name = order_of(queue)[0]
    before = "gte" if name.startswith("-") else "lte"
    return items.filter(**{f"{name.removeprefix('-')}__{before}": place.at})


def in_queue(
    items: QueueItemQuerySet, queue: Queue, moderator: Any, now: datetime | None = None
) -> QueueItemQuerySet:
    return _standing_in(items, queue, moderator, now).order_by(*order_of(queue))


def _standing_in(
    items: QueueItemQuerySet, queue: Queue, moderator: Any, now: datetime | None
) -> QueueItemQuerySet:
    if queue == Queue.DECIDED:
        # A second opinion closes its item and decides nothing.
        return items.decided().filter(closing_decision__isnull=False)
    if queue == Queue.SNOOZED:
        return items.snoozed(now)
    if queue == Queue.MINE:
        return items.claimed_by(moderator, now)
    return items.waiting().awake(now).filter(kind=KINDS[queue])


def count_in(queue: Queue, moderator: Any) -> int:
    """How many, up to one more than is ever counted."""
    items = QueueItem.objects.for_moderator(moderator)
    return in_queue(items, queue, moderator)[: MOST_COUNTED + 1].count()


def following(item: QueueItem, moderator: Any) -> int | None:
    """The id of the item to look at after this one; None where nothing else waits.

    That is the next of one's own claims; without any, the next in the same line that
    no colleague has; at the end of it, the first. Whether this one still waits makes
    no difference, so it is only asked when somebody needs to know.
    """
    return with_following(item, moderator).values_list("following", flat=True).first()


def with_following(
    item: QueueItem, moderator: Any, now: datetime | None = None
) -> QuerySet[Any]:
    others = QueueItem.objects.waiting().for_moderator(moderator).in_line()
    others = others.exclude(pk=item.pk)
    mine = others.claimed_by(moderator, now)
    line = others.filter(kind=item.kind).awake(now).unclaimed_for(moderator, now)
    place = place_of(item, Queue.WAITING)
    in_turn = [
        rows
        for all_ in (mine, line)
        for rows in (after(all_, Queue.WAITING, place), all_)
    ]
    first_ids = [Subquery(rows.values("pk")[:1]) for rows in in_turn]
    row = QueueItem.objects.filter(pk=item.pk).order_by()
    return row.annotate(following=Coalesce(*first_ids))
