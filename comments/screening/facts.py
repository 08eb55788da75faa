"""The plain data that screening works on."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any


class Outcome(StrEnum):
    PUBLISH = "publish"
    HOLD = "hold"
    REJECT = "reject"


@dataclass(frozen=True)
class Thresholds:
    """The moderators' settings; ScreeningPolicy is where they are edited."""

    version: int = 1
    first_comments_held: int = 2
    max_links: int = 2
    flood_comments: int = 5
    flood_minutes: int = 5
    repeat_hours: int = 72
    shouting_ratio: float = 0.7
    classifier_score: float = 0.75


@dataclass(frozen=True)
class Watched:
    """A watched word and the house rule it makes one think of."""

    phrase: str
    rule: str | None = None
    note: str = ""


@dataclass(frozen=True)
class Facts:
    """All that a screener may look at."""

    text: str
    links: tuple[str, ...] = ()
    watched: tuple[Watched, ...] = ()
    author_is_staff: bool = False
    author_limited: datetime | None = None
    """Until when a moderator reads all that this author writes."""
    author_accepted: int = 0
    """Comments of this author that are public now."""
    author_recent: int = 0
    """Other comments of this author within the flood minutes."""
    repeats: int = 0
    """Other comments of this author with the same text, within the repeat hours."""
    refused_before: str | None = None
    """Code of the rule under which a moderator refused this very text."""
    refusal_is_certain: bool = False
    """That rule lets the machine refuse the same text again."""
    under_review: bool = False
    """It is an edit of a text that is hidden after reports."""
    classifier: "ClassifierAnswer | None" = None


@dataclass(frozen=True)
class ClassifierAnswer:
    """What the external classifier said; `failed` is why it said nothing usable."""

    score: float | None = None
    model: str = ""
    failed: str = ""


@dataclass(frozen=True)
class Finding:
    """One rule that spoke, and what it saw."""

    screener: str
    outcome: Outcome
    saw: Mapping[str, Any] = field(default_factory=dict)
    rule: str | None = None

    def as_json(self) -> dict[str, Any]:
        return {**asdict(self), "outcome": str(self.outcome), "saw": dict(self.saw)}


@dataclass(frozen=True)
class Verdict:
    outcome: Outcome
    findings: tuple[Finding, ...] = ()

    def as_json(self) -> list[dict[str, Any]]:
        return [finding.as_json() for finding in self.findings]
