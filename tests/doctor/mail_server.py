"""A mail server of a few words, on a real port."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

ANSWERS = {
    "EHLO": b"250-mail.example.org\r\n250 AUTH PLAIN LOGIN\r\n",
    "QUIT": b"221 Good-bye\r\n",
    "DATA": b"354 Go on\r\n",
}


class MailServer:
    def __init__(self, *, lets_in: bool, is_mute: bool) -> None:
        self._answers = dict(ANSWERS)
        accepted = b"235 Come in\r\n" if lets_in else b"535 No\r\n"
        self._answers["AUTH"] = accepted
        self._is_mute = is_mute
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port = self._socket.getsockname()[1]
        self.heard: list[str] = []
        threading.Thread(target=self._serve, daemon=True).start()

    def close(self) -> None:
        self._socket.close()

    def _serve(self) -> None:
        while True:
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return
            with connection, connection.makefile("rwb", 0) as stream:
                if self._is_mute:
                    stream.read()
                    continue
                stream.write(b"220 mail.example.org\r\n")
                for line in stream:
                    self._answer(stream, line.decode().strip())

    def _answer(self, stream: socket.SocketIO, line: str) -> None:
        self.heard.append(line)
        word = line.split(" ", maxsplit=1)[0].upper()
        stream.write(self._answers.get(word, b"250 Yes\r\n"))
        if word == "DATA":
            self._take(stream)

    def _take(self, stream: socket.SocketIO) -> None:
        """A letter is heard to its end, and answered once."""
        for raw in stream:
            line = raw.decode().strip()
            self.heard.append(line)
            if line == ".":
                stream.write(b"250 Taken\r\n")
                return


@contextmanager
def mail_server(*, lets_in: bool = True, is_mute: bool = False) -> Iterator[MailServer]:
    server = MailServer(lets_in=lets_in, is_mute=is_mute)
    yield server
    server.close()
