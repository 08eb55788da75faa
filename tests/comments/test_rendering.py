import pytest
from django.core.exceptions import ValidationError

from comments.rendering import MOST_CHARACTERS, check_body, render_body


def message(raw: str) -> str:
    with pytest.raises(ValidationError) as caught:
        check_body(raw)
    return caught.value.messages[0]


def test_an_ordinary_text_is_kept_as_it_is() -> None:
    assert (
        check_body("Two lines,\n\nand *emphasis*.") == "Two lines,\n\nand *emphasis*."
    )


def test_line_ends_become_one_kind() -> None:
    assert check_body("a\r\nb\rc") == "a\nb\nc"


def test_leading_spaces_stay_for_code() -> None:
    assert check_body("    code") == "    code"


def test_right_to_left_text_is_welcome() -> None:
    assert check_body("שלום עולם") == "שלום עולם"


@pytest.mark.parametrize("empty", ["", "   ", "\n\t\n", "\u200b\u200b", "\u2060"])
def test_nothing_visible_is_nothing(empty: str) -> None:
    assert "write something" in message(empty)


def test_the_limit_itself_is_allowed() -> None:
    assert len(check_body("x" * MOST_CHARACTERS)) == MOST_CHARACTERS


def test_windows_line_ends_do_not_count_twice() -> None:
    assert check_body("x\r\n" * (MOST_CHARACTERS // 2))


def test_one_more_is_too_many_and_says_both_numbers() -> None:
    said = message("x" * (MOST_CHARACTERS + 1))
    assert "10,000" in said
    assert "10,001" in said


def test_nul_is_named() -> None:
    assert "NUL" in message("a\x00b")


@pytest.mark.parametrize("char", list("\u202a\u202b\u202d\u202e\u2066\u2067\u2068"))
def test_direction_overrides_are_refused(char: str) -> None:
    assert "direction" in message(f"good{char}lived")


def test_broken_characters_are_named() -> None:
    assert "did not arrive" in message("caf�")


@pytest.mark.parametrize("deep", [">" * 10_000, "> " * 12 + "a", "- " * 12 + "a"])
def test_deep_nesting_is_refused_rather_than_cut(deep: str) -> None:
    assert "nested" in message(deep)


def test_eight_deep_is_fine() -> None:
    assert render_body(check_body("> " * 8 + "a")).count("<blockquote>") == 8
