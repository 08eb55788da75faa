import pytest

from comments.screening.facts import Facts, Thresholds
from comments.screening.pipeline import judge
from comments.screening.reasons import FOR_AUTHORS, FOR_MODERATORS, for_author
from comments.screening.reasons import for_moderator as full


def test_a_finding_reads_as_a_sentence() -> None:
    finding = judge(Facts("x"), Thresholds()).findings[0].as_json()
    assert full(finding) == "New member: 0 of 2 first comments accepted"
    assert for_author(finding).startswith("the first comments of a new member")


def test_the_note_on_a_watched_word_is_for_moderators_only() -> None:
    saw = {"phrases": "casino", "note": "mostly spam"}
    finding = {"screener": "watched-word", "saw": saw}
    assert full(finding) == "Watched word: casino (mostly spam)"
    assert "spam" not in for_author(finding)


@pytest.mark.parametrize("screener", FOR_MODERATORS)
def test_a_finding_of_an_older_version_still_reads(screener: str) -> None:
    assert full({"screener": screener, "saw": {}})
    assert for_author({"screener": screener})


def test_an_unknown_screener_is_shown_by_name() -> None:
    assert full({"screener": "from-the-future", "saw": {}}) == "from-the-future"
    assert "from-the-future" not in FOR_AUTHORS


def test_what_a_member_wrote_is_no_format_string() -> None:
    saw = {"count": 3, "limit": 2, "hosts": "{limit.__class__}"}
    assert "{limit.__class__}" in full({"screener": "links", "saw": saw})
