"""Two caches: `default` in the database, for what has to last (see settings), and
`quick` on Redis, which a lost Redis can't turn into an error page."""

import logging
import time
from typing import Any

from django.core.cache import caches
from django.core.cache.backends.locmem import LocMemCache
from django.core.cache.backends.redis import RedisCache, RedisCacheClient
from django.utils.connection import ConnectionProxy
from django.utils.crypto import salted_hmac
from redis import ConnectionPool
from redis.exceptions import RedisError

from ethicsforum import redis_servers

log = logging.getLogger(__name__)

PAUSE = 5.0
"""Seconds to leave an unreachable server alone before the next try."""


MOST_KEPT = 10_000
"""Entries that a process holds itself meanwhile; each is small."""

quick = ConnectionProxy(caches, "quick")


def unreadable_key(key: str, prefix: str, version: int) -> str:
    """django-allauth writes the address of who signs in into its keys."""
    said = f"{prefix}:{version}:{key}"
    return salted_hmac("ethicsforum.cache", said, algorithm="sha256").hexdigest()


class SharedConnections(RedisCacheClient):
    """Those that all of this process has with Redis, whatever its address is like."""

    def __init__(self, servers: list[str], **options: Any) -> None:
        super().__init__(servers, **options)
        self._url = servers[0]

    def _get_connection_pool(self, write: bool) -> ConnectionPool:
        return redis_servers.pool(self._url)


class FallbackRedisCache(RedisCache):
    """Uses this process's own memory while Redis is away."""

    def __init__(self, server: list[str], params: dict[str, Any]) -> None:
        super().__init__(server, params)
        self._class = SharedConnections
        self._memory = LocMemCache(
            "redis-fallback", {"OPTIONS": {"MAX_ENTRIES": MOST_KEPT}}
        )
        self._away_until = 0.0

    def _call(self, method: str, *args: Any, **kwargs: Any) -> Any:
        if time.monotonic() >= self._away_until:
            try:
                return getattr(super(), method)(*args, **kwargs)
            except (RedisError, OSError) as error:
                self._away_until = time.monotonic() + PAUSE
                log.warning("Redis is away, using memory: %s", error)
        return getattr(self._memory, method)(*args, **kwargs)

    def add(self, *args: Any, **kwargs: Any) -> bool:
        return bool(self._call("add", *args, **kwargs))

    def get(self, *args: Any, **kwargs: Any) -> Any:
        return self._call("get", *args, **kwargs)

    def set(self, *args: Any, **kwargs: Any) -> None:
        self._call("set", *args, **kwargs)

    def touch(self, *args: Any, **kwargs: Any) -> bool:
        return bool(self._call("touch", *args, **kwargs))

    def delete(self, *args: Any, **kwargs: Any) -> bool:
        return bool(self._call("delete", *args, **kwargs))

    def get_many(self, *args: Any, **kwargs: Any) -> dict[Any, Any]:
        found: dict[Any, Any] = self._call("get_many", *args, **kwargs)
        return found

    def has_key(self, *args: Any, **kwargs: Any) -> bool:
        return bool(self._call("has_key", *args, **kwargs))

    def incr(self, *args: Any, **kwargs: Any) -> int:
        return int(self._call("incr", *args, **kwargs))

    def set_many(self, *args: Any, **kwargs: Any) -> list[Any]:
        failed: list[Any] = self._call("set_many", *args, **kwargs)
        return failed

    def delete_many(self, *args: Any, **kwargs: Any) -> None:
        self._call("delete_many", *args, **kwargs)

    def clear(self) -> None:
        self._call("clear")
