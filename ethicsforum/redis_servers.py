"""Every way to Redis: one server, with TLS or by a socket, or who Sentinels say it is.

    redis://:password@host:6379/0
    rediss://:password@host:6379/0?ssl_ca_certs=/etc/ssl/forum-ca.pem
    sentinel://:password@s1:26379,s2:26379,s3:26379/0?service=forum
    sentinels://…  the same with TLS

Whatever asks waits a second at the most, and once more if its connection was an old
one.
"""

from dataclasses import dataclass
from functools import cache
from typing import Any
from urllib.parse import parse_qsl, quote, unquote, urlsplit

from redis import ConnectionPool, Redis
from redis.backoff import NoBackoff
from redis.exceptions import ConnectionError as RedisConnectionError
from redis.retry import Retry
from redis.sentinel import Sentinel, SentinelConnectionPool

SENTINELS = ("sentinel", "sentinels")
SENTINEL_PORT = 26379
OF_SENTINEL = "sentinel_"
"""What a word of the query begins with that is for the Sentinels themselves."""

WAITING: dict[str, Any] = {"socket_timeout": 1, "socket_connect_timeout": 1}


@dataclass(frozen=True)
class Sentinels:
    """An address that names Sentinels, taken apart."""

    nodes: list[tuple[str, int]]
    service: str
    server: dict[str, Any]
    """What the server behind them asks for: database, name, password."""
    own: dict[str, Any]
    """What they ask for themselves."""
    tls: dict[str, Any]
    """Empty where there is none."""

    @classmethod
    def of(cls, url: str) -> "Sentinels":
        parts = urlsplit(url)
        who, _, nodes = parts.netloc.rpartition("@")
        query = _query(url)
        name, _, password = who.partition(":")
        server = {
            "db": int(parts.path.strip("/") or 0),
            "username": unquote(name) or None,
            "password": unquote(password) or None,
        }
        return cls(
            nodes=[_node(node) for node in nodes.split(",")],
            service=query.get("service", "mymaster"),
            server={k: v for k, v in server.items() if v is not None},
            own=_without(OF_SENTINEL, query),
            tls=_tls(query) if parts.scheme == "sentinels" else {},
        )


def is_sentinel(url: str) -> bool:
    return urlsplit(url).scheme in SENTINELS


def client(url: str) -> Redis:
    """One of many that share the connections of this process."""
    return Redis(connection_pool=pool(url))


@cache
def pool(url: str) -> ConnectionPool:
    if is_sentinel(url):
        return _sentinel_pool(Sentinels.of(url))
    return ConnectionPool.from_url(url, **_waiting(), health_check_interval=30)


def _sentinel_pool(found: Sentinels) -> SentinelConnectionPool:
    tls = {"ssl": True, **found.tls} if found.tls else {}
    asked = Sentinel(found.nodes, sentinel_kwargs={**_waiting(), **found.own, **tls})
    return SentinelConnectionPool(
        found.service, asked, **_waiting(), **found.server, **tls
    )


def _waiting() -> dict[str, Any]:
    # A server that was started again has closed its connections: one more try. One that
    # doesn't answer in time won't the second time either.
    return {**WAITING, "retry": Retry(NoBackoff(), 1, (RedisConnectionError,))}


# --- The same for Celery --------------------------------------------------------


def broker_url(url: str) -> str:
    """As kombu writes it; what concerns TLS stands in `broker_tls`."""
    if is_sentinel(url):
        return ";".join(_broker_node(url, node) for node in Sentinels.of(url).nodes)
    if url.startswith("unix://"):
        return url.replace("unix://", "redis+socket://")
    return url.partition("?")[0] if url.startswith("rediss://") else url


def broker_options(url: str) -> dict[str, Any]:
    if not is_sentinel(url):
        return {}
    found = Sentinels.of(url)
    tls = {"ssl": True, **found.tls} if found.tls else {}
    return {
        "master_name": found.service,
        "sentinel_kwargs": {**WAITING, **found.own, **tls},
    }


def broker_tls(url: str) -> dict[str, Any] | None:
    """Said in full: left to itself kombu takes any certificate."""
    if is_sentinel(url):
        return Sentinels.of(url).tls or None
    return _tls(_query(url)) if url.startswith("rediss://") else None


def _tls(query: dict[str, str]) -> dict[str, Any]:
    said: dict[str, Any] = {k: v for k, v in query.items() if k.startswith("ssl_")}
    if said.get("ssl_check_hostname", "").lower() in ("false", "no", "0"):
        said["ssl_check_hostname"] = False
    return {"ssl_cert_reqs": "required", **said}


def _query(url: str) -> dict[str, str]:
    return dict(parse_qsl(urlsplit(url).query))


def _broker_node(url: str, node: tuple[str, int]) -> str:
    server = Sentinels.of(url).server
    name = quote(server.get("username", ""), safe="")
    password = quote(server.get("password", ""), safe="")
    who = f"{name}:{password}@" if password else ""
    return f"sentinel://{who}{_host(node[0])}:{node[1]}/{server['db']}"


def _host(name: str) -> str:
    return f"[{name}]" if ":" in name else name


def _node(text: str) -> tuple[str, int]:
    parts = urlsplit(f"//{text}")
    if not parts.hostname:
        raise ValueError(text)
    return parts.hostname, parts.port or SENTINEL_PORT


def _without(start: str, query: dict[str, str]) -> dict[str, str]:
    found = query.items()
    return {k.removeprefix(start): v for k, v in found if k.startswith(start)}
