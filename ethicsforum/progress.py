"""Long work shows itself: how far it has come, how fast, and what is left.

On a terminal one line that moves; elsewhere a line every ten seconds. Ctrl-C ends it
with a word about what is done and how to go on, so work comes in pieces that stay.
"""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import TextIO

STOPPED = 130
"""What a shell calls a program that Ctrl-C ended."""
SECONDS_BETWEEN = {True: 0.2, False: 10.0}
"""Two lines, on a terminal and elsewhere."""
CLEAR_LINE = "\r\x1b[K"

Clock = Callable[[], float]


class Progress:
    def __init__(
        self, things: str, total: int, out: TextIO, clock: Clock = time.monotonic
    ) -> None:
        self.things, self.total, self.done = things, total, 0
        self._out, self._clock = out, clock
        self._on_terminal = out.isatty()
        self._begun = self._told = 0.0

    def add(self, count: int = 1) -> None:
        now = self._clock()
        if not self.done:
            # What came before the first of them tells nothing of their rate.
            self._begun = self._told = now
        self.done += count
        if now - self._told >= SECONDS_BETWEEN[self._on_terminal]:
            self._told = now
            self._tell(self.line(now))

    def line(self, now: float) -> str:
        rate = self.done / max(now - self._begun, 0.001)
        share = 100 * self.done // max(self.total, 1)
        words = f"{self.so_far()} ({share} %), {rate:,.0f} a second"
        left = max(self.total - self.done, 0) / rate if rate else 0
        return f"{words}, {timedelta(seconds=round(left))} left"

    def so_far(self) -> str:
        return f"{self.done:,} of {self.total:,} {self.things}"

    def clear(self) -> None:
        """Whatever is written next begins a line."""
        if self._on_terminal:
            self._out.write(CLEAR_LINE)
            self._out.flush()

    def _tell(self, line: str) -> None:
        self._out.write(f"{CLEAR_LINE}{line}" if self._on_terminal else f"{line}\n")
        self._out.flush()


@contextmanager
def shown(
    things: str, total: int, *, stopped: str, out: TextIO | None = None
) -> Iterator[Progress]:
    """`stopped` says what Ctrl-C leaves, and how to go on."""
    progress = Progress(things, total, out or sys.stderr)
    try:
        yield progress
    except KeyboardInterrupt:
        progress.clear()
        (out or sys.stderr).write(f"Stopped after {progress.so_far()}. {stopped}\n")
        raise SystemExit(STOPPED) from None
    progress.clear()
