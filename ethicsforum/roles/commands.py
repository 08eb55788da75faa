"""The command line of each process: the one place that knows them."""

import shlex
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.conf import settings

STOP_SECONDS = 20
"""What a request or a task that is under way gets when the process is asked to end.
Service managers wait longer than this before they kill: see docs/operations.md."""

BEGIN_SECONDS = 30
"""What a new web process gets at SIGHUP before the old one ends: nobody would listen
if it needed longer, as it does on a machine that is busy."""

STATEMENT_SECONDS = "25"
"""Below the time limit of a task, so that the database ends first what is slow."""


@dataclass(frozen=True)
class Command:
    words: list[str]
    environment: dict[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        """As it is typed into a shell."""
        given = [f"{name}={value}" for name, value in self.environment.items()]
        return " ".join([*given, "python", shlex.join(self.words[1:])])


def queues() -> list[str]:
    return settings.CELERY_WORKER_QUEUES.split(",")


def web(address: str, *, stop: int = STOP_SECONDS) -> Command:
    words = [
        *(sys.executable, "-m", "granian", "--interface", "wsgi"),
        *("--host", address, "--port", str(settings.PORT)),
        *("--workers", str(settings.WEB_WORKERS)),
        *("--blocking-threads", str(settings.WEB_THREADS)),
        # A request that hangs must not hold up the end of the server.
        *("--workers-kill-timeout", str(stop)),
        *("--respawn-interval", str(BEGIN_SECONDS)),
        # Whoever sends a header line a minute is cut off; in milliseconds.
        *("--http", "1", "--http1-header-read-timeout", "10000", "--no-ws"),
        *(_on_ones_own_machine() if settings.LOCAL else _for_readers()),
        "ethicsforum.wsgi:application",
    ]
    return Command(words, _bounded())


def worker(names: Sequence[str] = (), *, stop: int = STOP_SECONDS) -> Command:
    """Of the queues named, or of all."""
    served = list(names) or queues()
    name = "-".join(served) if names else "worker"
    words = [
        *(sys.executable, "-m", "celery"),
        # Whoever starts the roles has had Django's checks run; once is enough.
        *("--app", "ethicsforum", "--quiet", "--skip-checks", "worker"),
        *("--queues", ",".join(served)),
        *("--concurrency", str(_concurrency(served))),
        # Two of one host need names that differ.
        *("--hostname", f"{name}@%h"),
        *("--without-gossip", "--without-mingle"),
        # Tasks at work get a moment to finish and are handed back then.
        *("--", f".soft_shutdown_timeout={stop}"),
    ]
    return Command(words, {"REMAP_SIGTERM": "SIGQUIT", **_bounded()})


def beat() -> Command:
    words = [
        *(sys.executable, "-m", "celery", "--app", "ethicsforum", "--quiet"),
        *("--skip-checks", "beat"),
        *("--schedule", str(settings.DATA_DIR / "beat-schedule")),
        *("--pidfile", ""),
    ]
    return Command(words)


def _concurrency(served: list[str]) -> int:
    own: dict[str, int] = settings.QUEUE_CONCURRENCY
    return own[served[0]] if len(served) == 1 else settings.WORKER_CONCURRENCY


def _bounded() -> dict[str, str]:
    """Commands of manage.py may take their time; who serves others may not."""
    return {
        "DATABASE_SECONDS": str(settings.DATABASE_SECONDS or STATEMENT_SECONDS),
        # glibc would give each thread a heap of its own, and return little of any.
        "MALLOC_ARENA_MAX": "2",
    }


def _on_ones_own_machine() -> list[str]:
    # "error" still tells of a worker that died; the supervisor starts the server anew.
    return ["--log-level", "error"]


def _for_readers() -> list[str]:
    log = settings.BASE_DIR / "ethicsforum" / "granian_log.json"
    # One of several web processes that dies must not take the others along.
    return ["--log-config", str(log), "--respawn-failed-workers"]
