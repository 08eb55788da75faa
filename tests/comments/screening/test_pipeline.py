"""Promise 5: a screener that fails holds."""

from datetime import UTC, datetime
from typing import Any

import pytest

from comments.screening.facts import Facts, Finding, Outcome, Thresholds
from comments.screening.pipeline import judge
from comments.screening.rules import SCREENERS

LIMITS = Thresholds()
REJECTS = Finding("refused-before", Outcome.REJECT, rule="advertising")
HOLDS = Finding("links", Outcome.HOLD)


def says(finding: Any) -> Any:
    def screener(facts: Facts, limits: Thresholds) -> Any:
        return finding

    return screener


def crashes(facts: Facts, limits: Thresholds) -> Finding | None:
    raise RuntimeError


def test_silence_publishes() -> None:
    assert judge(Facts("x"), LIMITS, [says(None)]).outcome == Outcome.PUBLISH


def test_one_hold_holds_and_all_that_spoke_are_named() -> None:
    verdict = judge(Facts("x"), LIMITS, [says(HOLDS), says(None), says(HOLDS)])
    assert verdict.outcome == Outcome.HOLD
    assert verdict.findings == (HOLDS, HOLDS)


def test_a_certain_rejection_outweighs_a_hold() -> None:
    assert judge(Facts("x"), LIMITS, [says(HOLDS), says(REJECTS)]).outcome == "reject"


def test_a_crash_holds() -> None:
    verdict = judge(Facts("x"), LIMITS, [crashes])
    assert verdict.outcome == Outcome.HOLD
    assert verdict.findings[0].saw == {"screener": "crashes"}


def test_a_crash_beside_a_rejection_still_holds() -> None:
    assert judge(Facts("x"), LIMITS, [says(REJECTS), crashes]).outcome == Outcome.HOLD


@pytest.mark.parametrize("nonsense", [True, "publish", 1, {"outcome": "publish"}])
def test_nonsense_holds(nonsense: object) -> None:
    assert judge(Facts("x"), LIMITS, [says(nonsense)]).outcome == Outcome.HOLD


def test_an_ordinary_comment_of_a_known_member_is_published() -> None:
    facts = Facts("I see it differently, and here is why.", author_accepted=5)
    assert judge(facts, LIMITS).outcome == Outcome.PUBLISH


def test_only_one_screener_can_reject() -> None:
    worst = Facts(
        "LOUD " * 50,
        links=("https://a.org",) * 50,
        author_recent=99,
        author_limited=datetime(2026, 1, 1, tzinfo=UTC),
        repeats=99,
        refused_before="person",
        under_review=True,
    )
    verdict = judge(worst, LIMITS)
    assert len(verdict.findings) >= len(SCREENERS) - 2
    assert verdict.outcome == Outcome.HOLD


def test_findings_survive_json() -> None:
    assert HOLDS.as_json() == {
        "screener": "links",
        "outcome": "hold",
        "saw": {},
        "rule": None,
    }
