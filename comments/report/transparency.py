"""The transparency report: what a period's records add up to. Pure.

Everything that is published has one shape here; the page, the CSV and the JSON only
write it down.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from comments.report.agreement import Agreement, kappa
from comments.states import ACCOUNT_MEASURES, DeciderKind, State

ENOUGH = 5
"""A share of fewer cases than this says nothing, and too much about each of them."""

VERDICTS = frozenset({State.PUBLISHED, State.REJECTED, State.REMOVED})
"""Outcomes that say whether a text is up. To hold one only puts that off."""

Row = tuple[str, str, str, object]
"""Section, item, measure, value."""


@dataclass(frozen=True)
class Share:
    part: int = 0
    whole: int = 0

    @property
    def percent(self) -> float | None:
        """None where there is not enough data."""
        if self.whole < ENOUGH:
            return None
        return round(100 * self.part / self.whole, 1)

    def as_json(self) -> dict[str, Any]:
        return {**asdict(self), "percent": self.percent}


@dataclass(frozen=True)
class Times:
    """How long something took, in seconds."""

    count: int = 0
    median: float | None = None
    p90: float | None = None

    @classmethod
    def of(cls, seconds: Iterable[float]) -> "Times":
        ordered = sorted(seconds)
        return cls(len(ordered), percentile(ordered, 0.5), percentile(ordered, 0.9))


@dataclass(frozen=True)
class DecisionCount:
    rule: str
    """Its code; empty where none was named."""
    outcome: str
    moderators: int = 0
    machine: int = 0

    @property
    def total(self) -> int:
        return self.moderators + self.machine


@dataclass(frozen=True)
class Origins:
    """What led to the refusals: a notice, a member's report, or nobody outside."""

    notices: int = 0
    reports: int = 0
    own_initiative: int = 0


@dataclass(frozen=True)
class ReportCount:
    """Reports or notices received, by rule, and what has become of them."""

    source: str
    rule: str
    acted: int = 0
    kept: int = 0
    withdrawn: int = 0
    pending: int = 0

    @property
    def received(self) -> int:
        return self.acted + self.kept + self.withdrawn + self.pending

    @property
    def acted_on(self) -> Share:
        return Share(self.acted, self.acted + self.kept)


@dataclass(frozen=True)
class Automation:
    decided: Share = Share()
    """Verdicts of the machine alone, among all verdicts."""
    reversed: Share = Share()
    """Of those: what a moderator decided otherwise later."""


@dataclass(frozen=True)
class Appeals:
    upheld: int = 0
    overturned: int = 0
    pending: int = 0
    times: Times = Times()

    @property
    def received(self) -> int:
        return self.upheld + self.overturned + self.pending

    @property
    def overturned_share(self) -> Share:
        return Share(self.overturned, self.upheld + self.overturned)


@dataclass(frozen=True)
class SecondOpinions:
    """Pairs of blind decisions about the same text."""

    both_approve: int = 0
    first_only: int = 0
    second_only: int = 0
    both_refuse: int = 0

    @property
    def pairs(self) -> int:
        return self.agree + self.first_only + self.second_only

    @property
    def agree(self) -> int:
        return self.both_approve + self.both_refuse

    @property
    def agreement(self) -> Share:
        return Share(self.agree, self.pairs)

    @property
    def kappa(self) -> Agreement | None:
        """How much more alike than by chance; None while it says nothing."""
        return kappa(
            self.both_approve, self.first_only, self.second_only, self.both_refuse
        )


@dataclass(frozen=True)
class Report:
    period: str
    rules: Mapping[str, str] = field(default_factory=dict)
    """The title of each rule that is named, by its code."""
    decisions: Sequence[DecisionCount] = ()
    undone: int = 0
    origins: Origins = Origins()
    waits: Times = Times()
    """From a text's being held to the decision about it."""
    received: Sequence[ReportCount] = ()
    report_times: Times = Times()
    notice_times: Times = Times()
    reversed: int = 0
    """Verdicts of the machine, made in the period, that a moderator reversed."""
    appeals: Appeals = Appeals()
    second_opinions: SecondOpinions = SecondOpinions()

    @property
    def is_empty(self) -> bool:
        nothing = not (self.decisions or self.undone or self.received)
        return nothing and not (self.appeals.received or self.second_opinions.pairs)

    @property
    def total(self) -> int:
        return sum(count.total for count in self.decisions)

    @property
    def automation(self) -> Automation:
        verdicts = [count for count in self.decisions if count.outcome in VERDICTS]
        by_machine = sum(count.machine for count in verdicts)
        everybody = sum(count.total for count in verdicts)
        return Automation(
            Share(by_machine, everybody), Share(self.reversed, by_machine)
        )

    @property
    def accounts(self) -> dict[str, int]:
        """Warnings, limits and suspensions."""
        counts = {measure.value: 0 for measure in sorted(ACCOUNT_MEASURES)}
        for count in self.decisions:
            if count.outcome in counts:
                counts[count.outcome] += count.total
        return counts


