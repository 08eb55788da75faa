"""Promise 4: only clean HTML leaves."""

import json
from concurrent.futures import ThreadPoolExecutor
from html.parser import HTMLParser
from pathlib import Path

import nh3
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ethicsforum.markup import (
    ARTICLE,
    COMMENT,
    LINK_REL,
    Policy,
    _nh3,
    links,
    nesting,
    plain_text,
    render,
    sanitise,
)

CORPUS = Path(__file__).parents[3] / "shared" / "corpora" / "xss_dev.jsonl"
MOST_GROWTH = 8
"""A character becomes an entity or a line of its own, never more than that: growth is
by a factor, whatever the length."""
A_TAG = 100
OWN = Path(__file__).parent / "hostile.txt"


class Strict(HTMLParser):
    """Fails on any tag, attribute or address outside the policy."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in COMMENT.tags
        for name, value in attrs:
            assert tag == "a"
            assert name in {"href", "rel"}
            assert value is not None
            if name == "href":
                assert value.lower().startswith(("http://", "https://", "mailto:"))
            else:
                assert value == LINK_REL


def assert_clean(html: str) -> None:
    Strict(convert_charrefs=True).feed(html)
    assert sanitise(html, COMMENT) == html
    second = nh3.clean(
        html,
        tags=set(COMMENT.tags),
        attributes={"a": {"href", "rel"}},
        url_schemes={"http", "https", "mailto"},
        link_rel=None,
    )
    assert second == html


def test_markdown_in_its_usual_forms() -> None:
    html = render("*a* **b** ~~c~~ `d`\n\n> q\n\n- l\n\n1. n\n\n***", COMMENT)
    for tag in ("em", "strong", "s", "code", "blockquote", "ul", "ol", "hr"):
        assert f"<{tag}>" in html


def test_a_link_carries_its_rel() -> None:
    html = render("[x](https://example.org/?a=1&b=2)", COMMENT)
    assert f'<a href="https://example.org/?a=1&amp;b=2" rel="{LINK_REL}">' in html


def test_a_bare_address_becomes_a_link_and_a_file_name_does_not() -> None:
    html = render("https://example.org and readme.md and a@b.org", COMMENT)
    assert html.count("<a ") == 1


@pytest.mark.parametrize(
    "address",
    [
        "javascript:1",
        "JaVaScRiPt:alert(1)",
        "data:text/html,x",
        "vbscript:1",
        "tel:112",
        "//evil.example",
        "/\\evil.example",
        "/logout",
        "file:///etc/passwd",
        "javascript:`１２３`",
        "http:",
        "https:// x",
    ],
)
def test_no_other_scheme_becomes_a_link(address: str) -> None:
    assert "href" not in render(f"[x]({address})", COMMENT)
    assert "href" not in sanitise(f'<a href="{address}">x</a>', COMMENT)


def test_raw_html_is_text() -> None:
    assert "<b>" not in render("<b>x</b><script>alert(1)</script>", COMMENT)


def test_reference_definitions_are_off() -> None:
    source = f"[a]: http://e.org/{'x' * 3000}\n\n" + "[a]" * 2000
    assert len(render(source, COMMENT)) < 2 * len(source)


@pytest.mark.parametrize(
    "shape",
    [
        "[a]: http://e.org/x\n\n[a]\n",
        "![",
        "[a",
        "[ a_",
        "> ",
        "- a\n  ",
        "<",
        "&#x6a;",
        "((((",
        "http://e.org/ ",
        "*a **b ",
        "`",
        "~~",
        "|a",
        "<ul><li>",
    ],
)
@pytest.mark.parametrize("policy", [COMMENT, ARTICLE], ids=["comment", "article"])
def test_twice_the_text_is_at_most_twice_the_html(shape: str, policy: Policy) -> None:
    """No shape grows with the square of its length, in tokens or in characters."""
    once, twice = (shape * (count // len(shape)) for count in (4_000, 8_000))
    html, longer = render(once, policy), render(twice, policy)
    assert len(longer) <= 2.2 * len(html) + A_TAG
    assert len(html) <= 20 * len(once)


def test_comments_have_no_headings_and_articles_start_at_the_second() -> None:
    assert "<h" not in render("# a\n\nb\n=", COMMENT).replace("<hr", "")
    assert '<h2 id="section-a">a</h2>' in render("# a", ARTICLE)
    assert '<h4 id="section-a">a</h4>' in render("###### a", ARTICLE)


def test_nesting_counts_quotes_and_lists() -> None:
    assert nesting("plain") == 0
    assert nesting("> > a") == 2
    assert nesting("- a\n  - b") == 2


def test_links_are_found_as_the_reader_would_see_them() -> None:
    source = "http://a.org [b](https://b.org) `http://c.org` [d](javascript:1)"
    assert links(source) == ["http://a.org", "https://b.org"]


PARTS = ["http", "HTTPS", "mailto", ":", "//", "\\", "&colon;", "&#104;ttp", "a.org"]


@given(st.lists(st.sampled_from([*PARTS, "[x](", ")", "<", ">", " ", "\0", "\n"])))
@settings(max_examples=300, deadline=None)
def test_no_link_of_the_rendered_text_is_overlooked(parts: list[str]) -> None:
    source = "".join(parts)
    assert bool(links(source)) >= ("href=" in render(source, COMMENT))


def test_plain_text_reads_like_the_page() -> None:
    assert plain_text("<p>a &amp; b</p>\n<blockquote>\n<p>q</p>\n</blockquote>") == (
        "a & b\n\nq"
    )


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=400))
def test_any_text_renders_clean(source: str) -> None:
    assert_clean(render(source, COMMENT))


PIECES = st.sampled_from(
    [
        "[x](",
        "](",
        ")",
        "<",
        ">",
        "javascript:",
        "http://",
        "data:",
        "`",
        "*",
        "\n",
        "> ",
        "- ",
        "&",
        "&#x6a;",
        "\\",
        '"',
        "'",
        "\x00",
        "\u202e",
        "a",
        " ",
        "~~",
        "![",
        "<script>",
        "</p>",
        "<svg/onload=",
        "<!--",
        "]]>",
        "mailto:",
        "１",
        "é",
        "\x1b",
    ]
)


@settings(max_examples=300, deadline=None)
@given(st.lists(PIECES, max_size=40).map("".join))
def test_any_mix_of_hostile_pieces_renders_clean(source: str) -> None:
    assert_clean(render(source, COMMENT))


@settings(max_examples=200, deadline=None)
@given(st.lists(PIECES, max_size=40).map("".join))
def test_any_html_is_sanitised_to_a_fixed_point(html: str) -> None:
    assert_clean(sanitise(html, COMMENT))


@pytest.mark.parametrize("line", OWN.read_text().splitlines())
def test_our_own_hostile_lines(line: str) -> None:
    assert_clean(render(line, COMMENT))
    assert_clean(sanitise(line, COMMENT))


@pytest.mark.parametrize("line", OWN.read_text().splitlines())
def test_nh3_alone_would_hold_the_policy(line: str) -> None:
    """bleach gets no more fixes; the day it goes, nothing gets through."""
    Strict(convert_charrefs=True).feed(_nh3(line, COMMENT))


@pytest.mark.skipif(not CORPUS.exists(), reason=f"the corpus {CORPUS.name} is absent")
def test_the_whole_attack_corpus_renders_clean_and_small() -> None:
    for row in CORPUS.read_text().splitlines():
        payload = json.loads(row)["payload"][:10_000]
        html = render(payload, COMMENT)
        assert_clean(html)
        assert len(html) <= MOST_GROWTH * len(payload) + A_TAG
        assert_clean(sanitise(payload[:2_000], COMMENT))


def test_threads_do_not_mix_texts() -> None:
    def mine(number: int) -> bool:
        html = render(f"*{number}* [x](https://e.org/{number})" * 20, COMMENT)
        return html.count(f"<em>{number}</em>") == 20

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(mine, range(200)))
