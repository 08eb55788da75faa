"""The site's own processes, as `make run` starts them, each on the site's core."""

import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

from bench.processes import running
from bench.wire import ADDRESS, ask
from ethicsforum.local import plans, readiness, redis_server

FRONT, PLAIN, BARE = "ethicsforum.wsgi", "bench.wsgi", "bench.bare"
"""With pages kept in memory; Django alone; and the least that Django can do."""
LONGEST = 60.0
PAUSE = 0.005


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind((ADDRESS, 0))
        return int(probe.getsockname()[1])


@contextmanager
def web(target: str, port: int, core: int | None) -> Iterator[int]:
    plan = plans.web(ADDRESS)
    command = plan.command[:]
    command[command.index("--port") + 1] = str(port)
    command[-1] = f"{target}:application"
    with running(command, core, plan.environment) as pid:
        yield pid


def first_answer(port: int, request: bytes) -> float:
    """Seconds until the server has answered."""
    begin = time.perf_counter()
    while time.perf_counter() - begin < LONGEST:
        try:
            if ask(port, request).status:
                return time.perf_counter() - begin
        except OSError:
            time.sleep(PAUSE)
    raise RuntimeError("a web server did not answer")


@contextmanager
def redis(folder: Path, core: int | None) -> Iterator[int]:
    command = redis_server.command(redis_server.find(), settings.REDIS_SOCKET, folder)
    with running(command, core) as pid:
        begin = time.perf_counter()
        while not readiness.redis_answers():
            if time.perf_counter() - begin > LONGEST:
                raise RuntimeError("Redis did not answer")
            time.sleep(PAUSE)
        yield pid


@contextmanager
def worker(core: int | None) -> Iterator[int]:
    """One process that does all the tasks."""
    plan = plans.worker()
    command = plan.command[:]
    command[command.index("--concurrency") + 1] = "1"
    with running(command, core, plan.environment) as pid:
        yield pid
