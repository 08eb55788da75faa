"""Typed reading of environment variables, with loud failure.

Each call reads one variable and remembers it, so that docs/configuration.md can
be held against what the code really reads. Any variable may be given in a file that
NAME_FILE names, as secrets are handed to containers and services.
"""

import os
from collections.abc import Callable, Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.core.validators import validate_email
from environ import Env

from ethicsforum import redis_servers

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


def text(name: str, default: str, purpose: str, *, shown: str = "") -> str:
    return _read(Variable(name, "text", shown or default, purpose), default, str)


def flag(name: str, default: bool, purpose: str, *, shown: str = "") -> bool:
    shown = shown or str(int(default))
    return _read(Variable(name, "1 or 0", shown, purpose), default, _as_flag)


def number(
    name: str, default: int, purpose: str, *, low: int = 0, high: int, shown: str = ""
) -> int:
    kind = f"a whole number from {low} to {high}"
    variable = Variable(name, kind, shown or str(default), purpose)
    return _read(variable, default, lambda raw: _as_number(raw, low, high))


def names(name: str, default: list[str], purpose: str, *, shown: str = "") -> list[str]:
    shown = shown or ",".join(default)
    variable = Variable(name, "names, with commas between", shown, purpose)
    return _read(variable, default, _as_names)


def one_of(name: str, default: str, purpose: str, known: Collection[str]) -> str:
    variable = Variable(name, "a known name", default, purpose)
    return _read(variable, default, lambda raw: _as_known(raw, known))


def web_address(name: str, default: str, purpose: str, *, shown: str = "") -> str:
    kind = "an address with http:// or https://"
    return _read(Variable(name, kind, shown or default, purpose), default, _as_web)


def contact(name: str, purpose: str, *, shown: str) -> str:
    kind = "a mail address, or an address with https://"
    return _read(Variable(name, kind, shown, purpose), "", _as_contact)


def redis_address(name: str, default: str, purpose: str, *, shown: str = "") -> str:
    kind = "an address with redis://, rediss://, unix://, sentinel:// or sentinels://"
    return _read(Variable(name, kind, shown or default, purpose), default, _as_redis)


def database(name: str, purpose: str, *, shown: str) -> dict[str, Any] | None:
    kind = "an address with sqlite:/// or postgres://"
    return _read(Variable(name, kind, shown, purpose), None, as_database)


def mail_server(name: str, purpose: str, *, shown: str) -> dict[str, Any] | None:
    kind = "an address with smtp://, smtp+tls:// or smtp+ssl://"
    return _read(Variable(name, kind, shown, purpose), None, _as_mail_server)


def is_set(name: str) -> bool:
    """In the environment, or in a file that it names."""
    return bool(_given(name))


def table() -> str:
    """Every variable that was read, as a Markdown table."""
    rows = [
        "| variable | value | default | what it is for |",
        "| --- | --- | --- | --- |",
    ]
    for name, variable in sorted(VARIABLES.items()):
        cells = (f"`{name}`", variable.kind, variable.default, variable.purpose)
        rows.append(f"| {' | '.join(cells)} |")
    return "\n".join(rows)


def _read(variable: Variable, default: T, parse: Callable[[str], T]) -> T:
    name = variable.name
    VARIABLES[name] = variable
    raw = _given(name)
    if not raw:
        return default
    try:
        return parse(raw)
    except (ValueError, KeyError, ImproperlyConfigured, ValidationError):
        given = "the value given" if _may_be_secret(name) else repr(raw)
        raise ImproperlyConfigured(
            f"{name} must be {variable.kind}; {given} is not."
        ) from None


def _given(name: str) -> str:
    said = os.environ.get(name, "").strip()
    file = os.environ.get(f"{name}_FILE", "").strip()
    if said and file:
        raise ImproperlyConfigured(f"{name} and {name}_FILE are both set; keep one.")
    return _content(name, Path(file)) if file else said


def _content(name: str, path: Path) -> str:
    try:
        content = path.read_text().strip()
    except (OSError, UnicodeDecodeError) as error:
        why = getattr(error, "strerror", None) or "it is no text"
        raise ImproperlyConfigured(
            f"{name}_FILE names {path}, which can't be read: {why}."
        ) from None
    if not content:
        raise ImproperlyConfigured(f"{name}_FILE names {path}, which is empty.")
    return content


def _may_be_secret(name: str) -> bool:
    """A password has no place in a message; an address may hold one."""
    words = ("URL", "KEY", "SECRET", "PASSWORD", "TOKEN")
    return f"{name}_FILE" in os.environ or any(word in name for word in words)


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


def _as_known(raw: str, known: Collection[str]) -> str:
    if raw not in known:
        raise ValueError(raw)
    return raw


def _as_web(raw: str) -> str:
    parts = urlsplit(raw)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ValueError(raw)
    return raw.rstrip("/")


def _as_contact(raw: str) -> str:
    """As RFC 9116 writes it: with its scheme."""
    if raw.startswith("https://"):
        return _as_web(raw)
    address = raw.removeprefix("mailto:")
    validate_email(address)
    return f"mailto:{address}"


def _as_redis(raw: str) -> str:
    if redis_servers.is_sentinel(raw):
        redis_servers.Sentinels.of(raw)
        return raw
    parts = urlsplit(raw)
    if parts.scheme not in {"redis", "rediss", "unix"}:
        raise ValueError(raw)
    if not (parts.path if parts.scheme == "unix" else parts.hostname):
        raise ValueError(raw)
    return raw


def as_database(raw: str) -> dict[str, Any]:
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
