"""The processes that `make run` supervises."""

import signal

from django.conf import settings

from ethicsforum import env
from ethicsforum.local import redis_server
from ethicsforum.local.child import Plan
from ethicsforum.roles import commands

# One that started with `make run` knows it is no service for the world.
ROOT_WARNING = "ignore:You're running the worker with superuser privileges"

REQUEST_ENDS, TASK_ENDS = 5, 2
"""Seconds: whoever presses Ctrl-C on their own machine doesn't wait long."""

REDIS_ROUTINE = (
    r"vm\.overcommit_memory|is starting|just started|Configuration loaded"
    r"|Server initialized|Received SIGTERM|User requested shutdown|bye bye"
)
WORKER_ROUTINE = (
    r"Hitting Ctrl\+C again|Initiating Soft Shutdown|Cold shutdown"
    r"|Requeuing undeliverable message"
)


def redis() -> Plan | None:
    """None when the operator named a server."""
    if env.is_set("REDIS_URL"):
        return None
    server = redis_server.find()
    folder = settings.DATA_DIR / "redis"
    return Plan(
        "redis",
        redis_server.command(server, settings.REDIS_SOCKET, folder),
        hushed=REDIS_ROUTINE,
    )


def web(address: str) -> Plan:
    command = commands.web(address, stop=REQUEST_ENDS)
    return Plan("web", command.words, command.environment)


def worker() -> Plan:
    command = commands.worker(stop=TASK_ENDS)
    return Plan(
        "worker",
        command.words,
        {**command.environment, "PYTHONWARNINGS": ROOT_WARNING},
        # Asked politely it would wait for a Redis that is ending too, for ever. Its
        # own children end when it does, and its message goes to another worker.
        when_orphaned=signal.SIGKILL,
        hushed=WORKER_ROUTINE,
    )


def beat() -> Plan:
    return Plan("beat", commands.beat().words)
