"""The classifier slot, against a real server that misbehaves in every way."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar

import pytest

from comments.screening.external import ask


class Handler(BaseHTTPRequestHandler):
    answer: ClassVar[bytes] = b""
    status: ClassVar[int] = 200
    hang: ClassVar[threading.Event] = threading.Event()
    asked: ClassVar[list[bytes]] = []

    def do_POST(self) -> None:
        length = int(self.headers["Content-Length"])
        self.asked.append(self.rfile.read(length))
        if self.path == "/hang":
            self.hang.wait(10)
        self.send_response(self.status)
        self.end_headers()
        self.wfile.write(self.answer)

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture
def server() -> Iterator[str]:
    Handler.asked.clear()
    Handler.hang.clear()
    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as running:
        thread = threading.Thread(target=running.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{running.server_port}"
        Handler.hang.set()
        running.shutdown()
        thread.join()


def test_a_score_is_read(server: str) -> None:
    Handler.answer = b'{"score": 0.25, "model": "m1"}'
    answer = ask("hello", url=server, timeout=5)
    assert (answer.score, answer.model, answer.failed) == (0.25, "m1", "")
    assert json.loads(Handler.asked[0]) == {"text": "hello"}


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"no",
        b"[]",
        b"{}",
        b'{"score": "1"}',
        b'{"score": true}',
        b'{"score": 2}',
        b'{"score": NaN}',
        b'{"score": null}',
        b"\xff\xfe",
        b"[" * 9_000,
    ],
)
def test_nonsense_is_a_failure(server: str, body: bytes) -> None:
    Handler.answer = body
    answer = ask("x", url=server, timeout=5)
    assert answer.score is None
    assert answer.failed


def test_silence_is_a_failure_after_the_timeout(server: str) -> None:
    answer = ask("x", url=f"{server}/hang", timeout=0.2)
    assert answer.score is None
    assert "0.2 seconds" in answer.failed


def test_an_error_status_is_a_failure(server: str) -> None:
    Handler.status = 500
    try:
        assert ask("x", url=server, timeout=5).failed
    finally:
        Handler.status = 200


def test_nobody_there_is_a_failure() -> None:
    assert ask("x", url="http://127.0.0.1:9", timeout=1).failed
