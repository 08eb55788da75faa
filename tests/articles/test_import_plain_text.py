"""Plain text as an editor pastes it."""

import textwrap
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.importing import Draft, read_draft
from articles.plain_text import escape
from ethicsforum.markup import ARTICLE, normalise, plain_text, render

REAL = Path(__file__).parents[3] / "shared" / "articles"
PARAGRAPH = (
    "A paragraph is a thought with a beginning and an end, and on a page that "
    "somebody copied it is one long line, whatever the width of their window was."
)


def read(text: str) -> Draft:
    return read_draft(text.encode(), "pasted.txt")


def shown(draft: Draft) -> str:
    return render(draft.body, ARTICLE)


# --- The article that was given -------------------------------------------

TITLE = "The Rise of AI Superintelligence at Meta"
HEADINGS = [
    "Understanding the Landscape of AI Talent Migration",
    "Ethical Implications Behind Researcher Mobility",
    "A Broader Perspective: Trends in AI Development",
    "Counterarguments to AI Talent Poaching",
    "Moving Forward: Navigating AI Ethics and Collaboration",
    "Take Action on AI Ethics",
]


@pytest.fixture
def real() -> Path:
    path = REAL / "the-rise-of-ai-superintelligence-at-meta.txt"
    if not path.exists():
        pytest.skip(f"the real article is not here: {path.name}")
    return path


def test_the_real_article_has_its_title_and_headings(real: Path) -> None:
    draft = read_draft(real.read_bytes(), real.name)
    assert draft.title == TITLE
    assert draft.slug == "the-rise-of-ai-superintelligence-at-meta"
    headings = [line[3:] for line in draft.body.split("\n") if line.startswith("## ")]
    assert headings == HEADINGS


def test_the_real_article_keeps_every_word_but_the_furniture(real: Path) -> None:
    draft = read_draft(real.read_bytes(), real.name)
    words = real.read_text().replace(TITLE, "").replace("Write A Comment", "").split()
    assert plain_text(shown(draft)).split() == words
    assert draft.left_out == ("Write A Comment",)


def test_the_real_article_has_seven_paragraphs_with_their_signs(real: Path) -> None:
    html = shown(read_draft(real.read_bytes(), real.name))
    assert html.count("<p>") == 7
    assert html.count("<h2 ") == 6
    assert "OpenAI’s o3" in html
    assert "incentives—reportedly up to $300 million over four years—to" in html


# --- Titles, paragraphs, headings -----------------------------------------


def test_the_first_line_with_words_is_the_title() -> None:
    draft = read(f"\n  \n  A title \n\n{PARAGRAPH}\n")
    assert draft.title == "A title"
    assert draft.body == PARAGRAPH


def test_each_line_is_a_paragraph() -> None:
    draft = read(f"Title\n{PARAGRAPH}\nA short one.\n{PARAGRAPH}")
    assert draft.body == f"{PARAGRAPH}\n\nA short one.\n\n{PARAGRAPH}"


def test_a_short_line_over_a_paragraph_is_a_heading() -> None:
    draft = read(f"Title\nBefore we start\n{PARAGRAPH}\n\nWho decides?\n\n{PARAGRAPH}")
    assert draft.body.split("\n\n")[0] == "## Before we start"
    assert draft.body.split("\n\n")[2] == "## Who decides?"


@pytest.mark.parametrize(
    "line",
    [
        "It ends like a sentence.",
        "She asked “why not.”",
        "Three things follow:",
        "Enough!",
        "* * *",
        "一句话。",
        "x" * 101,
    ],
)
def test_a_line_that_ends_like_text_is_no_heading(line: str) -> None:
    assert "## " not in read(f"Title\n{PARAGRAPH}\n{line}\n{PARAGRAPH}").body


def test_only_the_last_of_several_short_lines_is_the_heading() -> None:
    lines = ["Fairness", "Openness", "What follows", PARAGRAPH]
    body = read("\n".join(["Title", PARAGRAPH, *lines])).body
    assert body.split("\n\n")[1:] == [
        "Fairness",
        "Openness",
        "## What follows",
        PARAGRAPH,
    ]


def test_a_heading_may_hold_signs_that_mean_something() -> None:
    html = shown(read(f"Title\n{PARAGRAPH}\nWhat C# and *you* owe #\n{PARAGRAPH}"))
    assert ">What C# and *you* owe #</h2>" in html


# --- Hard-wrapped text ----------------------------------------------------

WRAPPED = textwrap.dedent(
    """\
    Title

    The committee met twice in the spring, and it came to no conclusion that
    anybody outside the room could understand, which is why its long-
    awaited report was read as a refusal. Nobody
    had asked the patients.

    What the patients said
    They said what people say when they are asked for the first time about a
    thing that has been done to them for years.

    1. Ask first, and ask in words that the person in front of you would use
    to describe it.
    2. Write it down.
    """
)


