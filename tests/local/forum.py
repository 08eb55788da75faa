"""A real forum as `make run` starts it: its own port and folder, every line kept."""

import os
import secrets
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
COMMAND = [sys.executable, "-m", "ethicsforum.local"]
READY = "\nEthics Forum is ready at "
PATIENCE = 80.0

SETTINGS = (
    *("DATABASE_URL", "REDIS_URL", "EMAIL_URL", "SECRET_KEY", "ALLOWED_HOSTS"),
    *("DJANGO_DEBUG", "DJANGO_SETTINGS_MODULE", "HOST", "PORT", "DATA_DIR", "SITE_URL"),
)


class Forum:
    def __init__(self, data_dir: Path, command: list[str], **settings: object) -> None:
        self.lock = data_dir / "forum.lock"
        self.port = free_port()
        self._log = data_dir.with_suffix(".log")
        with self._log.open("w") as log:
            self._process = subprocess.Popen(
                command,
                cwd=ROOT,
                env=environment(DATA_DIR=data_dir, PORT=self.port, **settings),
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    @property
    def said(self) -> str:
        return "\n" + self._log.read_text()

    def hear(self, text: str, after: int = 0) -> int:
        """Wait for the text; gives the place where it ends."""
        until(lambda: text in self.said[after:] or not self.runs, text, self._log)
        assert text in self.said[after:], self.said
        return self.said.index(text, after) + len(text)

    @property
    def runs(self) -> bool:
        return self._process.poll() is None

    def answers(self) -> bool:
        address = f"http://127.0.0.1:{self.port}/readyz"
        with suppress(OSError), urllib.request.urlopen(address, timeout=5) as answer:
            return bool(answer.status == 200)
        return False

    def signal(self, number: int) -> None:
        self._process.send_signal(number)

    def wait(self) -> int:
        return self._process.wait(PATIENCE)

    def processes(self) -> dict[int, str]:
        """Every process of this forum, with its command line, children's too."""
        return {pid: _command(pid) for pid in _pids() if _holds(pid, self.lock)}

    def child(self, word: str) -> int:
        """The main process of one of the four."""
        own = [pid for pid in self.processes() if _parent(pid) == self._process.pid]
        return next(pid for pid in own if word in _command(pid))

    def grandchild(self, word: str) -> int:
        parent = self.child(word)
        return next(pid for pid in self.processes() if _parent(pid) == parent)

    def end(self) -> None:
        for process in self.processes():
            with suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)
        self._process.kill()
        self._process.wait()


@contextmanager
def forum(
    data_dir: Path, command: list[str] | None = None, **settings: object
) -> Iterator[Forum]:
    started = Forum(data_dir, command or COMMAND, **settings)
    try:
        yield started
    finally:
        started.end()


def refused(**settings: object) -> str:
    """The one sentence of a start that can't be."""
    done = subprocess.run(
        COMMAND,
        cwd=ROOT,
        env=environment(**settings),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 1
    assert done.stdout == ""
    assert done.stderr.count("\n") == 1
    return done.stderr


def environment(**settings: object) -> dict[str, str]:
    kept = {name: text for name, text in os.environ.items() if name not in SETTINGS}
    return {**kept, **{name: str(value) for name, value in settings.items()}}


def free_port() -> int:
    """Below the range from which outgoing connections take theirs."""
    while True:
        number = 20_000 + secrets.randbelow(12_000)
        with socket.socket() as probe, suppress(OSError):
            probe.bind(("127.0.0.1", number))
            return number


def until(happened: Callable[[], bool], what: str, log: Path | None = None) -> None:
    deadline = time.monotonic() + PATIENCE
    while not happened():
        said = log.read_text() if log else ""
        assert time.monotonic() < deadline, f"waited in vain for {what}\n{said}"
        time.sleep(0.05)


def _pids() -> list[int]:
    return [int(path.name) for path in Path("/proc").iterdir() if path.name.isdigit()]


def _holds(pid: int, lock: Path) -> bool:
    """Does it have the lock open? Every process of a forum inherits it."""
    with suppress(OSError):
        descriptors = list(Path(f"/proc/{pid}/fd").iterdir())
        return any(_target(each) == str(lock) for each in descriptors)
    return False


def _target(link: Path) -> str:
    with suppress(OSError):
        return os.readlink(link)
    return ""


def _command(pid: int) -> str:
    with suppress(OSError):
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode()
    return ""


def _parent(pid: int) -> int:
    with suppress(OSError):
        # The name in parentheses may hold anything; the parent is two words after.
        return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])
    return 0
