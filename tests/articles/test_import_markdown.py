"""Markdown with front matter, written by anybody."""

from datetime import UTC, datetime

import pytest
from django.test import override_settings
from hypothesis import given
from hypothesis import strategies as st

from articles.importing import CannotImport, Draft, read_draft

WHOLE = """\
---
title: "Who may decide?"
slug: who-may-decide
standfirst: |
  A model orders the waiting list.
  A committee signs it.
byline: Edda Example
question: Would you sign?
topics: [Health, "Who decides"]
publish_at: 2026-05-01 09:30:00
---

## The list

It begins with *one* patient.
"""


def read(text: str, name: str = "article.md") -> Draft:
    return read_draft(text.encode(), name)


def with_front(*lines: str, body: str = "Text.") -> Draft:
    return read("\n".join(["---", *lines, "---", body]))


def refusal(*lines: str) -> str:
    with pytest.raises(CannotImport) as caught:
        with_front(*lines)
    return str(caught.value)


def test_every_field_is_read() -> None:
    draft = read(WHOLE)
    assert draft == Draft(
        title="Who may decide?",
        slug="who-may-decide",
        body="## The list\n\nIt begins with *one* patient.",
        standfirst="A model orders the waiting list.\nA committee signs it.",
        byline="Edda Example",
        question="Would you sign?",
        topics=("Health", "Who decides"),
        publish_at=datetime(2026, 5, 1, 9, 30, tzinfo=UTC),
    )


def test_front_matter_is_known_by_its_first_line_whatever_the_name() -> None:
    assert read(WHOLE, "article.txt") == read(WHOLE)
    assert read("\n\n" + WHOLE, "article") == read(WHOLE)


def test_windows_line_ends_and_a_mark_at_the_start_change_nothing() -> None:
    windows = WHOLE.replace("\n", "\r\n").encode("utf-8-sig")
    assert read_draft(windows, "article.md") == read(WHOLE)


# --- Title and address ----------------------------------------------------


def test_the_title_may_be_the_first_heading() -> None:
    draft = read("\n# The *real* title & more\n\nText.\n\n# Another\n")
    assert draft.title == "The real title & more"
    assert draft.slug == "the-real-title-more"
    assert draft.body == "Text.\n\n# Another"


def test_a_heading_that_repeats_the_title_is_left_out() -> None:
    assert with_front("title: Same", body="# same\nText.").body == "Text."
    assert with_front("title: Same", body="# Other\nText.").body == "# Other\nText."


def test_a_file_without_a_title_is_refused() -> None:
    with pytest.raises(CannotImport, match="no title"):
        read("Only text.")


# --- What is not used is told ---------------------------------------------


def test_keys_without_a_meaning_are_told() -> None:
    draft = with_front("title: T", "layout: post", "7: seven")
    assert draft.left_out == ("layout", "7")


# --- Values ---------------------------------------------------------------


@pytest.mark.parametrize("empty", ["", "~", "null", '""'])
def test_an_empty_value_is_no_value(empty: str) -> None:
    draft = with_front(
        "title: T", *(f"{key}: {empty}" for key in ("slug", "topics", "publish_at"))
    )
    assert (draft.slug, draft.topics, draft.publish_at) == ("t", (), None)


def test_topics_may_be_a_line_and_are_named_once() -> None:
    draft = with_front("title: T", "topics: Health, AI , health,")
    assert draft.topics == ("Health", "AI")


@pytest.mark.parametrize(
    ("written", "hour"),
    [
        ("2026-05-01", 22),
        ("2026-05-01 09:30", 7),
        ("2026-05-01T09:30:00Z", 9),
        ("2026-05-01T09:30:00+05:00", 4),
        ('"2026-05-01T09:30"', 7),
    ],
)
@override_settings(TIME_ZONE="Europe/Berlin")
def test_a_time_without_a_zone_is_the_site_s(written: str, hour: int) -> None:
    moment = with_front("title: T", f"publish_at: {written}").publish_at
    assert moment is not None
    assert moment.astimezone(UTC).hour == hour


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("title: 1984", "'title' must be text; put it in quotes"),
        ("title: [a, b]", "'title' must be text"),
        ("title: yes", "'title' must be text"),
        ("slug: what is this", "'slug' may have letters"),
        ("slug: ../etc", "'slug' may have letters"),
        ("byline: 2026-05-01", "'byline' must be text"),
        ("topics: {a: b}", "'topics' must be a list of names"),
        ("topics: [1, 2]", "'topics' must be a list of names"),
        (f"topics: [{'x' * 61}]", "'topics' takes 12 names of up to 60"),
        (f"topics: [{', '.join('abcdefghijklm')}]", "'topics' takes 12"),
        ("publish_at: soon", "'publish_at' must be a date and time"),
        ("publish_at: 5", "'publish_at' must be a date and time"),
        ("publish_at: 2026-13-45", "a date or a number that cannot be read"),
        ("publish_at: 0001-01-01", "a year that cannot be meant"),
        (f"title: {'x' * 201}", "the title has over 200 characters"),
        (f"byline: {'x' * 121}", "'byline' has over 120"),
        (f"question: {'x' * 301}", "'question' has over 300"),
        (f"slug: {'x' * 121}", "'slug' has over 120"),
        (f"standfirst: {'x' * 20_001}", "its front matter is too long"),
        ("title: 'open", "not valid YAML, line"),
        ("title: a: b", "not valid YAML, line 3"),
        ("title: !!python/object:os.system x", "not valid YAML, line"),
        ("title: !!bool maybe", "cannot be read"),
        ("title: !!timestamp x", "cannot be read"),
        ("- just", "not valid YAML"),
        ("a: &a [x]\nb: [*a, *a]", "uses YAML aliases"),
        ("a: " + "[" * 50 + "]" * 50, "nested too deep"),
    ],
)
def test_what_cannot_be_meant_is_refused_in_one_line(line: str, reason: str) -> None:
    said = refusal("byline: A", line) if "byline" not in line else refusal(line)
    assert reason in said
    assert "\n" not in said


def test_front_matter_must_be_keys_and_values() -> None:
    assert "lines of 'key: value'" in refusal("- just", "- a list")


def test_front_matter_must_end() -> None:
    with pytest.raises(CannotImport, match="no closing '---'"):
        read("---\ntitle: T\n\nText.")


def test_empty_front_matter_is_none() -> None:
    assert with_front(body="# T\nText.").title == "T"


def test_control_signs_do_not_reach_the_fields() -> None:
    assert with_front(r'title: "a\0b\x07c"').title == "abc"


@given(st.text(max_size=200), st.text(max_size=40))
def test_any_file_is_a_draft_or_one_line(front: str, body: str) -> None:
    text = f"---\n{front}\n---\n{body}".encode(errors="ignore")
    try:
        draft = read_draft(text, "a.md")
    except CannotImport as problem:
        assert "\n" not in str(problem)
    else:
        assert draft.title
        assert draft.slug
