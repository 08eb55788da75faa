"""One process of the forum, to be killed, frozen, ended and started again."""

import os
import signal
import subprocess
from contextlib import suppress
from pathlib import Path

from bench.processes import PATIENCE, end, start
from ethicsforum.local.child import Plan


class Process:
    def __init__(self, plan: Plan, log: Path, **environment: str) -> None:
        self.plan = plan
        self._log = log
        self._environment = {**plan.environment, **environment}
        self._process: subprocess.Popen[bytes] | None = None

    def start(self, **environment: str) -> None:
        with self._log.open("ab") as log:
            told = {**self._environment, **environment}
            self._process = start(self.plan.command, told, log)

    @property
    def pid(self) -> int:
        """Also of its session."""
        if self._process is None:
            raise RuntimeError(f"{self.plan.name} does not run")
        return self._process.pid

    def kill(self) -> None:
        """At once, and with all that it started."""
        if self._process is not None:
            with suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait(PATIENCE)
            self._process = None

    @property
    def has_died(self) -> bool:
        """By itself."""
        return self._process is not None and self._process.poll() is not None

    def stop(self) -> None:
        if self._process is not None:
            end(self._process)
            self._process = None

    def tell(self, number: int) -> None:
        """The main process only."""
        os.kill(self.pid, number)

    def freeze(self) -> None:
        os.killpg(self.pid, signal.SIGSTOP)

    def thaw(self) -> None:
        os.killpg(self.pid, signal.SIGCONT)
