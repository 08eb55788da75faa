"""What Redis knows of worker and beat, and of messages under way."""

import math
import time
from collections.abc import Iterator

from django.conf import settings
from prometheus_client import Metric

from ethicsforum import health
from ethicsforum.metrics import asked, shared
from ethicsforum.metrics.asked import Part, Values, gauge


@gauge(
    Part.REDIS,
    "process_silent_seconds",
    "seconds since any `worker`, and the `beat`, gave a sign of life; +Inf: never",
    "process",
)
def _silent() -> Values:
    seen = {name: health.last_seen(name) for name in ("worker", "beat")}
    now = time.time()
    return {
        (name,): math.inf if moment is None else max(now - moment, 0.0)
        for name, moment in seen.items()
    }


@gauge(
    Part.REDIS,
    "broker_messages",
    "messages that no worker has taken; the rows count, these only nudge",
    "queue",
)
def _messages() -> Values:
    names = settings.CELERY_WORKER_QUEUES.split(",")
    with health.redis() as server:
        together = server.pipeline(transaction=False)
        for name in names:
            together.llen(name)
        lengths = together.execute()
    return {(name,): float(n) for name, n in zip(names, lengths, strict=True)}


def _counted() -> Iterator[Metric]:
    with health.redis() as server:
        yield from shared.families(server)


asked.ask(Part.REDIS, _counted)
