"""A process hears what is stale, and knows when it would not."""

import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from django.test import override_settings

from ethicsforum.page_cache import telling
from ethicsforum.page_cache.answers import Kept
from ethicsforum.page_cache.listening import Listener
from ethicsforum.page_cache.memory import Memory
from tests.worker.conftest import Server, wait_until


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    redis = Server(tmp_path)
    redis.start()
    telling._rest["until"] = 0.0
    with override_settings(REDIS_URL=redis.url):
        yield redis
    redis.kill()


class Process:
    """Its memory and its ear, as each web process has them."""

    def __init__(self, server: Server) -> None:
        self.memory = Memory(1_000_000)
        self.listener = Listener(server.url, self.memory)
        self.listener.start()

    @property
    def hears(self) -> bool:
        return time.monotonic() < self.listener.good_until

    def keep(self, key: str) -> None:
        kept = Kept.of([], b"page", frozenset([key]), 0.0)
        assert self.memory.put((key,), kept, self.memory.moment)

    def lacks(self, key: str) -> bool:
        return not self.has(key)

    def has(self, key: str) -> bool:
        return self.memory.get((key,)) is not None


@pytest.fixture
def process(server: Server) -> Process:
    process = Process(server)
    wait_until(lambda: process.hears, "it hears")
    return process


def test_what_is_told_is_forgotten_in_every_process(
    process: Process, server: Server
) -> None:
    other = Process(server)
    wait_until(lambda: other.hears, "the other hears too")
    for one in (process, other):
        one.keep("article-1")
        one.keep("article-2")
    assert telling.tell("article-1", "lists")
    for one in (process, other):
        wait_until(partial(one.lacks, "article-1"), "forgotten")
        assert one.has("article-2")


def test_everything_can_be_stale(process: Process) -> None:
    process.keep("article-1")
    telling.tell(telling.EVERYTHING)
    wait_until(lambda: not process.has("article-1"), "forgotten")


def test_without_redis_it_soon_knows_that_it_would_not_hear(
    process: Process, server: Server
) -> None:
    server.kill()
    wait_until(lambda: not process.hears, "it knows")
    assert not telling.tell("article-1")


def test_after_a_silence_nothing_from_before_is_believed(
    process: Process, server: Server
) -> None:
    process.keep("article-1")
    server.kill()
    wait_until(lambda: not process.hears, "it knows")
    server.start()
    wait_until(lambda: process.hears, "it hears again")
    assert not process.has("article-1")


def test_a_frozen_redis_is_not_believed(process: Process, server: Server) -> None:
    server.freeze()
    wait_until(lambda: not process.hears, "it knows")
    process.keep("article-1")
    server.thaw()
    wait_until(lambda: process.hears, "it hears again")
    assert not process.has("article-1")


def test_one_thread_for_each_process(process: Process) -> None:
    first = process.listener._background._thread
    process.listener.start()
    assert process.listener._background._thread is first
