"""One web process as the tests see it: the front, and what stands behind it."""

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from ethicsforum.page_cache.front import Application, Front
from ethicsforum.page_cache.listening import Listener
from ethicsforum.page_cache.memory import Memory

Start = Callable[..., None]


@dataclass
class Answer:
    status: str
    headers: dict[str, str]
    body: bytes


@dataclass
class Site:
    """A site of one page that counts how often it was made."""

    headers: list[tuple[str, str]] = field(
        default_factory=lambda: [("Surrogate-Key", "article-1")]
    )
    status: str = "200 OK"
    body: bytes = b"page"
    made: int = 0
    while_making: Callable[[], None] = lambda: None

    def __call__(self, environ: dict[str, Any], start: Start) -> Iterable[bytes]:
        self.made += 1
        body = self.body
        self.while_making()
        start(self.status, list(self.headers))
        return [body]


class Ear(Listener):
    """Hears what a test says, and nothing else."""

    def start(self) -> None:
        pass


class Web:
    def __init__(self, site: Application, *, proxy: bool = False) -> None:
        self.now = 1_000.0
        self.memory = Memory(1_000_000)
        self.listener = Ear("", self.memory)
        self.hears()
        self.front = Front(
            site,
            self.memory,
            self.listener,
            own_cookies=["sessionid", "csrftoken"],
            trusts_proxy=proxy,
            clock=lambda: self.now,
        )

    def hears(self) -> None:
        """As if Redis had just answered, and for ever."""
        self.listener.good_until = math.inf

    def is_deaf(self) -> None:
        self.listener.good_until = 0.0

    def get(self, path: str = "/", **environ: Any) -> Answer:
        begun: list[Any] = []

        def start(status: str, headers: list[tuple[str, str]], *rest: Any) -> None:
            begun[:] = [status, headers]

        query = path.partition("?")[2]
        request = {
            "REQUEST_METHOD": "GET",
            "PATH_INFO": path.partition("?")[0],
            "QUERY_STRING": query,
            "HTTP_HOST": "forum.example",
            "wsgi.url_scheme": "http",
            **environ,
        }
        body = b"".join(self.front(request, start))
        return Answer(begun[0], dict(begun[1]), body)
