"""Ties a process to the life of the one that started it (on Linux)."""

import ctypes
import os
import re
import signal
import sys
from collections.abc import Callable
from pathlib import Path

PR_SET_PDEATHSIG = 1

_libc = ctypes.CDLL(None) if sys.platform == "linux" else None


def tie_child(number: int) -> Callable[[], None]:
    """To be run in a new child: it gets this signal when its starter is gone.

    "Gone" is the end of the starter's thread, so the main thread starts the child.
    """
    starter = os.getpid()

    def tie() -> None:
        _ask_for(number)
        if os.getppid() != starter:
            os.kill(os.getpid(), number)

    return tie


class Make:
    """The make that started this process; when it ends, so does this process.

    make passes SIGTERM on to its children. When it is killed the kernel tells them.
    A SIGINT for make alone it keeps to itself: it stops catching the signal and
    waits for its children, for ever. That can only be seen from outside.
    """

    def __init__(self) -> None:
        self._process = os.getppid()
        _ask_for(signal.SIGTERM)
        if os.getppid() != self._process:
            os.kill(os.getpid(), signal.SIGTERM)
        self._caught = self._catches_interrupt()

    def interrupted(self) -> bool:
        return self._caught and not self._catches_interrupt()

    def _catches_interrupt(self) -> bool:
        try:
            status = Path(f"/proc/{self._process}/status").read_text()
        except OSError:
            return False
        caught = re.search(r"^SigCgt:\s*([0-9a-f]+)$", status, re.MULTILINE)
        return bool(caught and int(caught[1], 16) & 1 << signal.SIGINT - 1)


def _ask_for(number: int) -> None:
    if _libc is not None:
        _libc.prctl(PR_SET_PDEATHSIG, int(number), 0, 0, 0)
