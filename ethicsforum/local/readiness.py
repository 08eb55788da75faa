"""Does it answer? One small question per process, never an exception."""

import time
from http.client import HTTPConnection, HTTPException

from django.conf import settings
from redis.exceptions import RedisError

from ethicsforum import health

EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104  # asked, not bound


class Watch:
    """Who was started, and has not yet answered since."""

    def __init__(self, address: str) -> None:
        self._address = EVERYWHERE.get(address, address)
        self._since: dict[str, float] = {}

    def expect(self, name: str) -> None:
        self._since[name] = time.time()

    def silent(self) -> list[str]:
        return list(self._since)

    def look(self) -> list[str]:
        """Those that answer for the first time since they were started."""
        found = [name for name, since in self._since.items() if self._up(name, since)]
        for name in found:
            del self._since[name]
        return found

    def _up(self, name: str, since: float) -> bool:
        if name == "web":
            return web_answers(self._address)
        return redis_answers() if name == "redis" else seen(name, since)


def redis_answers() -> bool:
    try:
        with health.redis() as server:
            return bool(server.ping())
    except (RedisError, OSError):
        return False


def seen(name: str, since: float) -> bool:
    try:
        return (health.last_seen(name) or 0) >= since
    except (RedisError, OSError):
        return False


def web_answers(address: str) -> bool:
    connection = HTTPConnection(address, settings.PORT, timeout=1)
    try:
        connection.request("GET", "/healthz", headers={"Host": _own_name()})
        # Outside local mode the answer is "come by https"; it is an answer.
        return connection.getresponse().status < 500
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()


def _own_name() -> str:
    return next((name for name in settings.ALLOWED_HOSTS if name[:1] not in "*."), "*")
