"""Numbers to shapes: where the bars, lines and marks of a small chart stand. Pure.

A template draws them as SVG; every coordinate is an attribute, so that no style has to
be inline. Sizes are those of the drawing, which the page scales to its own.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, log10

WIDTH = 360.0
HEIGHT = 150.0
LEFT = 34.0
"""Room for the numbers of the scale."""
TOP = 8.0
BOTTOM = 22.0
"""Room for the words under the bars."""
GAP = 0.25
"""Between two bars, as a share of a bar's place."""

TICKS = 4
"""The most steps of a scale."""


@dataclass(frozen=True)
class Bar:
    x: float
    y: float
    width: float
    height: float
    value: float


@dataclass(frozen=True)
class Point:
    x: float
    y: float
    value: float


@dataclass(frozen=True)
class Tick:
    y: float
    value: int


@dataclass(frozen=True)
class Label:
    x: float
    text: str


@dataclass(frozen=True)
class Chart:
    bars: list[Bar]
    line: list[Point]
    ticks: list[Tick]
    labels: list[Label]
    width: float = WIDTH
    height: float = HEIGHT
    left: float = LEFT

    @property
    def foot(self) -> float:
        """Where the words under the bars stand."""
        return self.height - 6

    @property
    def scale_end(self) -> float:
        """Where the numbers of the scale end."""
        return self.left - 6

    @property
    def points(self) -> str:
        """As SVG's polyline takes them."""
        return " ".join(f"{point.x},{point.y}" for point in self.line)


@dataclass(frozen=True)
class Strip:
    """A share of a whole, or a span on a scale, on one line."""

    start: float
    length: float
    mark: float
    width: float = WIDTH


def scale(highest: float) -> list[int]:
    """Whole, even numbers from 0 to at least the highest."""
    if highest <= 0:
        return [0, 1]
    step = _round_step(highest / TICKS)
    return list(range(0, ceil(highest / step) * step + 1, step))


def chart(
    labels: Sequence[str],
    bars: Sequence[float],
    line: Sequence[float] = (),
    *,
    every: int = 1,
) -> Chart:
    """Bars, and a line over them on the same scale; a label under each `every`-th,
    counted from the last."""
    if not bars:
        return Chart([], [], [], [])
    steps = scale(max([*bars, *line]))
    room = (WIDTH - LEFT) / len(bars)
    middles = [LEFT + room * (place + 0.5) for place in range(len(bars))]
    width = room * (1 - GAP)
    return Chart(
        bars=[
            Bar(_r(x - width / 2), _y(v, steps), _r(width), _tall(v, steps), v)
            for x, v in zip(middles, bars, strict=True)
        ],
        line=[
            Point(_r(x), _y(v, steps), v) for x, v in zip(middles, line, strict=False)
        ],
        ticks=[Tick(_y(step, steps), step) for step in steps],
        labels=[
            Label(_r(x), text)
            for place, (x, text) in enumerate(zip(middles, labels, strict=True))
            if (len(bars) - 1 - place) % every == 0
        ],
    )


def share_strip(share: float) -> Strip:
    length = _r(WIDTH * _clamp(share, 0, 1))
    return Strip(0, length, length)


def span_strip(low: float, mark: float, high: float) -> Strip:
    """A span with its mark on a scale from -1 to 1."""
    start, middle, end = (
        WIDTH * (_clamp(value, -1, 1) + 1) / 2 for value in (low, mark, high)
    )
    return Strip(_r(start), _r(end - start), _r(middle))


def _round_step(least: float) -> int:
    """1, 2 or 5 times a power of ten, and at least that much."""
    power: int = 10 ** max(ceil(log10(least)) - 1, 0)
    return next(times * power for times in (1, 2, 5, 10) if times * power >= least)


def _tall(value: float, steps: Sequence[int]) -> float:
    return _r((HEIGHT - TOP - BOTTOM) * value / steps[-1])


def _y(value: float, steps: Sequence[int]) -> float:
    return _r(HEIGHT - BOTTOM - _tall(value, steps))


def _clamp(value: float, low: float, high: float) -> float:
    return min(max(value, low), high)


def _r(value: float) -> float:
    return round(value, 1)
