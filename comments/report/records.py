"""Gathers the transparency report of a period, in a fixed number of queries."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import Count, Exists, Min, OuterRef, Q
from django.db.models.functions import Concat
from django.utils import timezone

from comments.models import Appeal, Decision, QueueItem, Rule, SecondOpinion
from comments.models import Report as Received
from comments.models.decision import DecisionQuerySet
from comments.report.periods import Period, months
from comments.report.transparency import (
    Appeals,
    Origins,
    Report,
    SecondOpinions,
    Times,
    count_decisions,
    count_reports,
)
from comments.states import DeciderKind, State
from ethicsforum.cache import quick

KEPT_FOR = 60 * 60
"""Seconds for which the report of a period that is over is not made again."""


def report_of(period: Period) -> Report:
    """From the cache when the period is over: then only answers still change it."""
    if not period.is_over():
        return gather(period)
    key = f"transparency:1:{period.slug}"
    kept = quick.get(key)
    if isinstance(kept, Report):
        return kept
    report = gather(period)
    quick.set(key, report, KEPT_FOR)
    return report


def periods_with_records(
    now: datetime | None = None,
) -> list[tuple[Period, list[Period]]]:
    """Years, each with its months, newest first."""
    first = Decision.objects.public().aggregate(first=Min("created_at"))["first"]
    if first is None:
        return []
    years: dict[int, list[Period]] = {}
    for month in reversed(list(months(first, now or timezone.now()))):
        years.setdefault(month.year, []).append(month)
    return [(Period(year), its_months) for year, its_months in years.items()]


def gather(period: Period) -> Report:
    counted = _made_in(period).standing()
    received = count_reports(_reports_in(period))
    decisions = count_decisions(_by_rule(counted))
    times = _answer_times(period)
    return Report(
        period=period.slug,
        rules=_titles({*(c.rule for c in decisions), *(r.rule for r in received)}),
        decisions=decisions,
        undone=_made_in(period).filter(answers__is_undo=True).count(),
        origins=_origins(counted),
        waits=_waits(period),
        received=received,
        report_times=Times.of(times[Received.Source.MEMBER]),
        notice_times=Times.of(times[Received.Source.NOTICE]),
        reversed=_reversed(period),
        appeals=_appeals(period),
        second_opinions=_second_opinions(period),
    )


def _within(period: Period, moment: str) -> Q:
    return Q(**{f"{moment}__gte": period.start, f"{moment}__lt": period.end})


def _made_in(period: Period) -> DecisionQuerySet:
    return Decision.objects.public().filter(_within(period, "created_at"))


def _by_rule(decisions: DecisionQuerySet) -> Iterable[Any]:
    # One of the two is empty: together they are the outcome.
    rows = decisions.annotate(said=Concat("to_state", "measure"))
    grouped = rows.values_list("rule__code", "decider_kind", "said")
    return grouped.annotate(number=Count("pk")).order_by()


def _origins(decisions: DecisionQuerySet) -> Origins:
    answered = Received.objects.filter(decision=OuterRef("pk"))
    by_notice = Exists(answered.filter(source=Received.Source.NOTICE))
    by_report = Exists(answered)
    counts = (
        decisions.refusals()
        .annotate(by_notice=by_notice, by_report=by_report)
        .aggregate(
            notices=Count("pk", filter=Q(by_notice=True)),
            reports=Count("pk", filter=Q(by_notice=False, by_report=True)),
            own_initiative=Count("pk", filter=Q(by_report=False)),
        )
    )
    return Origins(**counts)


def _waits(period: Period) -> Times:
    """Of texts that were held and that a moderator decided about in the period."""
    decided = QueueItem.objects.filter(
        _within(period, "closing_decision__created_at"),
        kind=QueueItem.Kind.HELD,
        first_decision__isnull=True,
        closing_decision__decider_kind=DeciderKind.MODERATOR,
    )
    rows = decided.values_list("opened_at", "closing_decision__created_at")
    return Times.of(_seconds(rows))


def _reports_in(period: Period) -> Iterable[Any]:
    rows = Received.objects.filter(_within(period, "created_at"))
    grouped = rows.values_list("source", "rule__code", "outcome")
    return grouped.annotate(number=Count("pk")).order_by()


def _answer_times(period: Period) -> dict[str, list[float]]:
    """By source: how long the answer took, where there is one."""
    answered = Received.objects.filter(
        _within(period, "created_at"), decided_at__isnull=False
    )
    times: dict[str, list[float]] = {source: [] for source in Received.Source.values}
    for source, *span in answered.values_list("source", "created_at", "decided_at"):
        times[source] += _seconds([span])
    return times


def _reversed(period: Period) -> int:
    """Texts about which the machine decided in the period, and a moderator otherwise
    later. Counted from the moderators' side: theirs are few."""
    verdict = Decision.objects.filter(
        _within(period, "created_at"),
        decider_kind=DeciderKind.MACHINE,
        revision=OuterRef("revision"),
    )
    passed = Exists(verdict.filter(to_state=State.PUBLISHED))
    refused = Exists(verdict.filter(to_state=State.REJECTED))
    taken_down = Q(to_state=State.REMOVED) & Q(passed)
    let_in = Q(from_state=State.REJECTED, to_state=State.PUBLISHED) & Q(refused)
    later = Decision.objects.standing().filter(
        taken_down | let_in,
        decider_kind=DeciderKind.MODERATOR,
        created_at__gte=period.start,
    )
    return later.aggregate(n=Count("revision", distinct=True))["n"] or 0


def _appeals(period: Period) -> Appeals:
    lodged = Appeal.objects.filter(_within(period, "created_at"))
    rows = list(lodged.values_list("outcome", "created_at", "ruling__created_at"))
    outcomes = [outcome for outcome, _received, _ruled in rows]
    return Appeals(
        upheld=outcomes.count(Appeal.Outcome.UPHELD),
        overturned=outcomes.count(Appeal.Outcome.OVERTURNED),
        pending=outcomes.count(""),
        times=Times.of(_seconds((a, b) for _outcome, a, b in rows if b)),
    )


def _second_opinions(period: Period) -> SecondOpinions:
    given = SecondOpinion.objects.filter(_within(period, "created_at"))
    counts = given.aggregate(
        both_approve=Count("pk", filter=Q(first_approves=True, approves=True)),
        first_only=Count("pk", filter=Q(first_approves=True, approves=False)),
        second_only=Count("pk", filter=Q(first_approves=False, approves=True)),
        both_refuse=Count("pk", filter=Q(first_approves=False, approves=False)),
    )
    return SecondOpinions(**counts)


def _titles(codes: set[str]) -> dict[str, str]:
    return dict(Rule.objects.filter(code__in=codes).values_list("code", "title"))


def _seconds(rows: Iterable[Any]) -> Iterable[float]:
    return ((end - start).total_seconds() for start, end in rows)
