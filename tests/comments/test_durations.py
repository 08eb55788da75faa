"""Percentiles, spans and words for how long things took."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comments.durations import HOURS, in_words, percentile, spread


@pytest.mark.parametrize(
    ("values", "share", "expected"),
    [
        ([7], 0.9, 7),
        ([1, 2, 3], 0.5, 2),
        ([3, 1, 2, 4], 0.5, 2.5),
        (list(range(11)), 0.9, 9),
        ([0, 10], 0.9, 9),
        ([1, 2, 3], 0, 1),
        ([1, 2, 3], 1, 3),
    ],
)
def test_a_percentile(values: list[float], share: float, expected: float) -> None:
    assert percentile(values, share) == pytest.approx(expected)


def test_nothing_has_no_percentile() -> None:
    assert percentile([], 0.5) is None


@given(st.lists(st.floats(0, 1e9), min_size=1), st.floats(0, 1))
def test_a_percentile_lies_among_the_values(values: list[float], share: float) -> None:
    found = percentile(values, share)
    assert found is not None
    assert min(values) <= found <= max(values) or found == pytest.approx(max(values))


def test_a_span_begins_with_its_own_limit() -> None:
    assert spread([0, 3599, 3600, 4 * 3600, 90 * 3600]) == [2, 1, 1, 0, 0, 1]


def test_nothing_still_has_all_spans() -> None:
    assert spread([]) == [0] * (len(HOURS) + 1)


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (-3, "less than a second"),
        (0.4, "less than a second"),
        (1, "1 second"),
        (59.9, "59 seconds"),
        (60, "1 minute"),
        (7800, "2 hours, 10 minutes"),
        (86400 * 2, "2 days"),
    ],
)
def test_words(seconds: float, words: str) -> None:
    assert in_words(seconds).replace("\xa0", " ") == words
