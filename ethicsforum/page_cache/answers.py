"""One answer that is kept: compressed once, with the reply to those who have it."""

import gzip
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import blake2b
from typing import Any, Self

import brotli

from ethicsforum.page_cache.memory import Remembered
from ethicsforum.page_cache.tally import tally

Headers = list[tuple[str, str]]

ANEW = frozenset(
    ["content-length", "content-encoding", "etag", "vary", "x-request-id", "server"]
)
"""Headers of a single answer, or that each form of it has its own of."""
IN_304 = frozenset(["cache-control", "surrogate-key", "content-location", "expires"])


@dataclass(frozen=True)
class Form:
    """The answer in one encoding."""

    etag: str
    body: bytes
    headers: Headers
    brief: Headers
    """What goes with a 304."""


@dataclass
class Kept(Remembered):
    headers: Headers
    body: bytes
    forms: dict[str, Form] = field(default_factory=dict)

    @classmethod
    def of(
        cls, headers: Headers, body: bytes, keys: frozenset[str], started: float
    ) -> Self:
        lasting = [pair for pair in headers if pair[0].lower() not in ANEW]
        # Compressed forms are a part of the plain one.
        return cls(keys, 2 * len(body) + 2_000, started, lasting, body)

    def form(self, encoding: str) -> Form:
        found = self.forms.get(encoding)
        if found is None:
            found = self.forms[encoding] = _formed(self, encoding)
        return found

    def answer(self, environ: dict[str, Any], start_response: Any) -> list[bytes]:
        form = self.form(best_encoding(environ.get("HTTP_ACCEPT_ENCODING", "")))
        known = environ.get("HTTP_IF_NONE_MATCH")
        if known is not None and is_known(form.etag, known):
            tally.not_modified += 1
            start_response("304 Not Modified", form.brief)
            return []
        start_response("200 OK", form.headers)
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [form.body]


@lru_cache(maxsize=256)
def best_encoding(accepted: str) -> str:
    """`br`, `gzip` or `identity`, by what a browser says it reads (RFC 9110 12.5.3)."""
    weights = dict(_weighed(part) for part in accepted.lower().split(","))
    for name in ("br", "gzip"):
        if weights.get(name, weights.get("*", 0.0)) > 0:
            return name
    return "identity"


def _weighed(part: str) -> tuple[str, float]:
    name, _, rest = part.partition(";")
    weight = rest.strip().removeprefix("q=")
    try:
        return name.strip(), float(weight or 1)
    except ValueError:
        return name.strip(), 0.0


def is_known(etag: str, known: str) -> bool:
    """Compared weakly, as If-None-Match is (RFC 9110 13.1.2)."""
    if known == etag:
        return True
    tags = (tag.strip().removeprefix("W/") for tag in known.split(","))
    return known == "*" or etag in tags


def _formed(kept: Kept, encoding: str) -> Form:
    body = _compressed(kept.body, encoding)
    etag = f'"{blake2b(kept.body, digest_size=12).hexdigest()}-{encoding[:2]}"'
    shared = [("ETag", etag), ("Vary", "Accept-Encoding, Cookie")]
    own = [("Content-Length", str(len(body)))]
    if encoding != "identity":
        own.append(("Content-Encoding", encoding))
    brief = _only(kept.headers, IN_304)
    return Form(etag, body, [*kept.headers, *shared, *own], [*brief, *shared])


def _compressed(body: bytes, encoding: str) -> bytes:
    if encoding == "br":
        compressed: bytes = brotli.compress(body, quality=5)
        return compressed
    return gzip.compress(body, 6, mtime=0) if encoding == "gzip" else body


def _only(headers: Iterable[tuple[str, str]], names: frozenset[str]) -> Headers:
    return [pair for pair in headers if pair[0].lower() in names]
