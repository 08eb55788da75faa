"""What this process counts; `shared` tells it to the others."""

from collections.abc import Callable, Iterable, Mapping

from prometheus_client import CollectorRegistry, Counter, Histogram
from prometheus_client.core import CounterMetricFamily
from prometheus_client.registry import Collector

from ethicsforum.metrics.described import describe

REGISTRY = CollectorRegistry()

Read = Callable[[], Mapping[tuple[str, ...], int]]


def counter(name: str, what: str, *labels: str) -> Counter:
    whole = describe(f"{name}_total", "counter", what, labels)
    return Counter(whole, what, labels, registry=REGISTRY)


def histogram(
    name: str, what: str, *labels: str, buckets: Iterable[float]
) -> Histogram:
    whole = describe(name, "histogram", what, labels)
    return Histogram(whole, what, labels, buckets=tuple(buckets), registry=REGISTRY)


def tallied(name: str, what: str, *labels: str) -> Callable[[Read], Read]:
    """Declares a counter whose figures are plain numbers, kept elsewhere."""
    whole = describe(f"{name}_total", "counter", what, labels)

    def declare(read: Read) -> Read:
        REGISTRY.register(_Tallied(whole, what, labels, read))
        return read

    return declare


class _Tallied(Collector):
    def __init__(
        self, name: str, what: str, labels: tuple[str, ...], read: Read
    ) -> None:
        self._name, self._what, self._labels, self._read = name, what, labels, read

    def collect(self) -> Iterable[CounterMetricFamily]:
        family = CounterMetricFamily(self._name, self._what, labels=self._labels)
        for key, count in self._read().items():
            family.add_metric(key, count)
        yield family
