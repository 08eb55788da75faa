"""Counting in the cache: by the window, with Redis away, and when it comes back."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine

from ethicsforum import settings as site
from ethicsforum.cache import quick
from ethicsforum.limits import counter

NOON = dt.datetime(2026, 11, 24, 12, 0, 10, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


def spend() -> int:
    return counter.spend({"a": 2}, 60)


def test_the_wait_is_the_rest_of_the_minute(clock: time_machine.Traveller) -> None:
    assert [spend() for _ in range(4)] == [0, 0, 50, 50]
    clock.shift(50)
    assert [spend() for _ in range(3)] == [0, 0, 60]


def test_the_process_counts_itself_while_redis_is_away(settings: Any) -> None:
    settings.CACHES = site.CACHES
    assert [spend() for _ in range(4)] == [0, 0, 50, 50]


def test_a_count_that_is_lost_in_between_lets_the_reader_in(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def lost(*args: object, **kwargs: object) -> None:
        raise ValueError

    monkeypatch.setattr(quick, "incr", lost, raising=False)
    assert [spend() for _ in range(3)] == [0, 0, 0]
