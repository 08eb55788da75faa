"""How long a worker takes for a task."""

from typing import Any

from ethicsforum.metrics import own
from ethicsforum.metrics.shared import teller

_durations = own.histogram(
    "task_duration_seconds",
    "tasks that workers ran, and how long they took",
    *("task", "state"),
    buckets=(0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30),
)


def ended(task: Any, state: str | None, seconds: float) -> None:
    _durations.labels(task.name, state or "unknown").observe(seconds)
    if not task.request.is_eager:
        # A worker may be killed before the next one.
        teller.tell()
