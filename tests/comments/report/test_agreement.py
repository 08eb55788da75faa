"""Cohen's kappa against tables reckoned by hand."""

import pytest

from comments.report.agreement import kappa


@pytest.mark.parametrize(
    ("table", "observed", "value", "error"),
    [
        # 0.7 observed, 0.5 by chance: (0.7 - 0.5) / 0.5. The parts of the variance:
        # 0.4·0.34² + 0.3·0.46² + 0.6²·(0.1·1.1² + 0.2·0.9²) - 0.1² = 0.2016;
        # √(0.2016 / 50) / 0.5
        ((20, 5, 10, 15), 0.7, 0.4, 0.1269961),
        # Equal margins of one half: √(0.8·0.2 / 100) / 0.5
        ((40, 10, 10, 40), 0.8, 0.6, 0.08),
        # The same 0.6 observed, with chance at 0.54 and at 0.46: Cohen's lesson that
        # observed agreement alone says little.
        ((45, 15, 25, 15), 0.6, 0.06 / 0.46, 0.0986615),
        ((25, 35, 5, 35), 0.6, 0.14 / 0.54, 0.0771597),
        # As often as chance would have it.
        ((25, 25, 25, 25), 0.5, 0.0, 0.1),
        # Never alike.
        ((0, 10, 10, 0), 0.0, -1.0, 0.0),
        # Always alike, with both verdicts in it.
        ((7, 0, 0, 3), 1.0, 1.0, 0.0),
    ],
)
def test_a_table_by_hand(
    table: tuple[int, int, int, int], observed: float, value: float, error: float
) -> None:
    found = kappa(*table)
    assert found is not None
    assert found.pairs == sum(table)
    assert found.observed == pytest.approx(observed)
    assert found.kappa == pytest.approx(value)
    assert found.error == pytest.approx(error, abs=1e-6)


def test_the_interval_is_two_standard_errors_to_each_side() -> None:
    found = kappa(40, 10, 10, 40)
    assert found is not None
    assert (found.low, found.high) == pytest.approx((0.4432, 0.7568), abs=1e-4)


def test_the_interval_ends_where_kappa_ends() -> None:
    found = kappa(9, 1, 0, 2)
    assert found is not None
    assert found.high == 1
    assert found.low > 0


def test_it_does_not_matter_who_was_first() -> None:
    one, other = kappa(20, 5, 10, 15), kappa(20, 10, 5, 15)
    assert one is not None
    assert other is not None
    assert one.kappa == pytest.approx(other.kappa)
    assert one.error == pytest.approx(other.error)


@pytest.mark.parametrize("table", [(0, 0, 0, 0), (5, 1, 1, 2), (9, 0, 0, 0)])
def test_too_few_pairs_say_nothing(table: tuple[int, int, int, int]) -> None:
    assert kappa(*table) is None


@pytest.mark.parametrize("table", [(20, 0, 0, 0), (0, 0, 0, 20)])
def test_where_all_verdicts_are_one_kappa_is_not_defined(
    table: tuple[int, int, int, int],
) -> None:
    assert kappa(*table) is None


def test_one_who_always_says_the_same_agrees_by_chance_alone() -> None:
    found = kappa(10, 10, 0, 0)
    assert found is not None
    assert found.kappa == pytest.approx(0)
