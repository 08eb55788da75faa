"""What waits now, as one moderator may see it. Never kept: it changes by the minute."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from comments.models import QueueItem

CAP = 1000
"""Nobody works differently with more in front of them; counting stops here."""

SOON = timedelta(days=2)

Kind = QueueItem.Kind


@dataclass(frozen=True)
class Count:
    number: int

    @property
    def is_capped(self) -> bool:
        return self.number > CAP

    @property
    def shown(self) -> int:
        return min(self.number, CAP)


@dataclass(frozen=True)
class Tab:
    queue: str
    title: str
    count: Count

    @property
    def address(self) -> str:
        desk = reverse("admin:comments_queueitem_changelist")
        return f"{desk}?queue={self.queue}"


@dataclass(frozen=True)
class Waiting:
    tabs: list[Tab]
    oldest: datetime | None
    overdue: Count
    appeals_due: Count
    """Appeals to be answered within two days, or late already."""


def waiting_for(moderator: Any) -> Waiting:
    now = timezone.now()
    theirs = QueueItem.objects.waiting().for_moderator(moderator)
    awake = theirs.awake(now)
    held = awake.filter(kind=Kind.HELD).in_line()
    reported = awake.filter(kind=Kind.REPORTED).in_line()
    appeals = awake.filter(kind=Kind.APPEAL).in_line()
    # Each in the order of its own index, so that counting stops early there.
    queues = [
        ("waiting", _("Waiting"), held),
        ("reported", _("Reported"), reported),
        ("appeals", _("Appeals"), appeals),
        ("snoozed", _("Snoozed"), theirs.snoozed(now).order_by("snoozed_until")),
        ("mine", _("Mine"), theirs.claimed_by(moderator, now).in_line()),
    ]
    return Waiting(
        tabs=[Tab(queue, title, _count(rows)) for queue, title, rows in queues],
        oldest=_oldest(awake.order_by("opened_at").first_looks()),
        overdue=_overdue([held, reported, appeals], now),
        appeals_due=_count(appeals.filter(due_at__lt=now + SOON)),
    )


def _count(rows: QuerySet[QueueItem]) -> Count:
    return Count(rows[: CAP + 1].count())


def _overdue(lines: Sequence[QuerySet[QueueItem]], now: datetime) -> Count:
    """Each line by itself: its index begins with what is due first."""
    late = (_count(line.filter(due_at__lt=now)).number for line in lines)
    return Count(min(sum(late), CAP + 1))


def _oldest(rows: QuerySet[QueueItem]) -> datetime | None:
    return rows.values_list("opened_at", flat=True).first()
