"""What all processes together have counted: increments, added up in Redis.

So one answer is for the whole site, whichever process gives it, on whichever host the
others are; and a process that ends takes nothing along that was told. While Redis is
away the increments wait in their process. A Redis that lost everything begins at zero,
which is what a monitor expects of a counter after a restart.
"""

import json
import logging
import threading
import time
from collections.abc import Iterable, Iterator
from typing import Any

from prometheus_client import Metric
from prometheus_client.samples import Sample
from redis import Redis
from redis.exceptions import RedisError

from ethicsforum import health
from ethicsforum.background import Background
from ethicsforum.bodies import Application
from ethicsforum.metrics.own import REGISTRY

log = logging.getLogger(__name__)

KEY = "ethicsforum:figures:1"
"""Raise the number when buckets change: old ones and new ones don't add up."""
EVERY = 5.0
"""Seconds between two tellings of a web process."""
PAUSE = 10.0
"""Seconds to leave a server alone that did not answer."""

Field = tuple[str, tuple[tuple[str, str], ...]]


class Teller:
    """Adds what this process has counted since it last told."""

    def __init__(self) -> None:
        self._told: dict[Field, float] = {}
        self._rest_until = 0.0
        self._lock = threading.Lock()
        self._background = Background("figures", self._run)

    def beside(self, application: Application) -> Application:
        """Tells from the first request on: that is after a fork. A worker tells after
        each task and needs no thread."""

        def serve(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
            self._background.start()
            return application(environ, start_response)

        return serve

    def tell(self) -> bool:
        """False when Redis is away; nothing is lost then."""
        with self._lock:
            if time.monotonic() < self._rest_until:
                return False
            now = counted()
            try:
                self._add(now)
            except (RedisError, OSError) as error:
                self._rest_until = time.monotonic() + PAUSE
                log.debug("figures wait: %s", error)
                return False
            self._told = now
            return True

    def _add(self, now: dict[Field, float]) -> None:
        told = self._told
        if now == told:
            return
        with health.redis() as server:
            # A question first: what is sent to a frozen server is found there when it
            # goes on, and was sent again meanwhile.
            is_empty = not server.exists(KEY)
            together = server.pipeline(transaction=True)
            for field, value in now.items():
                # Zeros too, once: a histogram needs all of its buckets.
                if is_empty or told.get(field) != value:
                    more = value - told.get(field, 0.0)
                    together.hincrbyfloat(KEY, _written(field), more)
            together.execute()

    def _run(self) -> None:
        while True:
            time.sleep(EVERY)
            self.tell()


teller = Teller()


def counted() -> dict[Field, float]:
    """In this process, since it began."""
    return {
        (sample.name, tuple(sorted(sample.labels.items()))): sample.value
        for family in REGISTRY.collect()
        for sample in family.samples
        # When a counter began says nothing once several are added up.
        if not sample.name.endswith("_created")
    }


def families(server: Redis) -> Iterator[Metric]:
    """As all processes together have counted."""
    found: Any = server.hgetall(KEY)
    samples: dict[str, list[Sample]] = {}
    for written, value in found.items():
        sample = _read(written, float(value))
        samples.setdefault(sample.name, []).append(sample)
    for family in REGISTRY.collect():
        names = _names(family)
        # What an older or a newer release counts is none of ours.
        known = [one for name in names for one in samples.get(name, ())]
        yield _of(family, known)


def _of(family: Metric, samples: Iterable[Sample]) -> Metric:
    whole = Metric(family.name, family.documentation, family.type)
    whole.samples = sorted(samples, key=_in_order)
    return whole


def _names(family: Metric) -> list[str]:
    endings = ("_total",) if family.type == "counter" else ("_bucket", "_count", "_sum")
    return [family.name + ending for ending in endings]


def _in_order(sample: Sample) -> tuple[Any, ...]:
    """One after another what belongs together, and buckets from small to large."""
    labels = sorted(pair for pair in sample.labels.items() if pair[0] != "le")
    return labels, sample.name, float(sample.labels.get("le", 0))


def _written(field: Field) -> str:
    return json.dumps(field)


def _read(written: bytes, value: float) -> Sample:
    name, labels = json.loads(written)
    return Sample(name, dict(labels), value)
