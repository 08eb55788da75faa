"""Pages of a queue, each from where the one before it ended."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from comments.models import QueueItem
from comments.queues import Place, Queue, after, order_of, place_of, up_to

LOOKED_THROUGH = 5_000
"""Items in line that one page looks through for what a search or a filter wants:
they have no index, and a rare word would have the database read all that waits."""


@dataclass(frozen=True)
class Page:
    items: Sequence[QueueItem]
    is_first: bool
    following: Place | None = None
    """Where the next page begins."""
    looked_through: int = 0
    """So many in line, and there are more; 0 where all of them were."""

    @property
    def is_all(self) -> bool:
        return self.is_first and self.following is None


def page_of(
    rows: QuerySet[QueueItem], queue: Queue, begin: Place | None, n: int
) -> Page:
    """The next few; first their ids, so that what a card shows is joined to no more."""
    rows = after(rows, queue, begin) if begin else rows
    ids = list(rows.values_list("pk", flat=True)[: n + 1])
    items = _fetched(ids[:n])
    more = place_of(items[-1], queue) if len(ids) > n and items else None
    return Page(items, begin is None, more)


def page_among(
    rows: QuerySet[QueueItem],
    line: QuerySet[QueueItem],
    queue: Queue,
    begin: Place | None,
    n: int,
) -> Page:
    """The same of some rows of a line, looked for in a part of it."""
    ahead = after(line, queue, begin) if begin else line
    end = _place_number(LOOKED_THROUGH, ahead, queue)
    found = page_of(up_to(rows, queue, end) if end else rows, queue, begin, n)
    if end is None or found.following is not None:
        return found
    return Page(found.items, found.is_first, end, LOOKED_THROUGH)


def _place_number(n: int, line: QuerySet[QueueItem], queue: Queue) -> Place | None:
    name = order_of(queue)[0].removeprefix("-")
    last = line.values_list(name, "pk")[n - 1 : n].first()
    return Place(*last) if last else None


def _fetched(ids: Sequence[int]) -> list[QueueItem]:
    rows = QueueItem.objects.for_desk().in_bulk(ids)
    return [rows[pk] for pk in ids if pk in rows]
