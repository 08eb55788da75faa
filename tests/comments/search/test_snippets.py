"""The words around what was found: whole words, marked, and safe."""

import re
from html import unescape

from hypothesis import given
from hypothesis import strategies as st

from comments.search.snippets import END, LENGTH, START, in_full, mark, snippet
from comments.search.snippets import unmarked as read


def marked(text: str) -> str:
    return text.replace("[", START).replace("]", END)


def test_what_was_found_is_marked() -> None:
    assert in_full(marked("Who [decides]?")) == "Who <mark>decides</mark>?"


def test_the_text_is_escaped() -> None:
    html = snippet(marked("<script>[alert]</script> & <mark>"))
    assert html == (
        "&lt;script&gt;<mark>alert</mark>&lt;/script&gt; &amp; &lt;mark&gt;"
    )


def test_a_mark_without_its_other_half_is_none() -> None:
    assert in_full(f"a {START} b {END}{END} c") == "a <mark> b </mark> c"
    assert in_full(f"a {END} b {START} c") == "a  b  c"


def test_a_long_text_is_cut_at_words_around_what_was_found() -> None:
    text = "before " * 100 + marked("[found]") + " after" * 100
    html = snippet(text)
    assert html.startswith("… before ")
    assert html.endswith(" after …")
    assert "<mark>found</mark>" in html
    assert len(html) < LENGTH + 40


def test_the_stretch_with_most_in_it_is_shown() -> None:
    text = marked("[one] ") + "x " * 400 + marked("[two] [three]")
    assert "<mark>two</mark> <mark>three</mark>" in snippet(text)


def test_a_text_without_marks_is_shown_from_its_beginning() -> None:
    assert snippet("word " * 200).startswith("word word")


def test_white_space_is_one_space() -> None:
    assert snippet("a\n\n b") == "a b"


@given(st.text(alphabet=f"ab <&{START}{END}", max_size=900))
def test_any_marks_make_sound_html(text: str) -> None:
    for html in (snippet(text), in_full(text)):
        parts = re.split("</?mark>", html)
        assert re.findall("</?mark>", html) == ["<mark>", "</mark>"] * (len(parts) // 2)
        assert not any("<" in part for part in parts)
    plain = text.replace(START, "").replace(END, "")
    assert unescape(re.sub("</?mark>", "", in_full(text))) == plain
    assert mark(*read(text)).replace(START, "").replace(END, "") == plain
