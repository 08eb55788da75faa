"""What a text asks for and the page doesn't have."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ethicsforum.markup import MOST_NAMED, Part, left_out


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("<b>x</b>", [(Part.TAG, "b")]),
        ("a <IMG src=x onerror=alert(1)>", [(Part.TAG, "img")]),
        ("<script>\nalert(1)\n</script>", [(Part.TAG, "script")]),
        ("[x](javascript:alert(1))", [(Part.LINK, "javascript:alert(1)")]),
        ("[x](/logout)", [(Part.LINK, "/logout")]),
        ("![x](https://e.org/x.png)", [(Part.PICTURE, "https://e.org/x.png")]),
    ],
)
def test_it_is_named(source: str, expected: list[tuple[Part, str]]) -> None:
    assert [part for part in left_out(source) if part[0] != Part.ATTRIBUTE] == expected


def test_attributes_are_named() -> None:
    found = left_out('a <img src="x" onerror=alert(1)>')
    assert {(Part.ATTRIBUTE, "src"), (Part.ATTRIBUTE, "onerror")} <= set(found)


@pytest.mark.parametrize(
    "source",
    ["plain", "1 < 2", "`<b>`", "[x](https://e.org)", "<https://e.org>", "> q\n\n- l"],
)
def test_what_the_page_has_is_not_named(source: str) -> None:
    assert left_out(source) == []


def test_each_is_named_once_and_only_the_first_few() -> None:
    assert left_out("<b>x</b> <b>y</b>") == [(Part.TAG, "b")]
    many = " ".join(f"<t{n}>" for n in range(50))
    assert len(left_out(f"a {many}")) == MOST_NAMED


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="<>[]()!/=\"' ab:\n&;#\\`*j", max_size=200))
def test_no_text_is_too_strange(source: str) -> None:
    for _part, name in left_out(source):
        assert name is not None
