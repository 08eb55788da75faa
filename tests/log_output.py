"""What the log really says: the lines as the site's own handler writes them."""

import io
import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from ethicsforum import log_lines

ROUTINE = ("ethicsforum.requests", "ethicsforum.tasks")
"""Quiet in local mode, which tests run in."""


class Output:
    def __init__(self) -> None:
        self.stream = io.StringIO()

    @property
    def text(self) -> str:
        return self.stream.getvalue()

    @property
    def lines(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.text.splitlines()]

    def of(self, logger: str) -> list[dict[str, Any]]:
        return [line for line in self.lines if line["logger"] == logger]

    def events(self) -> list[str]:
        return [line["event"] for line in self.of("ethicsforum.security")]


@contextmanager
def captured(*, for_machines: bool = True) -> Iterator[Output]:
    output = Output()
    handler = logging.StreamHandler(output.stream)
    handler.setFormatter(log_lines.formatter(for_machines=for_machines))
    where = logging.getLogger(), logging.getLogger("django")
    routine = [logging.getLogger(name) for name in ROUTINE]
    before = [logger.level for logger in routine]
    for logger in where:
        logger.addHandler(handler)
    for logger in routine:
        logger.setLevel(logging.INFO)
    yield output
    for logger, level in zip(routine, before, strict=True):
        logger.setLevel(level)
    for logger in where:
        logger.removeHandler(handler)
