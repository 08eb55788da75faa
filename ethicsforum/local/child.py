"""One supervised process: how it starts, what it says, how it ended."""

import os
import re
import signal
import subprocess
import time
from contextlib import suppress
from dataclasses import dataclass, field

from ethicsforum.local.lifelines import tie_child
from ethicsforum.local.voice import Voice

HEALTHY = 10.0
"""Seconds of life after which a death is not called "at once" any more."""

LONGEST_PAUSE = 10.0

NOTHING = r"(?!)"


@dataclass(frozen=True)
class Plan:
    name: str
    command: list[str]
    environment: dict[str, str] = field(default_factory=dict)
    when_orphaned: int = signal.SIGTERM
    """What the process gets when the supervisor was killed."""
    hushed: str = NOTHING
    """A line that matches this pattern tells the reader nothing."""


class Outlet:
    """The end of a process's pipe that the supervisor reads, line by line."""

    def __init__(self, plan: Plan, descriptor: int, voice: Voice) -> None:
        self.descriptor = descriptor
        self._plan = plan
        self._voice = voice
        self._rest = b""
        os.set_blocking(descriptor, False)

    def pump(self) -> bool:
        """Say what is there; False when no process holds the other end any more."""
        try:
            data = os.read(self.descriptor, 65536)
        except BlockingIOError:
            return True
        *lines, self._rest = (self._rest + data).split(b"\n")
        if not data:
            lines.append(self._rest)
        for line in lines:
            self._say(line.decode(errors="replace"))
        return bool(data)

    def _say(self, line: str) -> None:
        if line.strip() and not re.search(self._plan.hushed, line):
            self._voice.say(line, self._plan.name)


class Child:
    def __init__(self, plan: Plan, voice: Voice, folder: str, lock: int) -> None:
        self.plan = plan
        self.name = plan.name
        self.start_at = 0.0
        self._voice = voice
        self._folder = folder
        self._lock = lock
        self._process: subprocess.Popen[bytes] | None = None
        self._started = 0.0
        self._quick_deaths = 0

    def start(self) -> Outlet:
        reading, writing = os.pipe()
        try:
            self._process = self._spawn(writing)
        finally:
            os.close(writing)
        self._started = time.monotonic()
        return Outlet(self.plan, reading, self._voice)

    def _spawn(self, output: int) -> subprocess.Popen[bytes]:
        return subprocess.Popen(  # noqa: S603  # the command is this package's own
            self.plan.command,
            cwd=self._folder,
            env={**os.environ, "PYTHONUNBUFFERED": "1", **self.plan.environment},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            # The lock on DATA_DIR lasts as long as any process that uses it.
            pass_fds=[self._lock],
            # A terminal's Ctrl-C reaches the supervisor alone.
            start_new_session=True,
            # Safe although it is Python between fork and exec: there are no threads.
            preexec_fn=tie_child(self.plan.when_orphaned),  # noqa: PLW1509
        )

    @property
    def alive(self) -> bool:
        return self._process is not None and self._process.poll() is None

    def death(self) -> str | None:
        """How it ended, if it has ended since the last start."""
        if self._process is None or self._process.poll() is None:
            return None
        return _end(self._process.returncode)

    def bury(self) -> float:
        """Clear away what the dead process left; the pause before the next start."""
        self.kill_group()
        self._process = None
        lived = time.monotonic() - self._started
        self._quick_deaths = 0 if lived > HEALTHY else self._quick_deaths + 1
        pause = self._pause()
        self.start_at = time.monotonic() + pause
        return pause

    def _pause(self) -> float:
        if self._quick_deaths < 2:
            return 0.0
        return min(2.0 ** (self._quick_deaths - 2), LONGEST_PAUSE)

    @property
    def due(self) -> bool:
        return self._process is None and time.monotonic() >= self.start_at

    def terminate(self) -> None:
        """Ask the main process; it knows how to end its own children."""
        if self._process and self._process.poll() is None:
            self._process.terminate()

    def kill_group(self) -> None:
        """End the process and whatever it started, now."""
        if self._process:
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()


def _end(code: int) -> str:
    if code < 0:
        return f"was killed by {signal.Signals(-code).name}"
    return f"ended with exit code {code}"
