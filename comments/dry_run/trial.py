"""What a dry run found."""

from dataclasses import dataclass
from typing import Any, NamedTuple

from django.utils.translation import gettext_lazy as _

from comments.screening.facts import Outcome, Verdict
from comments.screening.reasons import for_moderator
from comments.screening.replay import Past
from comments.states import REFUSED, WAITING, State

MOST_SHOWN = 50
CHANGES = {
    Outcome.PUBLISH: _("no longer held"),
    Outcome.HOLD: _("newly held"),
    Outcome.REJECT: _("rejected by the machine"),
}


class Screened(NamedTuple):
    """A text that was screened, and what became of it."""

    past: Past
    state: str
    decided_by_human: str | None

    @property
    def approved(self) -> bool:
        return self.decided_by_human == State.PUBLISHED

    @property
    def became(self) -> Any:
        if self.approved:
            return _("approved by a moderator")
        if self.state in REFUSED:
            by_human = self.decided_by_human is not None
            return _("refused by a moderator") if by_human else _("refused by machine")
        if self.state in WAITING:
            return _("waiting")
        if self.state == State.WITHDRAWN:
            return _("taken back by its author")
        return _("published by the machine")


@dataclass(frozen=True)
class Tried:
    """One text under today's settings and under those that are tried."""

    text: Screened
    today: Verdict
    tried: Verdict

    @property
    def change(self) -> str:
        """Empty when the settings agree about it."""
        if self.today.outcome == self.tried.outcome:
            return ""
        return str(CHANGES[self.tried.outcome])

    @property
    def why(self) -> list[str]:
        verdict = self.tried if self.tried.findings else self.today
        return [for_moderator(finding) for finding in verdict.as_json()]


@dataclass(frozen=True)
class Trial:
    """The answer of a dry run."""

    texts: list[Tried]
    capped: bool

    @property
    def held(self) -> list[Tried]:
        return [t for t in self.texts if t.tried.outcome == Outcome.HOLD]

    @property
    def approved(self) -> int:
        return sum(t.text.approved for t in self.held)

    @property
    def held_today(self) -> int:
        return sum(t.today.outcome == Outcome.HOLD for t in self.texts)

    @property
    def newly_held(self) -> int:
        return sum(bool(t.change) for t in self.held)

    @property
    def no_longer_held(self) -> int:
        return self.held_today - (len(self.held) - self.newly_held)

    @property
    def rejected(self) -> int:
        return sum(t.tried.outcome == Outcome.REJECT for t in self.texts)

    @property
    def rejected_today(self) -> int:
        return sum(t.today.outcome == Outcome.REJECT for t in self.texts)

    @property
    def touched(self) -> list[Tried]:
        """Those about which the settings differ come first, then the newest."""
        touched = [t for t in self.texts if t.change or t.tried.findings]
        return sorted(touched, key=lambda t: (not t.change, -t.text.past.written.pk))

    @property
    def shown(self) -> list[Tried]:
        return self.touched[:MOST_SHOWN]

    @property
    def left_out(self) -> int:
        return max(0, len(self.touched) - MOST_SHOWN)