def test_wrapped_lines_are_joined_to_paragraphs() -> None:
    first = read(WRAPPED).body.split("\n\n")[0]
    assert first.startswith("The committee met twice")
    assert "that anybody" in first
    assert first.endswith("refusal. Nobody had asked the patients.")


def test_a_word_broken_at_its_hyphen_is_whole_again() -> None:
    assert "long-awaited report" in read(WRAPPED).body


def test_headings_and_lists_in_wrapped_text_keep_their_lines() -> None:
    body = read(WRAPPED).body.split("\n\n")
    assert body[1] == "## What the patients said"
    assert body[3].startswith("1\\. Ask first")
    assert body[4] == "2\\. Write it down."


@pytest.mark.parametrize("width", [40, 60, 72, 80, 100])
def test_text_wrapped_at_any_width_comes_back_whole(width: int) -> None:
    paragraphs = [f"{PARAGRAPH} {PARAGRAPH}", f"Then again: {PARAGRAPH}"]
    wrapped = "\n\n".join(textwrap.fill(whole, width) for whole in paragraphs)
    assert read(f"Title\n\n{wrapped}").body == "\n\n".join(paragraphs)


# --- Furniture ------------------------------------------------------------


def test_furniture_at_the_end_is_dropped_and_told() -> None:
    furniture = ["Share this:", "Write A Comment", "Leave a reply", "***"]
    draft = read("\n".join(["Title", PARAGRAPH, *furniture]))
    assert draft.body == PARAGRAPH
    assert draft.left_out == tuple(furniture)


def test_a_last_question_is_the_author_s() -> None:
    draft = read(f"Title\n{PARAGRAPH}\nSo who decides?")
    assert draft.body.endswith("So who decides?")
    assert "## " not in draft.body


def test_short_lines_are_all_there_is_so_they_are_the_text() -> None:
    draft = read("Title\nRoses are red\nViolets are blue")
    assert draft.body == "Roses are red\n\nViolets are blue"
    assert draft.left_out == ()


# --- What stood there comes out -------------------------------------------


@pytest.mark.parametrize(
    "line",
    [
        "It costs $300 million, *not* less_than_that, and [that] is `it` \\ or so.",
        "# not a heading.",
        "1. not a list.",
        "12) not one either.",
        "- a dash.",
        "+ a plus.",
        "> no quote.",
        "---",
        "===",
        "```",
        "~~~ ~~not struck~~.",
        "<script>alert(1)</script> & &amp; &copy; R&D <b>bold</b>.",
        "![image](x.png) [link](https://example.org/) <https://example.org/>.",
        "“Quotes” – dashes — and … the rest’s ‘single’ ones.",
        "See https://example.org/a_b*c?x=1&amp;y=2 (and https://example.org/é).",
        "Decoded? https://example.org/%C3%A9%20x and http://xn--bcher-kva.example/.",
        "A trailing slash https://example.org/, HTTP://EXAMPLE.org/Foo_Bar.",
        "mailto:someone@example.org is written out.",
    ],
)
def test_signs_that_mean_something_in_markdown_come_out_as_they_stood(
    line: str,
) -> None:
    words = plain_text(shown(read(f"Title\n{PARAGRAPH}\n{line}\n{PARAGRAPH}")))
    assert words.replace(PARAGRAPH, "").strip() == line


def test_a_web_address_becomes_a_link() -> None:
    html = render(escape("See https://example.org/a_b, or not."), ARTICLE)
    assert '<a href="https://example.org/a_b"' in html
    assert html.endswith("</a>, or not.</p>\n")


SIGNS = [*"\\`*_{}[]()<>#+-.!|~&;:=\"'^/@%$?,0129aZ é\t"]
PIECES = st.sampled_from([*SIGNS, "http://", "https://x.y/", "mailto:a@b.org", "&amp;"])
LINES = st.lists(PIECES, min_size=1, max_size=60).map("".join) | st.text(max_size=60)


@given(LINES)
def test_any_line_comes_out_with_the_same_words(line: str) -> None:
    line = " ".join(normalise(line).encode(errors="ignore").decode().split())
    assert plain_text(render(escape(line), ARTICLE)).split() == line.split()


@given(LINES)
def test_any_heading_comes_out_with_the_same_words(line: str) -> None:
    line = " ".join(normalise(line).encode(errors="ignore").decode().split())
    html = render(f"## {escape(line)}", ARTICLE)
    assert plain_text(html).split() == line.split()
    assert html.startswith("<h2 id=")
