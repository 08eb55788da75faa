"""What a real worker counts reaches whoever asks the web process."""

from typing import Any

import pytest
from django.test import Client

from comments.actions.posting import post_comment
from tests import build, cast
from tests.metrics.scrape import figures, written
from tests.worker.conftest import Server, Worker, wait_until

pytestmark = pytest.mark.django_db(transaction=True)
DECIDED = written("ethicsforum_decisions_total", decider="machine", outcome="held")
SCREENED = written(
    "ethicsforum_task_duration_seconds_count", task="comments.screen", state="SUCCESS"
)


@pytest.fixture
def reader(client: Client, redis: Server, settings: Any) -> Client:
    settings.REDIS_URL = redis.url
    return client


def test_a_workers_decision_is_counted_and_outlives_the_worker(
    worker: Worker, reader: Client
) -> None:
    ben = cast.ben()
    # What this very process has counted for other tests is in it.
    before = figures(reader)

    def since(name: str) -> float:
        return figures(reader).get(name, 0) - before.get(name, 0)

    worker.start()
    post_comment(build.article(), author=ben, body="A considered objection.")
    wait_until(lambda: since(SCREENED) == 1, "the worker told")
    worker.kill()
    assert since(DECIDED) == 1
    assert since("ethicsforum_screening_seconds_count") == 1


def test_nudges_wait_where_no_worker_takes_them(reader: Client) -> None:
    ben = cast.ben()
    post_comment(build.article(), author=ben, body="Nobody is there.")
    found = figures(reader)
    for name in ("ethicsforum_broker_messages", "ethicsforum_queue_waiting"):
        assert found[written(name, queue="screening")] == 1
    silent = written("ethicsforum_process_silent_seconds", process="worker")
    assert found[silent] == float("inf")
