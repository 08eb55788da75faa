"""One figure of the table, out of its rounds. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from statistics import median
from typing import Any, Self

from bench.tables import columns

HEADINGS = (
    "",
    "of a site of",
    "requests/s",
    "p50 ms",
    "p95 ms",
    "per CPU s",
    "MB",
    "bytes",
    "queries",
    "beside",
    "there/s",
    "ratio",
    "by CPU",
)


@dataclass(frozen=True)
class Round:
    """What one round of load came to, and the one beside it right after."""

    rate: float
    p50: float = 0
    p95: float = 0
    cpu: float = 0
    """Seconds of the web server's processes for each request."""
    beside: float = 0
    beside_cpu: float = 0
    failed: int = 0


@dataclass(frozen=True)
class Figure:
    name: str
    database: str
    comments: int
    rate: float
    p50: float = 0
    p95: float = 0
    per_cpu_second: float = 0
    megabytes: float = 0
    size: int = 0
    queries: int | None = None
    against: str = ""
    beside: float = 0
    ratio: float = 0
    ratio_by_cpu: float = 0
    """The same, of what a second of CPU does: holds on a machine with other work."""
    failed: int = 0
    waiting: int = 0
    """At the desk, where that was chosen; else it goes with the comments."""

    @property
    def key(self) -> tuple[str, str, int]:
        return self.title, self.database, self.comments

    @property
    def title(self) -> str:
        return f"{self.name}, {self.waiting:,} waiting" if self.waiting else self.name

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def of(cls, name: str, rounds: Sequence[Round], **about: Any) -> Self:
        """The median of each number; of the ratios too, not the ratio of medians."""
        cpu = median(one.cpu for one in rounds)
        ratios = [one.rate / one.beside for one in rounds if one.beside]
        by_cpu = [one.beside_cpu / one.cpu for one in rounds if one.cpu]
        return cls(
            name=name,
            rate=median(one.rate for one in rounds),
            p50=median(one.p50 for one in rounds),
            p95=median(one.p95 for one in rounds),
            per_cpu_second=1 / cpu if cpu else 0,
            beside=median(one.beside for one in rounds),
            ratio=median(ratios) if ratios else 0,
            ratio_by_cpu=median(by_cpu) if by_cpu else 0,
            failed=sum(one.failed for one in rounds),
            **about,
        )


def table(database: str, figures: Sequence[Figure]) -> str:
    rows = [_cells(figure) for figure in figures if figure.database == database]
    return columns((f"on {database}", *HEADINGS[1:]), rows)


def growth(database: str, figures: Sequence[Figure]) -> str:
    """The same figures by the size of the site, in requests a second."""
    mine = [one for one in figures if one.database == database and not one.waiting]
    sizes = sorted({figure.comments for figure in mine})
    found = {(figure.name, figure.comments): figure for figure in mine}
    names = list(dict.fromkeys(figure.name for figure in mine))
    rows = [
        (name, *(_rate(found.get((name, size))) for size in sizes))
        for name in names
        if all((name, size) in found for size in sizes)
    ]
    headings = (f"requests/s on {database}, comments:", *(f"{n:,}" for n in sizes))
    return columns(headings, rows)


def desk_growth(database: str, figures: Sequence[Figure]) -> str:
    """What the desk costs by what waits, in milliseconds of the server's CPU."""
    mine = [one for one in figures if one.database == database and one.waiting]
    amounts = sorted({figure.waiting for figure in mine})
    cpu = {
        (one.name, one.waiting): 1000 / one.per_cpu_second
        for one in mine
        if one.per_cpu_second
    }
    rows = [
        (name, *(number(cpu[name, n]) for n in amounts), _last_to_first(cpu, name))
        for name in dict.fromkeys(figure.name for figure in mine)
        if all((name, n) in cpu for n in amounts)
    ]
    head = f"CPU ms on {database}, waiting:"
    return columns((head, *(f"{n:,}" for n in amounts), "last to first"), rows)


def _last_to_first(cpu: Mapping[tuple[str, int], float], name: str) -> str:
    amounts = sorted(n for named, n in cpu if named == name)
    return f"{cpu[name, amounts[-1]] / cpu[name, amounts[0]]:.2f}"


def failures(figures: Sequence[Figure]) -> list[str]:
    """No figure is worth anything whose requests were refused."""
    return [
        f"{figure.title} on {figure.database}: {figure.failed} requests failed"
        for figure in figures
        if figure.failed
    ]


def _cells(figure: Figure) -> tuple[str, ...]:
    return (
        figure.title,
        f"{figure.comments:,}",
        number(figure.rate),
        number(figure.p50),
        number(figure.p95),
        number(figure.per_cpu_second),
        number(figure.megabytes),
        f"{figure.size:,}" if figure.size else "",
        "" if figure.queries is None else str(figure.queries),
        figure.against,
        number(figure.beside),
        _ratio(figure.ratio),
        _ratio(figure.ratio_by_cpu),
    )


def _rate(figure: Figure | None) -> str:
    return number(figure.rate) if figure else ""


def _ratio(ratio: float) -> str:
    """Small ones as a share of one, as people say them."""
    if not ratio:
        return ""
    return f"{ratio:.2f}" if ratio >= 0.1 else f"1/{1 / ratio:.0f}"


def number(value: float) -> str:
    """Three digits, no more than a benchmark knows."""
    if not value:
        return ""
    if value >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}" if value >= 10 else f"{value:.2f}"
