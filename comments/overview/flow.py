"""How much comes, how much is decided, how long that takes, and by whom or what."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from comments.durations import percentile, spread
from comments.models import Decision, QueueItem
from comments.states import WAITING, DeciderKind, State

DAYS = 14
LATELY = timedelta(days=30)

MOST_READ = 5000
"""Of the items closed and the decisions made lately, so many of the newest."""

LAST_WORDS = (State.PUBLISHED, State.REJECTED)
Kind = QueueItem.Kind


@dataclass(frozen=True)
class Day:
    date: date
    arrived: int
    decided: int


@dataclass(frozen=True)
class Times:
    """How long texts and reports waited for a moderator's decision."""

    number: int
    is_cut: bool
    """There were more than are read."""
    median: float | None
    ninetieth: float | None
    spans: list[int]


@dataclass(frozen=True)
class Deciders:
    """Who or what had the word on texts that asked to be published."""

    machine: int
    moderators: int
    is_cut: bool
    """There were more than are read."""

    @property
    def all(self) -> int:
        return self.machine + self.moderators

    @property
    def machine_share(self) -> float | None:
        return self.machine / self.all if self.all else None


@dataclass(frozen=True)
class Flow:
    days: list[Day]
    times: Times
    deciders: Deciders

    @property
    def has_days(self) -> bool:
        return any(day.arrived or day.decided for day in self.days)

    @property
    def has_any(self) -> bool:
        return bool(self.has_days or self.times.number or self.deciders.all)


def reckon_flow(now: datetime) -> Flow:
    return Flow(_days(now), _times(now - LATELY), _deciders(now - LATELY))


def _days(now: datetime) -> list[Day]:
    today = timezone.localdate(now)
    dates = [today - timedelta(days=ago) for ago in reversed(range(DAYS))]
    since = _midnight(dates[0])
    items = QueueItem.objects.first_looks()
    closed = items.filter(closed_at__gte=since)
    # What arrived since then waits still or was closed since then.
    opened = items.waiting().filter(opened_at__gte=since)
    arrived = _per_day(opened, "opened_at", dates)
    arrived += _per_day(closed.filter(opened_at__gte=since), "opened_at", dates)
    by_moderators = closed.filter(
        closing_decision__decider_kind=DeciderKind.MODERATOR,
        # Known already; it spares the database older decisions.
        closing_decision__created_at__gte=since,
    )
    decided = _per_day(by_moderators, "closed_at", dates)
    return [Day(day, arrived[day], decided[day]) for day in dates]


def _per_day(
    rows: QuerySet[QueueItem], field: str, dates: Sequence[date]
) -> Counter[date]:
    """By where each day begins: to make a date of each row's time costs far more."""
    counts = {
        f"{day:d%Y%m%d}": Count(
            "pk",
            filter=Q(
                (f"{field}__gte", _midnight(day)),
                (f"{field}__lt", _midnight(day + timedelta(days=1))),
            ),
        )
        for day in dates
    }
    found = rows.order_by().aggregate(**counts)
    return Counter({day: found[f"{day:d%Y%m%d}"] for day in dates})


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))


def _times(since: datetime) -> Times:
    closed = QueueItem.objects.first_looks().filter(
        kind__in=[Kind.HELD, Kind.REPORTED], closed_at__gte=since
    )
    # Looked up row by row: a join would have the database go through all decisions.
    closing = Decision.objects.filter(pk=OuterRef("closing_decision"))
    by = Subquery(closing.values("decider_kind"))
    newest = closed.order_by("-closed_at", "-pk")[:MOST_READ]
    rows = list(newest.values_list("opened_at", "closed_at", by))
    waited = [
        (closed_at - opened_at).total_seconds()
        for opened_at, closed_at, decider in rows
        if closed_at and decider != DeciderKind.AUTHOR
    ]
    return Times(
        number=len(waited),
        is_cut=len(rows) == MOST_READ,
        median=percentile(waited, 0.5),
        ninetieth=percentile(waited, 0.9),
        spans=spread(waited),
    )


def _deciders(since: datetime) -> Deciders:
    newest = Decision.objects.moves().filter(created_at__gte=since).newest_first()
    columns = ("decider_kind", "from_state", "to_state", "is_undo")
    rows = list(newest.values_list(*columns)[:MOST_READ])
    number = Counter(
        kind
        for kind, source, to, is_undo in rows
        if source in WAITING and to in LAST_WORDS and not is_undo
    )
    return Deciders(
        machine=number[DeciderKind.MACHINE],
        moderators=number[DeciderKind.MODERATOR],
        is_cut=len(rows) == MOST_READ,
    )
