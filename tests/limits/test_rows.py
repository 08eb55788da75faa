"""Buckets: how much goes in, how fast they drain, who waits how long."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine

from ethicsforum.limits import rows

pytestmark = pytest.mark.django_db
NOON = dt.datetime(2026, 11, 24, 12, tzinfo=dt.UTC)
PER = 60


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


def spend(many: int = 3, key: str = "a") -> int:
    return rows.spend({key: many}, PER)


def test_there_is_room_for_so_many_and_no_more() -> None:
    assert [spend() for _ in range(5)] == [0, 0, 0, 20, 20]


def test_one_share_drains_at_a_time(clock: time_machine.Traveller) -> None:
    for _ in range(3):
        spend()
    clock.shift(19)
    assert spend() == 1
    clock.shift(1)
    assert [spend(), spend()] == [0, 20]


def test_whoever_waits_as_long_as_they_were_told_is_let_in(
    clock: time_machine.Traveller,
) -> None:
    while not (wait := spend(many=7)):
        pass
    clock.shift(wait)
    assert spend(many=7) == 0


def test_after_the_whole_span_all_of_it_is_there_again(
    clock: time_machine.Traveller,
) -> None:
    for _ in range(4):
        spend()
    clock.shift(PER)
    assert [spend() for _ in range(4)] == [0, 0, 0, 20]


def test_one_key_does_not_fill_another() -> None:
    for _ in range(4):
        spend(key="a")
    assert spend(key="b") == 0


def test_the_fullest_of_two_decides() -> None:
    both = {"member": 1, "address": 6}
    assert rows.spend(both, PER) == 0
    assert rows.spend(both, PER) == PER
    assert rows.spend({"address": 6}, PER) == 0


def test_it_is_one_statement(django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(1):
        rows.spend({"member": 1, "address": 6}, PER)


@pytest.mark.parametrize("hours", [-1, 1])
def test_nobody_waits_for_a_clock_that_was_wrong(
    clock: time_machine.Traveller, hours: int
) -> None:
    for _ in range(4):
        spend()
    clock.shift(dt.timedelta(hours=hours))
    assert [spend() for _ in range(4)] == [0, 0, 0, 20]
