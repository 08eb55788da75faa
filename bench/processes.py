"""Processes that the benchmark and the faults start, on a core of their own kind, and
what they cost. Linux tells it in /proc; elsewhere nothing is pinned or told."""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from ethicsforum.local.lifelines import tie_child

PATIENCE = 10.0
LONGEST = 3600.0
"""Seconds for one site, or for building one."""
PROC = Path("/proc")
UTIME, STIME, SESSION, RSS = 11, 12, 3, 21
"""Places in /proc/PID/stat, counted from the state."""


@dataclass(frozen=True)
class Cores:
    """The site has one core, the load another; with a single core they share it."""

    site: int | None
    load: int | None

    @classmethod
    def of_this_machine(cls) -> "Cores":
        if not hasattr(os, "sched_getaffinity") or not shutil.which("taskset"):
            return cls(None, None)
        free = sorted(os.sched_getaffinity(0))
        return cls(free[0], free[-1]) if len(free) > 1 else cls(None, None)


@dataclass(frozen=True)
class Spent:
    cpu: float
    """Seconds of all its processes."""
    megabytes: float
    """Of the largest of them."""


def pinned(command: Sequence[str], core: int | None) -> list[str]:
    return [*([] if core is None else ["taskset", "-c", str(core)]), *command]


def start(
    command: Sequence[str],
    environment: Mapping[str, str] | None = None,
    log: IO[bytes] | None = None,
) -> "subprocess.Popen[bytes]":
    """In a session of its own; what it says goes into the log, or its errors here."""
    return subprocess.Popen(  # noqa: S603  # a command of this repository
        list(command),
        env={**os.environ, **(environment or {})},
        stdin=subprocess.DEVNULL,
        stdout=log or subprocess.DEVNULL,
        stderr=log,
        start_new_session=True,
        # Whatever ends the one who started it ends it too.
        preexec_fn=tie_child(signal.SIGTERM),  # noqa: PLW1509  # one small call to the kernel
    )


@contextmanager
def running(
    command: Sequence[str],
    core: int | None = None,
    environment: Mapping[str, str] | None = None,
) -> Iterator[int]:
    """Gives its id, which is also that of its session."""
    process = start(pinned(command, core), environment)
    try:
        yield process.pid
    finally:
        end(process)


def wait_for(command: Sequence[str], environment: Mapping[str, str]) -> None:
    """Run it to its end; when this process is told to stop, so is that one, and has
    the time to end what it started itself."""
    process = subprocess.Popen(  # noqa: S603  # a command of this package
        list(command),
        env={**os.environ, **environment},
        start_new_session=True,
        preexec_fn=tie_child(signal.SIGTERM),  # noqa: PLW1509  # the same
    )
    try:
        code = process.wait(LONGEST)
    finally:
        process.terminate()
        process.wait()
    if code:
        raise SystemExit(f"{' '.join(command)} ended with exit code {code}")


def stop_when_told() -> None:
    """SIGTERM unwinds what is open instead of leaving it behind."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))


def spent(session: int) -> Spent:
    found = list(_of_session(session))
    ticks = sum(int(one[UTIME]) + int(one[STIME]) for one in found)
    pages = max((int(one[RSS]) for one in found), default=0)
    cpu = ticks / os.sysconf("SC_CLK_TCK")
    return Spent(cpu, pages * os.sysconf("SC_PAGE_SIZE") / 1_000_000)


def _of_session(session: int) -> Iterator[list[str]]:
    for file in PROC.glob("[0-9]*/stat"):
        with suppress(OSError):
            stat = file.read_text().rpartition(")")[2].split()
            if stat[SESSION] == str(session):
                yield stat


def end(process: "subprocess.Popen[bytes]") -> None:
    """Politely, and with all that it started."""
    process.terminate()
    with suppress(subprocess.TimeoutExpired):
        process.wait(PATIENCE)
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
