"""The hash chain of the public log. Pure.

Each entry is a line of canonical JSON; its hash is SHA-256 over the hash before it,
a line feed, and that line. The first one follows sixty-four zeros. Change, drop or
swap an entry, and every hash after it is another.
"""

import hashlib
import json
from collections.abc import Iterable
from typing import Any, NamedTuple

GENESIS = "0" * 64


class Link(NamedTuple):
    body: str
    previous: str
    hash: str


class Break(NamedTuple):
    """The first place where the chain does not hold."""

    position: int
    why: str


def canonical(entry: dict[str, Any]) -> str:
    """One way to write an entry: keys sorted, no spaces, as ASCII."""
    return json.dumps(entry, sort_keys=True, separators=(",", ":"))


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def hash_of(previous: str, body: str) -> str:
    return digest(f"{previous}\n{body}")


def first_break(links: Iterable[Link]) -> Break | None:
    """None when every link holds; else the first that does not."""
    expected = GENESIS
    for position, link in enumerate(links, start=1):
        why = _flaw(position, link, expected)
        if why:
            return Break(position, why)
        expected = link.hash
    return None


def _flaw(position: int, link: Link, expected: str) -> str:
    if link.hash != hash_of(link.previous, link.body):
        return "it was changed"
    if _position_in(link.body) != position:
        return "an entry is missing before it, or entries changed places"
    if link.previous != expected:
        return "it does not follow the entry before it"
    return ""


def _position_in(body: str) -> object:
    try:
        return json.loads(body)["position"]
    except (ValueError, TypeError, KeyError):
        return None
