"""Facts of the time, for texts that are screened again."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from comments.screening.facts import (
    ClassifierAnswer,
    Finding,
    Outcome,
    Thresholds,
    Watched,
)
from comments.screening.replay import (
    Archive,
    Past,
    Refusal,
    Settings,
    Span,
    Written,
    replay,
)

NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)
AUTHOR = 7


def at(minutes: float) -> datetime:
    return NOON + timedelta(minutes=minutes)


def written(pk: int, minutes: float, comment: int = 0, key: str = "") -> Written:
    return Written(pk, comment or pk, AUTHOR, key or f"key {pk}", at(minutes))


def past(row: Written, **fields: Any) -> Past:
    return Past(**{"written": row, "screened_at": row.at, "text": "A text.", **fields})


def settings(**limits: Any) -> Settings:
    return Settings(Thresholds(**{"first_comments_held": 0, **limits}))


def spoke(text: Past, archive: Archive, tried: Settings) -> dict[str, Any]:
    findings = replay(text, archive, tried).findings
    return {finding.screener: finding.saw for finding in findings}


def test_nothing_is_held_for_nothing() -> None:
    verdict = replay(past(written(1, 0)), Archive(), settings())
    assert verdict.outcome == Outcome.PUBLISH


@pytest.mark.parametrize(("minutes", "count"), [(4, 3), (2, 2), (1, 1)])
def test_a_flood_is_what_came_before_within_the_minutes(
    minutes: int, count: int
) -> None:
    rows = [written(pk, minute) for pk, minute in enumerate([0, 2, 3, 4, 5], start=1)]
    archive = Archive(rows)
    tried = settings(flood_minutes=minutes, flood_comments=1)
    said = spoke(past(rows[3]), archive, tried)
    assert said["flood"]["count"] == count


def test_the_texts_of_the_same_comment_are_no_flood_and_no_repeat() -> None:
    rows = [written(pk, pk, comment=1, key="same") for pk in range(1, 5)]
    tried = settings(flood_comments=1)
    assert spoke(past(rows[3]), Archive(rows), tried) == {}


def test_a_repeat_is_the_same_text_within_the_hours() -> None:
    rows = [written(1, 0, key="same"), written(2, 90, key="same"), written(3, 91)]
    archive = Archive(rows)
    assert "repeat" in spoke(past(rows[1]), archive, settings(repeat_hours=2))
    assert "repeat" not in spoke(past(rows[1]), archive, settings(repeat_hours=1))
    assert "repeat" not in spoke(past(rows[0]), archive, settings(repeat_hours=2))


def test_what_was_public_when_it_was_screened_counts_as_accepted() -> None:
    spans = [
        Span(AUTHOR, at(0), None),
        Span(AUTHOR, at(1), at(5)),
        Span(AUTHOR, at(9), None),
    ]
    archive = Archive(spans=spans, accepted={AUTHOR: 2})
    tried = settings(first_comments_held=9)
    accepted = {
        minute: spoke(past(written(5, minute)), archive, tried)["new-member"]
        for minute in (-1, 0, 4, 5, 10)
    }
    counts = {minute: saw["accepted"] for minute, saw in accepted.items()}
    assert counts == {-1: 2, 0: 3, 4: 4, 5: 3, 10: 4}


def test_its_own_comment_is_not_counted_for_it() -> None:
    own = Span(AUTHOR, at(0), None)
    text = past(written(5, 3), own=own)
    said = spoke(text, Archive(spans=[own]), settings(first_comments_held=1))
    assert said["new-member"]["accepted"] == 0


def test_the_article_has_the_last_word_on_first_comments() -> None:
    text = past(written(1, 0), first_comments_held=0)
    assert spoke(text, Archive(), settings(first_comments_held=5)) == {}


def test_who_left_has_no_record() -> None:
    row = Written(2, 2, None, "same", at(1))
    archive = Archive([Written(1, 1, None, "same", at(0)), row])
    said = spoke(past(row), archive, settings(first_comments_held=1, flood_comments=1))
    assert said == {"new-member": {"accepted": 0, "needed": 1}}


def test_a_word_speaks() -> None:
    tried = Settings(Thresholds(first_comments_held=0), (Watched("text*"),))
    assert "watched-word" in spoke(past(written(1, 0)), Archive(), tried)


@pytest.mark.parametrize(
    ("rules", "outcome"),
    [
        ({"spam": True}, Outcome.REJECT),
        ({"spam": False}, Outcome.HOLD),
        ({}, Outcome.PUBLISH),
        ({"other": True}, Outcome.PUBLISH),
    ],
)
def test_a_refusal_counts_by_its_rule(rules: dict[str, bool], outcome: Outcome) -> None:
    archive = Archive(refusals=[Refusal("same", 1, "spam", at(0))])
    text = past(written(2, 1, key="same"), text="Long enough to be certain of.")
    tried = Settings(Thresholds(first_comments_held=0), rules=rules)
    assert replay(text, archive, tried).outcome == outcome


def test_only_an_earlier_refusal_of_another_text_counts() -> None:
    refusals = [Refusal("same", 2, "spam", at(0)), Refusal("same", 3, "spam", at(2))]
    tried = Settings(Thresholds(first_comments_held=0), rules={"spam": True})
    text = past(written(2, 1, key="same"))
    assert spoke(text, Archive(refusals=refusals), tried) == {}


def test_what_the_classifier_said_then_is_judged_now() -> None:
    text = past(written(1, 0), classifier=ClassifierAnswer(0.8, model="m"))
    assert "classifier" in spoke(text, Archive(), settings(classifier_score=0.75))
    assert "classifier" not in spoke(text, Archive(), settings(classifier_score=0.9))


def test_what_no_setting_changes_is_said_again() -> None:
    standing = Finding("limited", Outcome.HOLD, {"until": "2026-02-01"})
    verdict = replay(past(written(1, 0), standing=(standing,)), Archive(), settings())
    assert (verdict.outcome, verdict.findings) == (Outcome.HOLD, (standing,))
