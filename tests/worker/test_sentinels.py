"""The server that Redis' Sentinels name dies, and another takes its place."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.test import override_settings
from redis.exceptions import RedisError

from ethicsforum import redis_servers
from ethicsforum.page_cache import telling
from ethicsforum.page_cache.listening import Listener
from ethicsforum.page_cache.memory import Memory
from tests import cast
from tests.worker.conftest import Worker, wait_until
from tests.worker.sentinels import Company
from tests.worker.test_screening_for_real import is_decided, post

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def company(tmp_path: Path) -> Iterator[Company]:
    found = Company(tmp_path)
    found.start()
    telling._rest["until"] = 0.0
    with override_settings(REDIS_URL=found.url):
        yield found
    found.stop()


def can_write(company: Company) -> bool:
    try:
        return bool(redis_servers.client(company.url).set("a", 1))
    except (RedisError, OSError):
        return False


@pytest.fixture
def kept_up(transactional_db: None, company: Company) -> Iterator[Callable[[], None]]:
    """A worker and its beat; each call starts them again if they have ended, as a
    service manager does: kombu 5.7 ends a worker whose broker dies while it holds a
    message (`'NoneType' object has no attribute 'hostname'`)."""
    worker = Worker(company)

    def keep_up() -> None:
        if worker.process is None or worker.process.poll() is not None:
            worker.kill()
            worker.start(beat=True)

    keep_up()
    yield keep_up
    worker.kill()


def test_comments_are_screened_before_and_after(
    company: Company, kept_up: Callable[[], None]
) -> None:
    ann = cast.ann()
    before = post(ann, "Said to the first server.")
    wait_until(lambda: is_decided(before), "screened by way of the first server")
    company.first.kill()
    after = post(ann, "Said while nobody was there.")

    def is_screened() -> bool:
        kept_up()
        return is_decided(after)

    wait_until(is_screened, "screened by way of the second", 120)


def test_web_processes_hear_what_is_stale_from_the_second_too(company: Company) -> None:
    listener = Listener(company.url, Memory(1000))
    listener.start()
    wait_until(lambda: listener.good_until > 0, "hears the first")
    company.first.kill()
    wait_until(lambda: can_write(company), "the second takes its place")
    heard_until = listener.good_until
    wait_until(lambda: listener.good_until > heard_until + 5, "hears the second")
    assert telling.tell("article-1")
