"""Tasks, as a worker tells of them; a real one is in tests/worker."""

import pytest
from django.test import Client

from comments.tasks import seal
from tests.metrics.scrape import figures, written
from tests.worker.conftest import Server

pytestmark = pytest.mark.django_db


def test_a_task_is_counted_by_name_and_outcome(client: Client, told: Server) -> None:
    seal.apply()
    name = "ethicsforum_task_duration_seconds_count"
    labels = {"task": "comments.seal", "state": "SUCCESS"}
    assert figures(client)[written(name, **labels)] == 1
