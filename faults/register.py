"""The faults by name: each does its harm, puts things right again, and returns."""

from collections.abc import Callable
from dataclasses import dataclass

from faults.forum import Forum

Harm = Callable[[Forum], None]
Condition = Callable[[Forum], str]


def always(_forum: Forum) -> str:
    return ""


@dataclass(frozen=True)
class Fault:
    name: str
    harm: Harm
    unless: Condition
    """Why it can't be had here; empty when it can."""
    may_drop: bool
    """Whether a connection may break: its web process is killed."""


FAULTS: dict[str, Fault] = {}


def fault(
    name: str, *, unless: Condition = always, may_drop: bool = False
) -> Callable[[Harm], Harm]:
    def register(harm: Harm) -> Harm:
        FAULTS[name] = Fault(name, harm, unless, may_drop)
        return harm

    return register
