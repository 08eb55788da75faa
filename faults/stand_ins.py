"""A classifier and a mail server of our own, which wait or refuse when told to."""

import json
import re
import select
import socket
import socketserver
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from bench.wire import ADDRESS

LONGEST = 60.0
"""Seconds that nothing is held longer."""
MESSAGE_ID = re.compile(rb"^Message-ID: *(\S+)", re.IGNORECASE | re.MULTILINE)


class Gate:
    """Whoever comes to it while it is closed waits, and is counted."""

    def __init__(self) -> None:
        self._open = threading.Event()
        self._open.set()
        self._lock = threading.Lock()
        self.waiting = 0

    def close(self) -> None:
        self._open.clear()

    def open(self) -> None:
        self._open.set()

    def pass_(self) -> None:
        if self._open.is_set():
            return
        with self._lock:
            self.waiting += 1
        self._open.wait(LONGEST)
        with self._lock:
            self.waiting -= 1


class Classifier(ThreadingHTTPServer):
    """Finds everything harmless."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__((ADDRESS, 0), _Question)
        self.gate = Gate()

    @property
    def url(self) -> str:
        return f"http://{ADDRESS}:{self.server_port}/"

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Whoever asked was killed: that is what we are here for."""


class _Question(BaseHTTPRequestHandler):
    server: Classifier

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self.server.gate.pass_()
        answer = json.dumps({"score": 0.01, "model": "stand-in 1"}).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *_args: Any) -> None:
        """Nothing that anybody would read."""


class MailServer(socketserver.ThreadingTCPServer):
    """Keeps what it took by Message-ID."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self) -> None:
        super().__init__((ADDRESS, 0), _Talk)
        self.taken: Counter[str] = Counter()
        self.refused = 0
        self.refuses = False
        self.before_taking, self.after_taking = Gate(), Gate()

    @property
    def url(self) -> str:
        return f"smtp://{ADDRESS}:{self.server_address[1]}"

    @property
    def doubles(self) -> int:
        return sum(times - 1 for times in self.taken.values())

    def take(self, mail: bytes) -> None:
        found = MESSAGE_ID.search(mail)
        self.taken[found[1].decode() if found else "none"] += 1

    def handle_error(self, request: Any, client_address: Any) -> None:
        """As above."""


class _Talk(socketserver.StreamRequestHandler):
    server: MailServer

    def handle(self) -> None:
        self._say("220 stand-in")
        for line in self.rfile:
            word = line[:4].upper().strip()
            if word == b"DATA":
                self._data()
            elif word == b"QUIT":
                self.server.after_taking.pass_()
                self._say("221 bye")
                return
            elif word == b"MAIL" and self.server.refuses:
                self.server.refused += 1
                self._say("451 come again later")
            else:
                self._say("250 fine")

    def _data(self) -> None:
        self._say("354 go on")
        lines: list[bytes] = []
        for line in self.rfile:
            if line.rstrip(b"\r\n") == b".":
                self.server.before_taking.pass_()
                if self._is_heard():
                    self._say("250 taken")
                    self.server.take(b"".join(lines))
                return
            lines.append(line)

    def _is_heard(self) -> bool:
        """Nothing is taken from who is not there any more to hear of it."""
        ready, _, _ = select.select([self.connection], [], [], 0)
        return not ready or bool(self.connection.recv(1, socket.MSG_PEEK))

    def _say(self, words: str) -> None:
        self.wfile.write(words.encode() + b"\r\n")
        self.wfile.flush()


@contextmanager
def serving(server: socketserver.BaseServer) -> Iterator[None]:
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()
