"""Each screener: when it speaks, what it saw, when it keeps silent."""

import pytest

from comments.screening import rules
from comments.screening.facts import (
    ClassifierAnswer,
    Facts,
    Outcome,
    Thresholds,
    Watched,
)

LIMITS = Thresholds()
OLD_HAND = {"author_accepted": 10}


def test_a_new_member_is_held_until_enough_were_accepted() -> None:
    finding = rules.new_member(Facts("x", author_accepted=1), LIMITS)
    assert finding is not None
    assert finding.outcome == Outcome.HOLD
    assert finding.saw == {"accepted": 1, "needed": 2}
    assert rules.new_member(Facts("x", author_accepted=2), LIMITS) is None


def test_staff_need_no_first_comments() -> None:
    assert rules.new_member(Facts("x", author_is_staff=True), LIMITS) is None


def test_zero_first_comments_lets_everybody_in() -> None:
    limits = Thresholds(first_comments_held=0)
    assert rules.new_member(Facts("x"), limits) is None


def test_links_up_to_the_limit_pass() -> None:
    assert rules.links(Facts("x", links=("https://a.org",) * 2), LIMITS) is None


def test_more_links_are_held_and_hosts_named_once() -> None:
    three = ("https://a.org/1", "https://a.org/2", "http://b.org", "mailto:x@c.org")
    finding = rules.links(Facts("x", links=three), LIMITS)
    assert finding is not None
    assert finding.saw["count"] == 4
    assert finding.saw["hosts"] == "a.org, b.org, mailto:x@c.org"


@pytest.mark.parametrize(
    ("phrase", "text"),
    [
        ("casino", "Visit my CASINO now"),
        ("casino", "ｃａｓｉｎｏ"),
        ("casino", "cas\u200bino"),
        ("crypto*", "cryptocurrencies"),
        ("free money", "FREE   money"),
        ("a.b", "see a.b"),
        ("straße", "STRASSE"),
    ],
)
def test_watched_words_are_found(phrase: str, text: str) -> None:
    watched = (Watched(phrase, rule="advertising", note="look"),)
    finding = rules.watched_words(Facts(text, watched=watched), LIMITS)
    assert finding is not None
    assert finding.rule == "advertising"
    assert finding.saw == {"phrases": phrase, "note": "look"}


@pytest.mark.parametrize(
    ("phrase", "text"),
    [("cas", "casino"), ("ass", "class"), ("a.b", "axb"), ("(a+)+", "aaaa")],
)
def test_other_words_are_not(phrase: str, text: str) -> None:
    assert rules.watched_words(Facts(text, watched=(Watched(phrase),)), LIMITS) is None


def test_the_first_phrase_in_the_text_gives_the_rule() -> None:
    watched = (Watched("b", rule="second"), Watched("a", rule="first"))
    finding = rules.watched_words(Facts("a then b", watched=watched), LIMITS)
    assert finding is not None
    assert finding.rule == "first"
    assert finding.saw["phrases"] == "a, b"


def test_repeats_are_held() -> None:
    assert rules.repeat(Facts("x"), LIMITS) is None
    finding = rules.repeat(Facts("x", repeats=1), LIMITS)
    assert finding is not None
    assert finding.saw == {"count": 1, "hours": 72}


def test_a_flood_is_held_from_the_limit_on() -> None:
    assert rules.flood(Facts("x", author_recent=4), LIMITS) is None
    assert rules.flood(Facts("x", author_recent=5), LIMITS) is not None
    assert (
        rules.flood(Facts("x", author_recent=5, author_is_staff=True), LIMITS) is None
    )


def test_shouting_needs_length_and_capitals() -> None:
    assert rules.shouting(Facts("NASA AND ESA"), LIMITS) is None
    assert rules.shouting(Facts("quiet words " * 10), LIMITS) is None
    finding = rules.shouting(Facts("LOUD WORDS " * 10), LIMITS)
    assert finding is not None
    assert finding.saw == {"percent": 100}


def test_scripts_without_case_never_shout() -> None:
    assert rules.shouting(Facts("日本語の文章です。" * 20), LIMITS) is None


def test_a_certain_repeat_of_a_refused_text_is_rejected() -> None:
    facts = Facts(
        "Buy my wonderful pills today",
        refused_before="advertising",
        refusal_is_certain=True,
    )
    finding = rules.refused_before(facts, LIMITS)
    assert finding is not None
    assert (finding.outcome, finding.rule) == (Outcome.REJECT, "advertising")


def test_a_short_or_uncertain_repeat_is_only_held() -> None:
    short = Facts("No.", refused_before="advertising", refusal_is_certain=True)
    other = Facts("Off the subject, at length", refused_before="question")
    for facts in (short, other):
        finding = rules.refused_before(facts, LIMITS)
        assert finding is not None
        assert finding.outcome == Outcome.HOLD


def test_the_classifier_is_silent_when_off_or_calm() -> None:
    assert rules.classifier(Facts("x"), LIMITS) is None
    assert (
        rules.classifier(Facts("x", classifier=ClassifierAnswer(0.74)), LIMITS) is None
    )


def test_the_classifier_holds_from_its_threshold_on() -> None:
    answer = ClassifierAnswer(0.75, model="m1")
    finding = rules.classifier(Facts("x", classifier=answer), LIMITS)
    assert finding is not None
    assert finding.saw == {"percent": 75, "by": "m1"}
    assert finding.outcome == Outcome.HOLD


@pytest.mark.parametrize(
    "answer", [ClassifierAnswer(failed="away"), ClassifierAnswer(7)]
)
def test_a_classifier_that_fails_holds(answer: ClassifierAnswer) -> None:
    finding = rules.classifier(Facts("x", classifier=answer), LIMITS)
    assert finding is not None
    assert finding.screener == "classifier-failed"
