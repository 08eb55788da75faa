"""A round trip through a worker of each queue, and the beat's last sign of life."""

import json
import time
from collections.abc import Iterable
from typing import Any
from uuid import uuid4

from django.conf import settings
from kombu.exceptions import OperationalError
from redis import Redis
from redis.exceptions import RedisError

from ethicsforum import dispatch, health
from ethicsforum.celery import ECHO, echo_key
from ethicsforum.doctor.clock import MOST_APART
from ethicsforum.doctor.finding import Finding, Findings

LOOK_EVERY = 0.1
HEARTBEAT = "maintenance"
"""The queue that the beat's sign of life comes by."""

Answers = dict[str, dict[str, Any]]


def examine(within: float) -> Findings:
    queues = settings.CELERY_WORKER_QUEUES.split(",")
    try:
        with health.redis() as server:
            server.ping()
            answers = _ask(server, queues, within)
            waiting = {queue: server.llen(queue) for queue in queues}
            seen = health.last_seen("beat")
    except (RedisError, OperationalError, OSError):
        yield Finding.skipped("Workers and beat can't be asked while Redis is away")
        return
    for queue in queues:
        yield _worker(queue, answers.get(queue), int(str(waiting[queue])), within)
    yield _beat(seen, has_worker=HEARTBEAT in answers)


def _ask(server: Redis, queues: Iterable[str], within: float) -> Answers:
    asked = {queue: uuid4().hex for queue in queues}
    for queue, token in asked.items():
        dispatch.ask(ECHO, token, queue=queue, within=within)
    answers: Answers = {}
    end = time.monotonic() + within
    while asked and time.monotonic() < end:
        for queue, token in list(asked.items()):
            said: Any = server.getdel(echo_key(token))
            if said:
                del asked[queue]
                answers[queue] = json.loads(said) | {"heard": time.time()}
        time.sleep(LOOK_EVERY)
    return answers


def _worker(
    queue: str, answer: dict[str, Any] | None, waiting: int, within: float
) -> Finding:
    if answer is None and waiting > 1:
        return Finding.broken(
            f"No worker of the queue {queue} answered within {within:g} s, and "
            f"{waiting} messages stand in line",
            f"start one more: `python -m ethicsforum.roles worker {queue}`",
        )
    if answer is None:
        return Finding.broken(
            f"No worker of the queue {queue} answered within {within:g} s",
            f"start one: `python -m ethicsforum.roles worker {queue}`",
        )
    if answer["database"] != "ok":
        return Finding.broken(
            f"To the worker of the queue {queue} {answer['database']}",
            "give it the same DATABASE_URL as the web processes, and let it in there",
        )
    apart = answer["time"] - answer["heard"]
    if abs(apart) > MOST_APART:
        return Finding.broken(
            f"The clock of the worker of {queue} is {abs(apart):.0f} s "
            f"{'ahead' if apart > 0 else 'behind'}",
            "let NTP set the clocks of all machines",
        )
    return Finding.ok(f"A worker of the queue {queue} answers")


def _beat(seen: float | None, *, has_worker: bool) -> Finding:
    if not has_worker:
        return Finding.skipped(
            f"The beat can't be seen while no worker of {HEARTBEAT} takes its sign of "
            "life"
        )
    cure = "start one: `python -m ethicsforum.roles beat`"
    if seen is None:
        return Finding.broken(
            "No beat was ever seen, so nothing that gets lost is found again", cure
        )
    silent = time.time() - seen
    if silent > health.SEEN_LATELY:
        return Finding.broken(
            f"The beat has been silent for {silent:.0f} s, so nothing that gets lost "
            "is found again",
            cure,
        )
    return Finding.ok(f"The beat was seen {max(silent, 0):.0f} s ago")
