"""The demo's articles and discussions: whole, and true to the house's own rules."""

import tomllib
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from articles.importing import Draft, read_draft
from comments.audit import audit
from comments.demo.load import Loader
from comments.house_rules import DEFAULTS
from comments.screening.reasons import FOR_AUTHORS
from comments.states import REFUSED, State

DEMO = Path(__file__).parents[2] / "comments" / "demo"
DATA = tomllib.loads((DEMO / "discussions.toml").read_text(encoding="utf-8"))
COMMENTS: list[dict[str, Any]] = DATA["comment"]
BY_KEY = {entry["key"]: entry for entry in COMMENTS}
KEYS = {"article", "key", "author", "reply_to", "body", "state", "hours_ago"}
KEYS |= {"rule", "explanation", "why"}


def drafts() -> list[Draft]:
    paths = sorted((DEMO / "articles").glob("*.md"))
    return [read_draft(path.read_bytes(), path.name) for path in paths]


ARTICLES = {draft.slug: draft for draft in drafts()}
AGES = {entry["slug"]: entry["hours_ago"] for entry in DATA["article"]}


def under(slug: str) -> list[dict[str, Any]]:
    return [entry for entry in COMMENTS if entry["article"] == slug]


def depth(entry: dict[str, Any]) -> int:
    parent = BY_KEY.get(entry.get("reply_to", ""))
    return 1 if parent is None else 1 + depth(parent)


@pytest.mark.parametrize("draft", ARTICLES.values(), ids=ARTICLES.keys())
def test_an_article_is_complete(draft: Draft) -> None:
    assert 600 <= len(draft.body.split()) <= 900
    assert 3 <= draft.body.count("\n## ") <= 5
    assert draft.standfirst
    assert draft.question.endswith("?")
    assert len(draft.topics) == 2
    assert draft.left_out == ()


def test_every_comment_has_its_own_key() -> None:
    assert len(BY_KEY) == len(COMMENTS)
    assert all(set(entry) <= KEYS for entry in COMMENTS)


@pytest.mark.parametrize("entry", COMMENTS, ids=BY_KEY.keys())
def test_a_comment_fits_what_it_refers_to(entry: dict[str, Any]) -> None:
    assert entry["article"] in ARTICLES
    assert entry["body"].strip()
    assert entry["hours_ago"] < AGES[entry["article"]]
    if "reply_to" in entry:
        parent = BY_KEY[entry["reply_to"]]
        assert parent["article"] == entry["article"]
        assert parent["state"] in {"published", "removed", "withdrawn"}
        assert parent["hours_ago"] > entry["hours_ago"]
        assert COMMENTS.index(parent) < COMMENTS.index(entry)
        assert depth(entry) <= 4


@pytest.mark.parametrize("entry", COMMENTS, ids=BY_KEY.keys())
def test_a_refusal_names_a_rule_and_says_why(entry: dict[str, Any]) -> None:
    refused = State(entry["state"]) in REFUSED
    assert ("rule" in entry) == ("explanation" in entry) == refused
    if refused:
        assert entry["rule"] in {rule.code for rule in DEFAULTS}
    held = entry["state"] in {"held", "rejected"}
    assert ("why" in entry) == held
    if held:
        assert entry["why"] in FOR_AUTHORS


@pytest.mark.parametrize("slug", ARTICLES)
def test_a_discussion_shows_every_state(slug: str) -> None:
    entries = under(slug)
    assert 14 <= len(entries) <= 20
    states = Counter(entry["state"] for entry in entries)
    assert set(states) == set(State.values)
    assert states["published"] > len(entries) / 2
    assert max(map(depth, entries)) == 4


def test_the_two_demo_readers_are_who_they_are_said_to_be() -> None:
    published = Counter(
        entry["author"] for entry in COMMENTS if entry["state"] == "published"
    )
    assert published["reader"] >= 3
    assert published["newcomer"] == 0
    assert any(entry["author"] == "newcomer" for entry in COMMENTS)


@pytest.mark.django_db
def test_once_loaded_it_keeps_every_promise() -> None:
    Loader("a password of my own").load()
    assert list(audit()) == []