def percentile(ordered: Sequence[float], share: float) -> float | None:
    """Between the two nearest values, in proportion; None of nothing."""
    if not ordered:
        return None
    place = share * (len(ordered) - 1)
    low = int(place)
    high = min(low + 1, len(ordered) - 1)
    value = ordered[low] + (ordered[high] - ordered[low]) * (place - low)
    return round(value, 1)


def count_decisions(
    rows: Iterable[tuple[str | None, str, str, int]],
) -> list[DecisionCount]:
    """Rows are rule, decider's kind, outcome and how many; those of people other than
    moderators don't reach this report."""
    counts: dict[tuple[str, str], dict[str, int]] = {}
    for code, kind, said, number in rows:
        cell = counts.setdefault((code or "", said), {})
        cell[kind] = cell.get(kind, 0) + number
    return [
        DecisionCount(
            rule,
            outcome,
            moderators=cell.get(DeciderKind.MODERATOR, 0),
            machine=cell.get(DeciderKind.MACHINE, 0),
        )
        for (rule, outcome), cell in sorted(counts.items())
    ]


def count_reports(
    rows: Iterable[tuple[str, str | None, str, int]],
) -> list[ReportCount]:
    """Rows are source, rule, outcome (empty while pending) and how many."""
    counts: dict[tuple[str, str], dict[str, int]] = {}
    for kind, code, outcome, number in rows:
        cell = counts.setdefault((kind, code or ""), {})
        cell[outcome or "pending"] = cell.get(outcome or "pending", 0) + number
    return [
        ReportCount(source, rule, **cell)
        for (source, rule), cell in sorted(counts.items())
    ]


# --- Written down -----------------------------------------------------------


def as_json(report: Report) -> dict[str, Any]:
    return {
        "period": report.period,
        "rules": dict(report.rules),
        "decisions": [{**asdict(c), "total": c.total} for c in report.decisions],
        "decisions_total": report.total,
        "undone": report.undone,
        "refusals_by_origin": asdict(report.origins),
        "seconds_from_held_to_decision": asdict(report.waits),
        "reports": [
            {**asdict(c), "received": c.received, "acted_on": c.acted_on.as_json()}
            for c in report.received
        ],
        "seconds_to_answer_reports": asdict(report.report_times),
        "seconds_to_answer_notices": asdict(report.notice_times),
        "automation": {
            "decided": report.automation.decided.as_json(),
            "reversed": report.automation.reversed.as_json(),
        },
        "appeals": {
            **asdict(report.appeals),
            "received": report.appeals.received,
            "overturned_share": report.appeals.overturned_share.as_json(),
        },
        "accounts": report.accounts,
        "second_opinions": _second_opinions(report.second_opinions),
    }


def as_rows(report: Report) -> Iterator[Row]:
    """For a table program: one value a row, each in the same four columns."""
    yield ("section", "item", "measure", "value")
    for section, value in as_json(report).items():
        yield from _rows(section, value)


def _rows(section: str, value: Any) -> Iterator[Row]:
    if isinstance(value, list):
        for entry in value:
            keys = [k for k, v in entry.items() if isinstance(v, str)]
            item = "/".join(entry[key] or "none" for key in keys)
            numbers = {k: v for k, v in entry.items() if k not in keys}
            yield from ((section, item, *cell) for cell in _cells(numbers))
    elif isinstance(value, dict):
        yield from ((section, "", *cell) for cell in _cells(value))
    else:
        yield (section, "", "", value)


def _cells(values: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, object]]:
    for key, value in values.items():
        if isinstance(value, dict):
            yield from _cells(value, f"{prefix}{key}_")
        else:
            yield (prefix + key, value)


def _second_opinions(given: SecondOpinions) -> dict[str, Any]:
    return {
        **asdict(given),
        "pairs": given.pairs,
        "agree": given.agree,
        "agreement": given.agreement.as_json(),
        **_kappa(given.kappa),
    }


def _kappa(found: Agreement | None) -> dict[str, float | None]:
    """With the ends of its 95 % interval."""
    names = ("kappa", "low", "high")
    values = [round(getattr(found, name), 3) if found else None for name in names]
    return dict(zip(("kappa", "kappa_low", "kappa_high"), values, strict=True))
