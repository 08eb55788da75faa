"""Which refusals of moderators did not last: overturned on appeal, or reversed."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from comments.models import Appeal, Decision
from comments.states import REFUSED, DeciderKind, State

LATELY = timedelta(days=90)
"""Longer than for the rest: an appeal takes its time."""

MOST_RULES = 10


@dataclass(frozen=True)
class RuleRow:
    title: str
    refusals: int
    overturned: int


@dataclass(frozen=True)
class Reversals:
    refusals: int
    overturned: int
    rules: list[RuleRow]
    """Those most refused under."""

    @property
    def rate(self) -> float | None:
        return self.overturned / self.refusals if self.refusals else None


def reckon_reversals(now: datetime) -> Reversals:
    """An undone decision is none: it was taken back before anybody heard of it."""
    refusals = Decision.objects.refusals().filter(
        decider_kind=DeciderKind.MODERATOR, created_at__gte=now - LATELY
    )
    rules = [RuleRow(*row) for row in _by_rule(refusals)]
    return Reversals(
        refusals=sum(row.refusals for row in rules),
        overturned=sum(row.overturned for row in rules),
        rules=rules[:MOST_RULES],
    )


def _by_rule(refusals: QuerySet[Decision]) -> list[tuple[str, int, int]]:
    this = OuterRef("pk")
    undone = Decision.objects.filter(about=this, is_undo=True)
    on_appeal = Appeal.objects.filter(decision=this, outcome=Appeal.Outcome.OVERTURNED)
    later = Decision.objects.filter(
        revision=OuterRef("revision"),
        number__gt=OuterRef("number"),
        to_state=State.PUBLISHED,
    )
    reversed_ = Q(Exists(on_appeal)) | (Q(to_state__in=REFUSED) & Q(Exists(later)))
    rows = refusals.exclude(Exists(undone)).annotate(did_not_last=reversed_)
    grouped = rows.order_by().values("rule__title")
    counted = grouped.annotate(
        refusals=Count("pk"), overturned=Count("pk", filter=Q(did_not_last=True))
    )
    most_first = counted.order_by("-refusals", "rule__title")
    return list(most_first.values_list("rule__title", "refusals", "overturned"))
