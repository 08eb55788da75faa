"""A real `make run` without make: its own port and folder, every line kept."""

import os
import selectors
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
READY = "Ethics Forum is ready at "
PATIENCE = 60.0

SETTINGS = (
    *("DATABASE_URL", "REDIS_URL", "EMAIL_URL", "SECRET_KEY", "ALLOWED_HOSTS"),
    *("DJANGO_DEBUG", "DJANGO_SETTINGS_MODULE", "HOST", "PORT", "DATA_DIR", "SITE_URL"),
)


def environment(**settings: object) -> dict[str, str]:
    kept = {k: v for k, v in os.environ.items() if k not in SETTINGS}
    return {**kept, **{name: str(value) for name, value in settings.items()}}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        number: int = probe.getsockname()[1]
    return number


def until(happened: Callable[[], bool], what: str, patience: float = PATIENCE) -> None:
    deadline = time.monotonic() + patience
    while not happened():
        assert time.monotonic() < deadline, f"waited in vain for {what}"
        time.sleep(0.02)


class Forum:
    def __init__(self, data_dir: Path, **settings: object) -> None:
        self.data_dir = data_dir
        self.port = settings.pop("PORT", None) or free_port()
        self.said = ""
        self._process = subprocess.Popen(
            [sys.executable, "-m", "ethicsforum.local"],
            cwd=ROOT,
            env=environment(DATA_DIR=data_dir, PORT=self.port, **settings),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        self._reader = selectors.DefaultSelector()
        assert self._process.stdout
        os.set_blocking(self._process.stdout.fileno(), False)
        self._reader.register(self._process.stdout, selectors.EVENT_READ)

    def __enter__(self) -> "Forum":
        return self

    def __exit__(self, *details: object) -> None:
        for process in self.processes():
            os.kill(process, signal.SIGKILL)
        self._process.kill()
        self._process.wait()
        self._reader.close()
        assert self._process.stdout
        self._process.stdout.close()

    @property
    def process(self) -> int:
        return self._process.pid

    def hears(self, text: str, after: int = 0) -> int:
        """Wait for the text; where it ends in what was said."""
        until(lambda: self._listen() and text in self.said[after:], repr(text))
        return self.said.index(text, after) + len(text)

    def _listen(self) -> bool:
        for key, _ in self._reader.select(0):
            self.said += (os.read(key.fd, 65536) or b"").decode()
        assert text_or_alive(self), self.said
        return True
