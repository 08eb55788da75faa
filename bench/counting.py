"""How many queries one request costs, asked of the application in this process."""

import io
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from importlib import import_module
from typing import Any
from wsgiref.util import setup_testing_defaults

from django.db import connection

HEARING = 1.0

Environ = dict[str, Any]


def queries(target: str, first: bytes, second: bytes) -> int:
    """Of the second request, once the first has warmed what can be warm."""
    application = import_module(target).application
    _answer(application, first)
    _hear(target)
    _answer(application, first)
    with _counted() as seen:
        _answer(application, second)
    return len(seen)


@cache
def _hear(target: str) -> None:
    """The page cache believes its memory once it hears of what is stale."""
    time.sleep(HEARING)


def environ_of(request: bytes) -> Environ:
    head, _, body = request.partition(b"\r\n\r\n")
    line, *lines = head.decode().split("\r\n")
    method, target, _ = line.split(" ")
    path, _, query = target.partition("?")
    environ: Environ = {
        "REQUEST_METHOD": method,
        "PATH_INFO": path,
        "QUERY_STRING": query,
        "REMOTE_ADDR": "127.0.0.1",
        "wsgi.input": io.BytesIO(body),
    }
    for name, _, value in (line.partition(": ") for line in lines):
        key = name.upper().replace("-", "_")
        environ[key if key.startswith("CONTENT_") else f"HTTP_{key}"] = value
    setup_testing_defaults(environ)
    return environ


def _answer(application: Callable[..., Iterable[bytes]], request: bytes) -> None:
    answer = application(environ_of(request), lambda *begun: None)
    try:
        for _ in answer:
            pass
    finally:
        close = getattr(answer, "close", None)
        if close is not None:
            close()


@contextmanager
def _counted() -> Iterator[list[str]]:
    seen: list[str] = []

    def record(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        seen.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(record):
        yield seen
