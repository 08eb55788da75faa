"""Typed reading of environment variables, with loud failure.

Each call reads one variable and remembers it, so that docs/configuration.md can
be held against what the code really reads.
"""

import os
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured
from environ import Env

T = TypeVar("T")

YES = {"1", "true", "yes", "on"}
NO = {"0", "false", "no", "off"}


@dataclass(frozen=True)
class Variable:
    name: str
    kind: str
    default: str
    purpose: str


VARIABLES: dict[str, Variable] = {}


def text(name: str, default: str, purpose: str) -> str:
    return _read(name, "text", default, purpose, str)


def flag(name: str, default: bool, purpose: str) -> bool:
    return _read(name, "1 or 0", default, purpose, _as_flag)


def number(name: str, default: int, purpose: str, *, low: int = 0, high: int) -> int:
    kind = f"a whole number from {low} to {high}"
    return _read(name, kind, default, purpose, lambda raw: _as_number(raw, low, high))


def names(name: str, default: list[str], purpose: str) -> list[str]:
    return _read(name, "names, with commas between", default, purpose, _as_names)


def web_address(name: str, default: str, purpose: str) -> str:
    return _read(name, "an address with http:// or https://", default, purpose, _as_web)


def redis_address(name: str, default: str, purpose: str) -> str:
    kind = "an address with redis://, rediss:// or unix://"
    return _read(name, kind, default, purpose, _as_redis)


def database(name: str, purpose: str) -> dict[str, Any] | None:
    kind = "an address with sqlite:/// or postgres://"
    return _read(name, kind, None, purpose, _as_database)


def mail_server(name: str, purpose: str) -> dict[str, Any] | None:
    kind = "an address with smtp://, smtp+tls:// or smtp+ssl://"
    return _read(name, kind, None, purpose, _as_mail_server)


def _read(
    name: str, kind: str, default: T, purpose: str, parse: Callable[[str], T]
) -> T:
    VARIABLES[name] = Variable(name, kind, _shown(default), purpose)
    raw = os.environ.get(name, "").strip()
    if not raw:
        return default
    try:
        return parse(raw)
    except (ValueError, KeyError, ImproperlyConfigured):
        shown = "the value given" if "URL" in name else repr(raw)
        raise ImproperlyConfigured(f"{name} must be {kind}; {shown} is not.") from None


def _shown(default: Any) -> str:
    if isinstance(default, bool):
        return str(int(default))
    return ",".join(default) if isinstance(default, list) else str(default or "")


def _as_flag(raw: str) -> bool:
    if raw.lower() not in YES | NO:
        raise ValueError(raw)
    return raw.lower() in YES


def _as_number(raw: str, low: int, high: int) -> int:
    value = int(raw)
    if not low <= value <= high:
        raise ValueError(raw)
    return value


def _as_names(raw: str) -> list[str]:
    return [name.strip() for name in raw.split(",") if name.strip()]


def _as_web(raw: str) -> str:
    parts = urlsplit(raw)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ValueError(raw)
    return raw.rstrip("/")


def _as_redis(raw: str) -> str:
    parts = urlsplit(raw)
    if parts.scheme not in {"redis", "rediss", "unix"}:
        raise ValueError(raw)
    if not (parts.path if parts.scheme == "unix" else parts.hostname):
        raise ValueError(raw)
    return raw


def _as_database(raw: str) -> dict[str, Any]:
    if urlsplit(raw).scheme not in {"sqlite", "postgres", "postgresql"}:
        raise ValueError(raw)
    config: dict[str, Any] = Env.db_url_config(raw)
    if not config["NAME"]:
        raise ValueError(raw)
    return config


def _as_mail_server(raw: str) -> dict[str, Any]:
    if urlsplit(raw).scheme not in {"smtp", "smtp+tls", "smtp+ssl"}:
        raise ValueError(raw)
    config: dict[str, Any] = Env.email_url_config(raw)
    return config
