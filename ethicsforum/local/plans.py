"""The processes of the forum and the command line of each."""

import signal
import sys

from django.conf import settings

from ethicsforum import env
from ethicsforum.local import redis_server
from ethicsforum.local.child import Plan

# One that started with `make run` knows it is no service for the world.
ROOT_WARNING = "ignore:You're running the worker with superuser privileges"

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
    return Plan(
        "web",
        [
            *(sys.executable, "-m", "granian", "--interface", "wsgi"),
            *("--host", address, "--port", str(settings.PORT)),
            *("--workers", str(settings.WEB_WORKERS)),
            *("--blocking-threads", str(settings.WEB_THREADS)),
            # A request that hangs must not hold up the end of the server.
            *("--workers-kill-timeout", "5"),
            # Whoever sends a header line a minute is cut off; in milliseconds.
            *("--http", "1", "--http1-header-read-timeout", "10000"),
            # "error" still tells of a worker that died.
            *("--no-ws", "--log-level", "error"),
            "ethicsforum.wsgi:application",
        ],
    )


def worker() -> Plan:
    return Plan(
        "worker",
        [
            *(sys.executable, "-W", ROOT_WARNING, "-m", "celery"),
            # The supervisor has run Django's checks; once is enough.
            *("--app", "ethicsforum", "--quiet", "--skip-checks", "worker"),
            *("--queues", settings.CELERY_WORKER_QUEUES),
            *("--concurrency", str(settings.WORKER_CONCURRENCY)),
            *("--without-gossip", "--without-mingle"),
            # Tasks at work get a moment to finish and are handed back then.
            *("--", ".soft_shutdown_timeout=2"),
        ],
        {"REMAP_SIGTERM": "SIGQUIT"},
        # Asked politely it would wait for a Redis that is ending too, for ever. Its
        # own children end when it does, and its message goes to another worker.
        when_orphaned=signal.SIGKILL,
        hushed=WORKER_ROUTINE,
    )


def beat() -> Plan:
    return Plan(
        "beat",
        [
            *(sys.executable, "-m", "celery", "--app", "ethicsforum", "--quiet"),
            *("--skip-checks", "beat"),
            *("--schedule", str(settings.DATA_DIR / "beat-schedule")),
            *("--pidfile", ""),
        ],
    )
