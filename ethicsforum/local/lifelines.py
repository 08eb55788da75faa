"""Ties a process to the life of the one that started it (Linux only)."""

import ctypes
import os
import signal
import sys
from collections.abc import Callable

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


def tie_to_parent() -> None:
    """End this process in an orderly way when make, its parent, was killed."""
    parent = os.getppid()
    _ask_for(signal.SIGTERM)
    if os.getppid() != parent:
        os.kill(os.getpid(), signal.SIGTERM)


def _ask_for(number: int) -> None:
    if _libc is not None:
        _libc.prctl(PR_SET_PDEATHSIG, int(number), 0, 0, 0)
