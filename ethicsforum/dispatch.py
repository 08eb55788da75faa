"""The only gate to Celery: after commit, and a broker that is away stops nothing.

The row that was committed is the order; the task is only a nudge. What no nudge
reached is found by the sweep.
"""

import logging
import time

from celery import current_app
from django.db import transaction
from kombu.exceptions import OperationalError

log = logging.getLogger(__name__)

PAUSE = 10.0
"""Seconds to leave a broker alone that did not answer: one poster waits, not each."""

STALE = 120.0
"""Seconds after which a message that no worker took is worth nothing: the sweep finds
the row. So whoever writes when the workers come back is not behind all the others."""

_rest = {"until": 0.0}


def enqueue(task: str, pk: int | str, *, after: float = 0) -> None:
    """Send the task once the open transaction is committed, to run so many seconds
    later; fewer than the broker's visibility timeout."""

    def nudge() -> None:
        send(task, pk, after=after)

    # Not a partial: what Django logs of a failed one needs the function's name.
    transaction.on_commit(nudge, robust=True)


def send(task: str, pk: int | str, *, after: float = 0) -> bool:
    """Send the task now; False when the broker can't be reached."""
    if time.monotonic() < _rest["until"]:
        return False
    until = after + STALE
    try:
        current_app.send_task(task, (pk,), countdown=after or None, expires=until)
    except (OperationalError, OSError) as error:
        _rest["until"] = time.monotonic() + PAUSE
        log.warning("%s %s not sent, the sweep will find it: %s", task, pk, error)
        return False
    return True


def ask(task: str, token: str, *, queue: str, within: float) -> None:
    """Send a question to a worker of one queue; raises when the broker is away."""
    current_app.send_task(task, args=(token,), queue=queue, expires=within)
