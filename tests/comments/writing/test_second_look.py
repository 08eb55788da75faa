"""Would this text wait for a moderator, and why: asked before it is sent."""

from typing import Any

import pytest

from comments.models import Rule, WatchedWord
from comments.writing import second_look as module
from comments.writing.second_look import second_look
from tests import build, cast

pytestmark = pytest.mark.django_db

LINKS = "https://a.example https://b.example https://c.example"


def why(text: str, **options: Any) -> str:
    return "; ".join(second_look(text, author=cast.ben(), **options).why)


def test_an_ordinary_text_has_nothing_to_hear_not_even_from_somebody_new() -> None:
    assert not second_look("An ordinary thought.", author=cast.ben())


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (LINKS, "more links than usual"),
        ("A LOUD THOUGHT THAT GOES ON AND ON WITHOUT A PAUSE, LOUD", "capitals"),
        ("What a blockhead.", "a word that moderators look at"),
    ],
)
def test_what_its_writer_can_change(text: str, says: str) -> None:
    WatchedWord.objects.create(phrase="blockhead")
    assert says in why(text)


def test_all_that_speaks_is_said() -> None:
    WatchedWord.objects.create(phrase="blockhead")
    assert "; " in why(f"blockhead {LINKS}")


def test_the_same_text_again() -> None:
    made = build.published(author=cast.ben(), body="Word for word.")
    assert "posted before" in why("word  for WORD.")
    assert not why("word for word.", editing=made)
    assert not second_look("Word for word.", author=cast.cleo())


def test_a_text_that_was_refused_would_wait_or_come_back() -> None:
    build.rejected(author=cast.cleo(), body="Buy my wonderful clocks today.")
    Rule.objects.update(repeat_is_certain=False)
    look = second_look("Buy my wonderful clocks today.", author=cast.ben())
    assert "refused the same text" in look.why[0]
    assert not look.is_refusal
    Rule.objects.update(repeat_is_certain=True)
    assert second_look("Buy my wonderful clocks today.", author=cast.ben()).is_refusal


def test_when_it_fails_it_has_seen_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*args: Any, **fields: Any) -> Any:
        raise RuntimeError

    monkeypatch.setattr(module, "watched_words", broken)
    assert not why(LINKS)


def test_a_screener_that_fails_says_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(facts: Any, limits: Any) -> Any:
        raise RuntimeError

    monkeypatch.setattr(module, "CHANGEABLE", (broken,))
    assert not why(LINKS)


def test_when_it_takes_long_it_is_too_late(monkeypatch: pytest.MonkeyPatch) -> None:
    ticks = iter([0.0, 2.5])
    monkeypatch.setattr(module, "monotonic", lambda: next(ticks))
    assert not why(LINKS)


def test_it_writes_nothing_and_asks_little(django_assert_num_queries: Any) -> None:
    ben = cast.ben()
    with django_assert_num_queries(4) as asked:
        second_look(LINKS, author=ben)
    assert all(query["sql"].startswith("SELECT") for query in asked.captured_queries)
