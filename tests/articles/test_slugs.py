import pytest

from articles.slugs import slug_for


def slug(words: str) -> str:
    return slug_for(words, prefix="article", max_length=120)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Who may decide?", "who-may-decide"),
        ("Café, naïve & déjà vu", "cafe-naive-deja-vu"),
        ("  AI — 2026  ", "ai-2026"),
    ],
)
def test_words_become_an_address(words: str, expected: str) -> None:
    assert slug(words) == expected


def test_words_that_ascii_cannot_hold_get_an_address_of_their_own() -> None:
    georgian, other = slug("ვინ წყვეტს?"), slug("რატომ?")
    assert georgian.startswith("article-")
    assert georgian != other
    assert georgian == slug("ვინ წყვეტს?")


def test_half_latin_titles_do_not_meet_at_one_address() -> None:
    assert slug("AI и право") != slug("AI и этика")
    assert slug("AI и право").startswith("ai-")


def test_long_titles_that_begin_alike_stay_apart() -> None:
    first, second = (slug("word " * 40 + end) for end in ("one", "two"))
    assert first != second
    assert max(len(first), len(second)) <= 120


@pytest.mark.parametrize("words", ["", "?!", "—", "___", "😀"])
def test_there_is_always_an_address(words: str) -> None:
    assert slug(words)
