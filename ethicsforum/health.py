"""Alive and ready, as JSON; and the signs of life that ready is made of."""

import time
from collections.abc import Callable

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.utils.module_loading import import_string
from django.views.decorators.http import require_safe
from redis import Redis
from redis.exceptions import RedisError

from ethicsforum import redis_servers

SEEN_LATELY = 60.0
"""Seconds after which a silent worker or beat counts as gone."""


def redis() -> Redis:
    return redis_servers.client(settings.REDIS_URL)


def mark_seen(name: str) -> None:
    """Leave a sign of life of the worker or the beat."""
    with redis() as server:
        server.set(f"ethicsforum:seen:{name}", time.time())


def last_seen(name: str) -> float | None:
    """Seconds since the epoch of the last sign of life."""
    with redis() as server:
        value = server.get(f"ethicsforum:seen:{name}")
    return float(value) if isinstance(value, bytes) else None


@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    return JsonResponse({"status": "alive"})


@require_safe
def readyz(request: HttpRequest) -> JsonResponse:
    checks = {
        "database": database(),
        "redis": _try(_redis),
        "worker": _try(lambda: _process("worker")),
        "beat": _try(lambda: _process("beat")),
    }
    ready = all(check == "ok" for check in checks.values())
    body = {
        "status": "ready" if ready else "not ready",
        "checks": checks,
        "oldest_waiting_seconds": _oldest_waiting(),
    }
    response = JsonResponse(body, status=200 if ready else 503)
    response.headers["Cache-Control"] = "no-store"
    return response


def database() -> str:
    return _try(_database)


def _try(check: Callable[[], str]) -> str:
    try:
        return check()
    except (RedisError, OSError):
        return "Redis does not answer"
    except DatabaseError:
        return "the database does not answer"


def _database() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return "ok"


def _redis() -> str:
    with redis() as server:
        server.ping()
    return "ok"


def _process(name: str) -> str:
    seen = last_seen(name)
    if seen is None:
        return "never seen"
    silent = time.time() - seen
    return "ok" if silent < SEEN_LATELY else f"silent for {int(silent)} seconds"


def _oldest_waiting() -> float | None:
    try:
        # The kernel imports no app: the settings name who knows the queue.
        ask: Callable[[], float | None] = import_string(settings.OLDEST_WAITING)
        return ask()
    except DatabaseError:
        return None
