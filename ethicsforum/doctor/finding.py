"""What was found of one part: a sentence, and the cure where one is needed."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Self
from urllib.parse import urlsplit

from django.conf import settings


class State(StrEnum):
    OK = "ok"
    WARNING = "warning"
    SKIPPED = "skipped"
    BROKEN = "broken"


@dataclass(frozen=True)
class Finding:
    state: State
    says: str
    cure: str = ""

    @classmethod
    def ok(cls, says: str) -> Self:
        return cls(State.OK, says)

    @classmethod
    def skipped(cls, says: str) -> Self:
        return cls(State.SKIPPED, says)

    @classmethod
    def warning(cls, says: str, cure: str) -> Self:
        return cls(State.WARNING, says, cure)

    @classmethod
    def broken(cls, says: str, cure: str) -> Self:
        return cls(State.BROKEN, says, cure)

    @property
    def sentence(self) -> str:
        return f"{self.says}: {self.cure}." if self.cure else f"{self.says}."


Findings = Iterator[Finding]
Examine = Callable[[], Findings]


def place(url: str) -> str:
    """Of an address only where it leads, for it may hold a password."""
    parts = urlsplit(url)
    return parts.netloc.rpartition("@")[2] or parts.path


def redis_place() -> str:
    return place(settings.REDIS_URL)


def reason(error: BaseException) -> str:
    """What the system said at the bottom of it; else the error's first line."""
    bottom = error.__cause__ or error.__context__
    for one in (error, bottom):
        if isinstance(one, OSError) and one.strerror:
            return one.strerror
    lines = str(error).strip().splitlines()
    return lines[0].strip().rstrip(".") if lines else type(error).__name__
