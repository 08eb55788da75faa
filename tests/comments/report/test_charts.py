"""Where the shapes of a chart stand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comments.report.charts import (
    BOTTOM,
    HEIGHT,
    LEFT,
    TICKS,
    TOP,
    WIDTH,
    chart,
    scale,
    share_strip,
    span_strip,
)

FLOOR = HEIGHT - BOTTOM


@pytest.mark.parametrize(
    ("highest", "steps"),
    [
        (0, [0, 1]),
        (1, [0, 1]),
        (3, [0, 1, 2, 3]),
        (5, [0, 2, 4, 6]),
        (40, [0, 10, 20, 30, 40]),
        (41, [0, 20, 40, 60]),
        (999, [0, 500, 1000]),
    ],
)
def test_a_scale_has_few_round_numbers(highest: int, steps: list[int]) -> None:
    assert scale(highest) == steps


@given(st.integers(0, 10**7))
def test_a_scale_reaches_the_highest_in_few_steps(highest: int) -> None:
    steps = scale(highest)
    assert steps[-1] >= highest
    assert len(steps) <= TICKS + 1


def test_the_highest_bar_touches_the_top_and_none_the_floor() -> None:
    drawn = chart(["a", "b", "c"], [4, 2, 0])
    assert [bar.y for bar in drawn.bars] == [TOP, (TOP + FLOOR) / 2, FLOOR]
    assert [bar.height for bar in drawn.bars] == [FLOOR - TOP, (FLOOR - TOP) / 2, 0]


@given(
    st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 10**6)), min_size=1).map(
        lambda pairs: pairs[:60]
    )
)
def test_all_shapes_stay_inside_the_drawing(pairs: list[tuple[int, int]]) -> None:
    bars, line = [a for a, _ in pairs], [b for _, b in pairs]
    drawn = chart(["x"] * len(pairs), bars, line)
    for bar in drawn.bars:
        assert bar.x >= LEFT
        assert bar.x + bar.width <= WIDTH + 0.2
        assert TOP - 0.1 <= bar.y <= FLOOR
        assert bar.y + bar.height == pytest.approx(FLOOR, abs=0.2)
    for point in drawn.line:
        assert LEFT <= point.x <= WIDTH
        assert TOP - 0.1 <= point.y <= FLOOR


def test_the_line_stands_over_the_middle_of_the_bars() -> None:
    drawn = chart(["a", "b"], [1, 1], [1, 0])
    middles = [bar.x + bar.width / 2 for bar in drawn.bars]
    assert [point.x for point in drawn.line] == pytest.approx(middles, abs=0.1)
    first, second = drawn.line
    assert drawn.points == f"{first.x},{first.y} {second.x},{second.y}"


def test_labels_are_counted_from_the_last() -> None:
    days = [str(day) for day in range(1, 15)]
    drawn = chart(days, [1] * 14, every=3)
    assert [label.text for label in drawn.labels] == ["2", "5", "8", "11", "14"]


def test_nothing_draws_nothing() -> None:
    drawn = chart([], [])
    assert (drawn.bars, drawn.line, drawn.ticks, drawn.labels) == ([], [], [], [])


@pytest.mark.parametrize(
    ("share", "length"), [(0, 0), (0.25, 90), (1, 360), (1.2, 360), (-1, 0)]
)
def test_a_share_is_a_part_of_the_width(share: float, length: float) -> None:
    assert share_strip(share).length == length


def test_a_span_stands_on_a_scale_from_minus_one_to_one() -> None:
    strip = span_strip(-0.5, 0, 1.5)
    assert (strip.start, strip.mark, strip.length) == (90, 180, 270)
