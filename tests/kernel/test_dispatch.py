"""The gate to Celery: a broker that is away stops nobody, and is left alone a while."""

from typing import Any

import pytest
from kombu.exceptions import OperationalError

from ethicsforum import dispatch

TASK = "comments.screen"


class Broker:
    def __init__(self) -> None:
        self.away = False
        self.asked = 0
        self.expires = 0.0

    def send_task(self, *args: Any, **kwargs: Any) -> None:
        self.asked += 1
        self.expires = kwargs["expires"]
        if self.away:
            raise OperationalError


@pytest.fixture
def broker(monkeypatch: pytest.MonkeyPatch) -> Broker:
    made = Broker()
    monkeypatch.setattr(dispatch, "current_app", made)
    return made


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> dict[str, float]:
    now = {"is": 1000.0}
    monkeypatch.setattr("ethicsforum.dispatch.time.monotonic", lambda: now["is"])
    return now


def test_a_broker_that_is_away_raises_nothing(broker: Broker) -> None:
    broker.away = True
    assert dispatch.send(TASK, 1) is False


def test_it_is_left_alone_for_a_while_and_then_asked_again(
    broker: Broker, clock: dict[str, float]
) -> None:
    broker.away = True
    dispatch.send(TASK, 1)
    assert dispatch.send(TASK, 2) is False
    assert broker.asked == 1
    broker.away = False
    clock["is"] += dispatch.PAUSE
    assert dispatch.send(TASK, 3) is True


def test_nothing_is_sent_when_the_transaction_fails(
    broker: Broker, db: None, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks() as callbacks:
        dispatch.enqueue(TASK, 1)
    assert broker.asked == 0
    callbacks[0]()
    assert broker.asked == 1


def test_what_no_worker_takes_grows_stale(broker: Broker) -> None:
    """After an hour without workers the newest are not behind all the others."""
    dispatch.send(TASK, 1, after=15)
    assert broker.expires == 15 + dispatch.STALE
