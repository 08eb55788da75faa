"""What several processes count is added up, and nothing is counted twice."""

from collections.abc import Iterator

import pytest
from django.test import Client
from prometheus_client import Counter
from redis import Redis

from ethicsforum import health
from ethicsforum.metrics import own, shared
from ethicsforum.metrics.described import DESCRIPTIONS
from ethicsforum.metrics.shared import KEY, Teller
from tests.metrics.scrape import figures, written
from tests.worker.conftest import Server

pytestmark = pytest.mark.django_db
NAME = "ethicsforum_tests_total"
APPLES = written(NAME, fruit="apple")


@pytest.fixture(scope="module")
def fruits() -> Iterator[Counter]:
    counter = own.counter("tests", "counted by tests", "fruit")
    yield counter
    own.REGISTRY.unregister(counter)
    del DESCRIPTIONS[NAME]


def test_what_was_counted_before_and_since_is_added_up(
    client: Client, told: Server, fruits: Counter
) -> None:
    fruits.labels("apple").inc(2)
    assert figures(client)[APPLES] == 2
    fruits.labels("apple").inc()
    assert figures(client)[APPLES] == 3
    assert figures(client)[APPLES] == 3


def test_two_processes_are_added_up(
    client: Client, told: Server, fruits: Counter
) -> None:
    another = Teller()
    another._told = shared.counted()
    fruits.labels("apple").inc(5)
    assert another.tell()
    assert figures(client)[APPLES] == 10


def test_what_is_counted_while_redis_is_away_waits(
    client: Client, told: Server, fruits: Counter
) -> None:
    told.kill()
    fruits.labels("apple").inc(4)
    assert not shared.teller.tell()
    told.start()
    shared.teller._rest_until = 0.0
    assert figures(client)[APPLES] == 4


def test_a_frozen_redis_finds_nothing_twice_when_it_goes_on(
    client: Client, told: Server, fruits: Counter
) -> None:
    told.freeze()
    try:
        fruits.labels("apple").inc()
        assert not shared.teller.tell()
    finally:
        told.thaw()
    shared.teller._rest_until = 0.0
    assert figures(client)[APPLES] == 1


def test_a_redis_that_did_not_answer_is_left_alone_for_a_while(
    told: Server, fruits: Counter
) -> None:
    told.kill()
    fruits.labels("apple").inc()
    assert not shared.teller.tell()
    told.start()
    assert not shared.teller.tell()


def test_a_redis_that_lost_everything_begins_at_zero(
    client: Client, told: Server, fruits: Counter
) -> None:
    fruits.labels("apple").inc(7)
    assert figures(client)[APPLES] == 7
    with health.redis() as server:
        server.flushall()
    fruits.labels("apple").inc()
    assert figures(client)[APPLES] == 1


def test_what_another_release_counts_is_left_out(client: Client, told: Server) -> None:
    with Redis.from_url(told.url) as server:
        server.hset(KEY, '["ethicsforum_of_tomorrow_total", []]', "3")
    assert "ethicsforum_of_tomorrow_total" not in figures(client)


def test_a_figure_has_one_meaning(fruits: Counter) -> None:
    with pytest.raises(ValueError, match="described twice"):
        own.counter("tests", "something else")
