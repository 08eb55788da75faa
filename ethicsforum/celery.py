"""The Celery application, and the signs of life its processes leave."""

import os
from typing import Any

from celery import Celery, signals

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ethicsforum.settings")

app = Celery("ethicsforum")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@app.task(name="ethicsforum.heartbeat")
def heartbeat() -> None:
    """Sent by the beat, run by a worker: when it arrives, both are alive."""
    from ethicsforum.health import mark_seen

    mark_seen("beat")
    mark_seen("worker")


@signals.worker_ready.connect
def worker_ready(**kwargs: Any) -> None:
    from ethicsforum.health import mark_seen

    mark_seen("worker")


@signals.beat_init.connect
def beat_ready(**kwargs: Any) -> None:
    from ethicsforum.health import mark_seen

    mark_seen("beat")
