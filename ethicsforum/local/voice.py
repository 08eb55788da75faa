"""What `make run` says: each line under the name of the process it comes from."""

import contextlib
import os
import select

WIDTH = 6
COLOURS = {"forum": 1, "redis": 31, "web": 36, "worker": 32, "beat": 35}

LONGEST_WRITE = 2048
"""Bytes that a pipe which is writable at all takes without blocking."""

PATIENCE = 1.0
"""Seconds a reader may stop reading before lines are dropped."""


class Voice:
    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor
        self._coloured = os.isatty(descriptor) and "NO_COLOR" not in os.environ
        self._heard = True

    def say(self, text: str, name: str = "forum") -> None:
        for line in text.splitlines():
            self._write(f"{self._label(name)} {line}\n")

    def announce(self, text: str) -> None:
        """A line that stands alone: scripts wait for it."""
        self._write(f"{text}\n")

    def _label(self, name: str) -> str:
        label = f"{name:{WIDTH}} |"
        return f"\033[{COLOURS[name]}m{label}\033[0m" if self._coloured else label

    def _write(self, line: str) -> None:
        data = line.encode(errors="replace")
        # A reader that went away, or sleeps, must not stop the supervisor.
        with contextlib.suppress(OSError):
            for start in range(0, len(data), LONGEST_WRITE):
                if not self._writable():
                    return
                os.write(self._descriptor, data[start : start + LONGEST_WRITE])

    def _writable(self) -> bool:
        wait = PATIENCE if self._heard else 0
        self._heard = bool(select.select([], [self._descriptor], [], wait)[1])
        return self._heard
