"""Rounds become figures, figures a table, and two runs a comparison."""

from typing import Any

import pytest

from bench.comparing import compare
from bench.figures import (
    Figure,
    Round,
    desk_growth,
    failures,
    growth,
    number,
    table,
)


def figure(name: str = "a page, kept", **about: Any) -> Figure:
    return Figure(
        **{"name": name, "database": "sqlite", "comments": 1000, "rate": 9.0, **about}
    )


def words(text: str) -> list[list[str]]:
    return [line.split() for line in text.splitlines()]


def test_a_figure_is_the_median_of_its_rounds() -> None:
    rounds = [
        Round(rate=100, p50=1, p95=4, cpu=0.01, beside=400, beside_cpu=0.001),
        Round(rate=300, p50=3, p95=9, cpu=0.03, beside=600, beside_cpu=0.006),
        Round(rate=200, p50=2, p95=5, cpu=0.02, beside=500, beside_cpu=0.010, failed=2),
    ]
    found = Figure.of("x", rounds, database="sqlite", comments=10)
    assert (found.rate, found.p50, found.p95, found.failed) == (200, 2, 5, 2)
    assert found.per_cpu_second == 50
    # Of the ratios, not the ratio of medians: each round was taken on its own.
    assert (found.beside, found.ratio, found.ratio_by_cpu) == (500, 0.4, 0.2)


def test_with_nothing_beside_it_there_is_no_ratio() -> None:
    found = Figure.of("x", [Round(rate=100)], database="sqlite", comments=10)
    assert (found.beside, found.ratio, found.per_cpu_second) == (0, 0, 0)


def test_the_table_has_the_figures_of_one_database() -> None:
    mine = figure(
        p50=1.5, size=9133, queries=0, against="nginx", beside=1800.0, ratio=0.005
    )
    shown = words(table("sqlite", [mine, figure(database="postgresql")]))
    assert shown[0][:2] == ["on", "sqlite"]
    assert (
        " ".join(shown[1]) == "a page, kept 1,000 9.00 1.50 9,133 0 nginx 1,800 1/200"
    )
    assert len(shown) == 2


def test_growth_shows_what_was_measured_on_each_size() -> None:
    found = [
        figure(rate=50.0),
        figure(comments=10, rate=60.0),
        figure("once only", rate=1.0),
    ]
    head, *lines = words(growth("sqlite", found))
    assert head[-2:] == ["10", "1,000"]
    assert lines == [["a", "page,", "kept", "60.0", "50.0"]]


def test_refused_requests_are_told() -> None:
    assert failures([figure()]) == []
    (line,) = failures([figure(failed=3)])
    assert line == "a page, kept on sqlite: 3 requests failed"


@pytest.mark.parametrize(
    ("value", "shown"),
    [(0, ""), (1234.5, "1,234"), (99.94, "99.9"), (9.999, "10.00"), (0.126, "0.13")],
)
def test_numbers_have_the_digits_that_are_known(value: float, shown: str) -> None:
    assert number(value) == shown


def test_runs_are_compared_by_ratio_where_there_is_one() -> None:
    earlier = [figure(rate=100.0, ratio=0.5), figure("desk", rate=10.0)]
    now = [figure(rate=400.0, ratio=0.4), figure("desk", rate=15.0), figure("new")]
    _, page, desk = words(compare(earlier, now))
    assert page[-7:] == ["of", "it", "0.4000", "of", "it", "-20", "%"]
    assert desk == ["desk", "sqlite", "1,000", "10.0/s", "15.0/s", "+50", "%"]


def test_a_run_is_only_compared_with_its_like() -> None:
    earlier = [figure(comments=10), figure(database="postgresql")]
    assert len(words(compare(earlier, [figure()]))) == 1


def test_a_figure_comes_back_from_json() -> None:
    mine = figure(queries=3, ratio=0.2)
    assert Figure(**mine.as_json()) == mine


def test_the_desk_is_compared_by_what_waits() -> None:
    few, many = (
        Figure("desk, a decision", "sqlite", 100_000, 50, per_cpu_second=n, waiting=w)
        for w, n in ((1_000, 50), (100_000, 40))
    )
    other = Figure("desk, a decision", "sqlite", 100_000, 50, per_cpu_second=20)
    head, line = desk_growth("sqlite", [few, many, other]).splitlines()
    assert " ".join(head.split()).endswith("waiting: 1,000 100,000 last to first")
    assert line.split()[-3:] == ["20.0", "25.0", "1.25"]
    assert few.title == "desk, a decision, 1,000 waiting"
    assert few.title in table("sqlite", [few])
    assert len({one.key for one in (few, many, other)}) == 3
    (grown,) = growth("sqlite", [few, many, other]).splitlines()[1:]
    assert grown.split()[-1] == "50.0"
