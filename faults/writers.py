"""Members who write, each as a browser would, and what each of them saw."""

import itertools
import re
import threading
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPException

from bench.people import signed_in
from bench.wire import Answer, ask, from_address, post
from comments.models import Comment
from ethicsforum.accounts.models import User

AT_ONCE = 4
ARTICLES = 5
MEMBERS = 100
EACH_REPLIES = 3
"""Each third answers somebody, who hears of it by mail."""
PAUSE = 0.15
FOUND, WAIT = 302, 503
PERMALINK = re.compile(r"/comments/(\d+)/")


@dataclass(frozen=True)
class Sent:
    body: str
    status: int
    """0: no answer came."""
    comment: int
    """What its writer was led to; 0: nowhere."""
    seconds: float
    kept: bool
    """Refused for now, and the answer gives back what was typed."""
    error: str = ""
    """Why no answer came."""

    @property
    def accepted(self) -> bool:
        return self.status == FOUND and self.comment > 0


class Writers:
    def __init__(self, port: int) -> None:
        self.port = port
        self.sent: list[Sent] = []
        people = User.objects.filter(is_staff=False).order_by("pk")[:MEMBERS]
        self._members = list(zip(people, signed_in(people), strict=True))
        self._answerable = _first_comments()
        self._number = itertools.count(1)
        self._lock = threading.Lock()

    def post(self, many: int = 1, port: int | None = None) -> list[Sent]:
        """So many, some at once; back when each has heard or given up."""
        with ThreadPoolExecutor(AT_ONCE) as pool:
            return list(pool.map(lambda _: self._post(port), range(many)))

    @contextmanager
    def writing(self, *ports: int) -> Iterator[None]:
        """Meanwhile they write on and on."""
        ended = threading.Event()
        turn = itertools.cycle(ports or (self.port,))
        threads = [
            threading.Thread(target=self._write_on, args=(next(turn), ended))
            for _ in range(AT_ONCE)
        ]
        for thread in threads:
            thread.start()
        try:
            yield
        finally:
            ended.set()
            for thread in threads:
                thread.join()

    def _write_on(self, port: int, ended: threading.Event) -> None:
        while not ended.is_set():
            self._post(port)
            ended.wait(PAUSE)

    def _post(self, port: int | None) -> Sent:
        number = next(self._number)
        article = 1 + number % ARTICLES
        _, cookie = self._members[number % len(self._members)]
        body = f"Thought {number} of {time.time_ns()}: who decides, and for whom?"
        fields = {"body": body}
        if number % EACH_REPLIES == 0:
            fields["parent"] = str(self._answerable[article])
        came_from = from_address(number)
        path = f"/articles/question-{article}/comments/"
        request = post(path, fields, cookie, X_Forwarded_For=came_from)
        begin = time.perf_counter()
        answer = _answered(port or self.port, request)
        sent = _seen(body, answer, time.perf_counter() - begin)
        with self._lock:
            self.sent.append(sent)
        return sent


def _answered(port: int, request: bytes) -> Answer | str:
    try:
        return ask(port, request)
    except (OSError, HTTPException) as error:
        return repr(error)


def _seen(body: str, answer: Answer | str, seconds: float) -> Sent:
    if isinstance(answer, str):
        return Sent(body, 0, 0, seconds, kept=False, error=answer)
    found = PERMALINK.search(answer.header("location"))
    kept = body.encode() in answer.body
    return Sent(body, answer.status, int(found[1]) if found else 0, seconds, kept)


def _first_comments() -> dict[int, int]:
    """Under each article one that can be answered."""
    rows: Sequence[tuple[int, int]] = list(
        Comment.objects.published()
        .filter(article__lte=ARTICLES, depth=0)
        .order_by("-pk")
        .values_list("article", "pk")
    )
    return dict(rows)
