"""Does it answer, is it new enough, and does it keep what it is given?"""

from typing import Any

from redis.exceptions import AuthenticationError, RedisError
from redis.exceptions import TimeoutError as TookTooLong

from ethicsforum import health
from ethicsforum.doctor.finding import Finding, Findings, reason, redis_place

OLDEST = 6
"""The first major version that speaks RESP3."""


def examine() -> Findings:
    try:
        with health.redis() as server:
            info: Any = server.info()
    except (RedisError, OSError) as error:
        yield _away(error)
        return
    name, version = _product(info)
    if int(version.split(".")[0]) < OLDEST:
        yield Finding.broken(
            f"{name} at {redis_place()} is of version {version}",
            f"replace it by version {OLDEST} or later",
        )
    policy = info.get("maxmemory_policy", "noeviction")
    if policy != "noeviction":
        yield Finding.broken(
            f"{name} at {redis_place()} throws keys away when it is full "
            f"(maxmemory-policy {policy}), tasks among them",
            "set maxmemory-policy to noeviction",
        )
        return
    yield Finding.ok(f"{name} {version} at {redis_place()} answers and evicts nothing")


def _away(error: Exception) -> Finding:
    place = redis_place()
    if isinstance(error, AuthenticationError):
        return Finding.broken(
            f"Redis at {place} refuses the password", "correct it in REDIS_URL"
        )
    if isinstance(error, TookTooLong):
        return Finding.broken(
            f"Redis at {place} takes the connection but does not answer",
            "see whether it is frozen, swapping or still loading, and restart it",
        )
    return Finding.broken(
        f"Redis at {place} can't be reached ({reason(error)})",
        "start it there, or name another in REDIS_URL",
    )


def _product(info: dict[str, Any]) -> tuple[str, str]:
    if "valkey_version" in info:
        return "Valkey", str(info["valkey_version"])
    return "Redis", str(info["redis_version"])
