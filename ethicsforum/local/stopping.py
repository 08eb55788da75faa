"""Ctrl-C, SIGTERM and SIGHUP, as one exception in the main thread."""

import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from ethicsforum.local.lifelines import Make

STOPPING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)

SAME_WISH = 1.0
"""Seconds in which a second signal is the first one's echo: make passes SIGTERM on."""


class Stop(BaseException):
    """Somebody asked for the end. No `except Exception` may swallow it."""


class Signals:
    def __init__(self, make: Make | None = None) -> None:
        self.hurried = False
        self._make = make
        self._asked: str | None = None
        self._asked_at = 0.0
        self._held = False

    def listen(self) -> None:
        for number in STOPPING:
            # What nohup starts outlives its terminal. (A shell that ignores Ctrl-C
            # for `make run &` only means that the terminal's is not for it.)
            nohup = signal.getsignal(number) is signal.SIG_IGN
            if not (nohup and number == signal.SIGHUP):
                signal.signal(number, self._received)

    def check(self) -> None:
        """Raise Stop if it was asked for and the raise was lost, or make was asked."""
        if self._make and self._make.interrupted():
            self._asked = signal.SIGINT.name
        if self._asked:
            raise Stop(self._asked)

    @contextmanager
    def held(self) -> Iterator[None]:
        """No interruption inside; it comes at the end instead."""
        self._held = True
        try:
            yield
        finally:
            self._held = False
        self.check()

    def _received(self, number: int, frame: FrameType | None) -> None:
        if self._asked is None:
            self._asked = signal.Signals(number).name
            self._asked_at = time.monotonic()
            if not self._held:
                raise Stop(self._asked)
        elif time.monotonic() - self._asked_at > SAME_WISH:
            # The stop is under way already; an impatient Ctrl-C hurries it.
            self.hurried = self.hurried or number == signal.SIGINT
