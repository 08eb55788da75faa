"""A clock that is set back by a day does not keep the beat waiting for a day."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from ethicsforum.beat import Scheduler
from ethicsforum.celery import app


class Asked(Scheduler):
    """Notes what it would ask a worker for, without a broker."""

    producer: Any = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.names: list[str] = []
        super().__init__(*args, **kwargs)

    def apply_entry(self, entry: Any, producer: Any = None) -> None:
        self.names.append(entry.name)


@pytest.fixture
def scheduler(tmp_path: Path) -> Any:
    made = Asked(app=app, schedule_filename=str(tmp_path / "schedule"))
    yield made
    made.close()


def _last_asked(scheduler: Asked, ago: timedelta) -> None:
    for entry in scheduler.schedule.values():
        entry.last_run_at = entry.default_now() - ago


def _tick(scheduler: Asked) -> set[str]:
    """Until it wants to sleep."""
    scheduler.names.clear()
    for _ in range(50):
        if scheduler.tick() > 0:
            break
    return set(scheduler.names)


def test_it_is_the_beat_of_the_forum() -> None:
    assert app.conf.beat_scheduler == "ethicsforum.beat:Scheduler"


def test_what_was_asked_for_tomorrow_is_asked_for_after_its_pause(
    scheduler: Asked,
) -> None:
    _last_asked(scheduler, -timedelta(days=1))
    assert _tick(scheduler) == set()
    now: Any = scheduler.schedule["sweep"].default_now()
    last: list[Any] = [entry.last_run_at for entry in scheduler.schedule.values()]
    assert all(abs(one - now) < timedelta(minutes=1) for one in last)
    _last_asked(scheduler, timedelta(seconds=16))
    scheduler._heap = None
    assert {"sweep", "heartbeat"} <= _tick(scheduler)


def test_a_few_seconds_ahead_change_nothing(scheduler: Asked) -> None:
    _last_asked(scheduler, -timedelta(seconds=5))
    before = scheduler.schedule["sweep"].last_run_at
    _tick(scheduler)
    assert scheduler.schedule["sweep"].last_run_at == before
