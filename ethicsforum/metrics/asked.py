"""What is asked when the monitor comes: of the rows, which are the queue of record, and
of Redis. Whatever does not answer leaves its figures out, and `up` says so."""

import logging
from collections.abc import Callable, Iterable, Iterator, Mapping
from enum import StrEnum

from django.db import DatabaseError, InterfaceError
from prometheus_client import Metric
from prometheus_client.core import GaugeMetricFamily
from redis.exceptions import RedisError

from ethicsforum.metrics.described import describe

log = logging.getLogger(__name__)


class Part(StrEnum):
    DATABASE = "database"
    REDIS = "redis"


Values = Mapping[tuple[str, ...], float]
Ask = Callable[[], Values]

UP = "1 when the part answers, else 0; then its figures are missing"
_up = describe("up", "gauge", UP, ("part",))
_asked: dict[Part, list[Callable[[], Iterable[Metric]]]] = {part: [] for part in Part}


def ask(part: Part, families: Callable[[], Iterable[Metric]]) -> None:
    _asked[part].append(families)


def gauge(part: Part, name: str, what: str, *labels: str) -> Callable[[Ask], Ask]:
    """Declares a gauge; the function says its value for each set of labels."""
    whole = describe(name, "gauge", what, labels)

    def declare(values: Ask) -> Ask:
        def families() -> Iterator[Metric]:
            family = GaugeMetricFamily(whole, what, labels=labels)
            for key, value in values().items():
                family.add_metric(key, value)
            yield family

        ask(part, families)
        return values

    return declare


def families() -> Iterator[Metric]:
    up = GaugeMetricFamily(_up, UP, labels=["part"])
    for part in Part:
        answers = _answers(part)
        up.add_metric([part], float(answers is not None))
        yield from answers or ()
    yield up


def _answers(part: Part) -> list[Metric] | None:
    try:
        return [family for ask in _asked[part] for family in ask()]
    except (DatabaseError, InterfaceError, RedisError, OSError) as error:
        log.warning("no figures of the %s: %s", part, error)
        return None
