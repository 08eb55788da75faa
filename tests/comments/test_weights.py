"""What a report weighs: by how often its reporter was right, and how known they are."""

from datetime import timedelta

import pytest

from comments.weights import (
    LIGHT,
    NEW_FOR,
    NEWCOMER,
    ORDINARY,
    Standing,
    together,
    weight_of,
)

KNOWN = {"age": timedelta(days=30), "has_accepted_comment": True}


@pytest.mark.parametrize(
    ("acted", "kept", "weight"),
    [(0, 0, 100), (1, 0, 133), (0, 1, 67), (5, 0, 171), (0, 3, 40), (3, 3, 100)],
)
def test_the_record_counts(acted: int, kept: int, weight: int) -> None:
    assert weight_of(Standing(acted=acted, kept=kept, **KNOWN)) == weight  # type: ignore[arg-type]  # the fields of KNOWN differ in type


def test_nobody_reaches_two_ordinary_reporters() -> None:
    best = Standing(acted=10_000, age=NEW_FOR, has_accepted_comment=True)
    assert weight_of(best) <= 2 * ORDINARY


def test_a_new_account_weighs_little_whatever_its_record() -> None:
    young = timedelta(days=6)
    fresh = Standing(acted=9, age=young, has_accepted_comment=True)
    silent = Standing(acted=9, age=timedelta(days=99))
    assert weight_of(fresh) == weight_of(silent) == NEWCOMER
    assert NEWCOMER < LIGHT


def test_a_new_account_that_was_wrong_weighs_less() -> None:
    assert weight_of(Standing(kept=20, age=timedelta(days=1))) < NEWCOMER


def test_light_reports_count_as_one_ordinary_at_most() -> None:
    assert together(0, 3 * NEWCOMER) == 3 * NEWCOMER
    assert together(0, 200 * NEWCOMER) == ORDINARY
    assert together(250, 200 * NEWCOMER) == 350
