"""A cache in front of the site is told what is stale, by a worker, after commit."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, ClassVar

import pytest
from celery import current_app
from django.db import transaction

from ethicsforum import dispatch
from ethicsforum.page_cache import purging
from ethicsforum.page_cache.telling import stale


class Cache(BaseHTTPRequestHandler):
    status: ClassVar[int] = 200
    told: ClassVar[list[tuple[str | None, str | None]]] = []

    def do_POST(self) -> None:
        headers = self.headers
        self.told.append((headers["Surrogate-Key"], headers["Authorization"]))
        self.send_response(self.status)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture
def in_front(settings: Any) -> Iterator[type[Cache]]:
    Cache.told, Cache.status = [], 200
    with ThreadingHTTPServer(("127.0.0.1", 0), Cache) as running:
        thread = threading.Thread(target=running.serve_forever)
        thread.start()
        settings.PURGE_URL = f"http://127.0.0.1:{running.server_port}/purge"
        yield Cache
        running.shutdown()
        thread.join()


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str]]:
    """What goes to the workers."""
    found: list[tuple[str, str]] = []

    def send(task: str, keys: str) -> None:
        found.append((task, keys))

    monkeypatch.setattr(dispatch, "send", send)
    return found


@pytest.mark.django_db(transaction=True)
def test_a_worker_is_asked_once_it_is_committed(
    in_front: type[Cache], sent: list[tuple[str, str]]
) -> None:
    with transaction.atomic():
        stale("article-3", "lists")
        assert sent == []
    assert sent == [(purging.PURGE, "article-3 lists")]


@pytest.mark.django_db(transaction=True)
def test_without_such_a_cache_nobody_is(
    settings: Any, sent: list[tuple[str, str]]
) -> None:
    settings.PURGE_URL = ""
    stale("article-3")
    assert sent == []


def test_the_cache_gets_the_keys_and_the_token(
    in_front: type[Cache], settings: Any
) -> None:
    purging.purge("article-3 lists")
    settings.PURGE_TOKEN = "between us"  # a test's
    purging.purge("*")
    assert in_front.told == [
        ("article-3 lists", None),
        ("*", "Bearer between us"),
    ]


def test_a_cache_that_refuses_is_asked_again(in_front: type[Cache]) -> None:
    in_front.status = 503
    with pytest.raises(OSError, match="503"):
        purging.purge("article-3")


def test_a_broker_that_is_away_stops_nothing(
    in_front: type[Cache], monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*given: Any, **named: Any) -> None:
        raise ConnectionRefusedError

    monkeypatch.setattr(current_app, "send_task", away)
    purging.ask_to_purge("article-3")
    assert in_front.told == []
