"""The beat, by a clock that somebody may set back."""

from datetime import timedelta
from typing import Any

from celery.beat import PersistentScheduler

SKEW = timedelta(minutes=1)
"""Further in the future nothing was ever asked for."""


class Scheduler(PersistentScheduler):
    """What was last asked for tomorrow, by a clock that was a day ahead, would wait
    until then: it is as if it had been asked for now."""

    def tick(self, *args: Any, **kwargs: Any) -> Any:
        ahead = [entry for entry in self.schedule.values() if _is_ahead(entry)]
        for entry in ahead:
            entry.last_run_at = entry.default_now()
        if ahead:
            # The order of the entries was made by the old clock; made anew.
            self._heap = None
        return super().tick(*args, **kwargs)


def _is_ahead(entry: Any) -> bool:
    return bool(entry.last_run_at - entry.default_now() > SKEW)
