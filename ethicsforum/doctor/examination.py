"""All examinations at once, each with an end."""

import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial

from django.db import connections

from ethicsforum.doctor import (
    clock,
    configuration,
    database,
    files,
    mail,
    processes,
    redis,
)
from ethicsforum.doctor.finding import Examine, Finding, reason

LONGEST = 30.0
"""Seconds for each part, beside what the workers are given."""


@dataclass
class Part:
    name: str
    examine: Examine
    found: list[Finding] = field(default_factory=list)

    def begin(self) -> None:
        # A daemon: what hangs must not keep the command from ending.
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def wait(self, until: float) -> list[Finding]:
        self._thread.join(max(until - time.monotonic(), 0))
        if self._thread.is_alive():
            late = Finding.broken(
                f"The {self.name} did not answer in time",
                "see whether it is frozen or out of reach",
            )
            return [*self.found, late]
        return self.found

    def _run(self) -> None:
        try:
            self.found.extend(self.examine())
        except Exception as error:
            said = f"{type(error).__name__}: {reason(error)}"
            self.found.append(
                Finding.broken(
                    f"The {self.name} could not be examined ({said})",
                    "mend what the other lines name, and ask again",
                )
            )
        finally:
            connections.close_all()


def parts(*, within: float, send_to: str) -> list[Part]:
    return [
        Part("settings", configuration.examine),
        Part("database", database.examine),
        Part("redis", redis.examine),
        Part("processes", partial(processes.examine, within)),
        Part("mail", partial(mail.examine, send_to)),
        Part("static", files.static_files),
        Part("disk", files.disk),
        Part("clock", clock.examine),
    ]


def examine(
    *, within: float, send_to: str = "", longest: float = LONGEST
) -> Iterator[tuple[str, Finding]]:
    all_parts = parts(within=within, send_to=send_to)
    until = time.monotonic() + longest + within
    for part in all_parts:
        part.begin()
    for part in all_parts:
        for finding in part.wait(until):
            yield part.name, finding
