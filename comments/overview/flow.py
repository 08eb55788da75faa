"""How much comes, how much is decided, how long that takes, and by whom or what."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, QuerySet
from django.db.models.functions import TruncDate
from django.utils import timezone

from comments.durations import percentile, spread
from comments.models import Decision, QueueItem
from comments.states import WAITING, DeciderKind, State

DAYS = 14
LATELY = timedelta(days=30)

MOST_READ = 5000
"""Of the items decided lately, so many of the newest are read for their times."""

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
    today = timezone.localtime(now)
    midnight = today.replace(hour=0, minute=0, second=0, microsecond=0)
    since = midnight - timedelta(days=DAYS - 1)
    items = QueueItem.objects.first_looks()
    closed = items.filter(closed_at__gte=since)
    # What arrived since then waits still or was closed since then.
    arrived = _per_day(items.waiting().filter(opened_at__gte=since), "opened_at")
    arrived += _per_day(closed.filter(opened_at__gte=since), "opened_at")
    by_moderators = closed.filter(
        closing_decision__decider_kind=DeciderKind.MODERATOR,
        # Known already; it spares the database older decisions.
        closing_decision__created_at__gte=since,
    )
    decided = _per_day(by_moderators, "closed_at")
    dates = [today.date() - timedelta(days=ago) for ago in reversed(range(DAYS))]
    return [Day(day, arrived[day], decided[day]) for day in dates]


def _per_day(rows: QuerySet[QueueItem], field: str) -> Counter[date]:
    days = rows.order_by().annotate(day=TruncDate(field)).values("day")
    return Counter(dict(days.annotate(n=Count("pk")).values_list("day", "n")))


def _times(since: datetime) -> Times:
    closed = QueueItem.objects.first_looks().filter(
        kind__in=[Kind.HELD, Kind.REPORTED], closed_at__gte=since
    )
    newest = closed.order_by("-closed_at", "-pk")[:MOST_READ]
    rows = list(newest.values_list("opened_at", "closed_at", "closing_decision"))
    withdrawn = _withdrawals(since)
    waited = [
        (closed_at - opened_at).total_seconds()
        for opened_at, closed_at, decision in rows
        if closed_at and decision not in withdrawn
    ]
    return Times(
        number=len(waited),
        is_cut=len(rows) == MOST_READ,
        median=percentile(waited, 0.5),
        ninetieth=percentile(waited, 0.9),
        spans=spread(waited),
    )


def _withdrawals(since: datetime) -> set[int]:
    """Apart, because a join would have the database go through all decisions."""
    by_authors = Decision.objects.filter(
        decider_kind=DeciderKind.AUTHOR, created_at__gte=since
    )
    return set(by_authors.values_list("pk", flat=True))


def _deciders(since: datetime) -> Deciders:
    words = Decision.objects.filter(
        decider_kind__in=[DeciderKind.MACHINE, DeciderKind.MODERATOR],
        created_at__gte=since,
        from_state__in=WAITING,
        to_state__in=[State.PUBLISHED, State.REJECTED],
        is_undo=False,
    )
    grouped = words.order_by().values("decider_kind").annotate(n=Count("pk"))
    number = dict(grouped.values_list("decider_kind", "n"))
    return Deciders(
        machine=number.get(DeciderKind.MACHINE, 0),
        moderators=number.get(DeciderKind.MODERATOR, 0),
    )
