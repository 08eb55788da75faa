"""Two runs side by side. Pure."""

from collections.abc import Sequence

from bench.figures import Figure, number
from bench.tables import columns

HEADINGS = ("against the earlier run", "on", "comments", "before", "now", "change")


def compare(earlier: Sequence[Figure], now: Sequence[Figure]) -> str:
    """By the ratio where there is one: that holds on a machine of another speed."""
    before = {figure.key: figure for figure in earlier}
    rows = [
        _cells(before[figure.key], figure) for figure in now if figure.key in before
    ]
    return columns(HEADINGS, rows)


def _cells(before: Figure, now: Figure) -> tuple[str, ...]:
    by_ratio = bool(before.ratio and now.ratio)
    old, new = (before.ratio, now.ratio) if by_ratio else (before.rate, now.rate)
    shown = "{:.4f}".format if by_ratio else number
    change = f"{(new / old - 1) * 100:+.0f} %" if old else "new"
    return (
        now.title,
        now.database,
        f"{now.comments:,}",
        f"{shown(old)}{' of it' if by_ratio else '/s'}",
        f"{shown(new)}{' of it' if by_ratio else '/s'}",
        change,
    )
