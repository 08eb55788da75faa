"""Who is meant by `@Name` in a text."""

from typing import Any

import pytest

from comments.writing.mentions import (
    LONGEST_NAME,
    MOST_MENTIONS,
    chosen,
    mentioned_members,
    mentioned_names,
)
from ethicsforum.accounts.names import name_key
from tests import cast

NAMES = ["Ann", "Ann Lee", "Annis", "Jean-Luc", "O'Neil", "Zoë", "under_score", "Ben"]
KNOWN = {name_key(name): name for name in NAMES}


def meant(source: str) -> list[str]:
    return [KNOWN[key] for key in chosen(mentioned_names(source), KNOWN)]


@pytest.mark.parametrize(
    ("source", "names"),
    [
        ("@Ann, you are right.", ["Ann"]),
        ("I agree with @ann.", ["Ann"]),
        ("(@Ann)", ["Ann"]),
        ("*@Ann*", ["Ann"]),
        ("@Ann's point", ["Ann"]),
        ("@Ann’s point", ["Ann"]),
        ("@Ann-like", ["Ann"]),
        ("@Ann Lee is right", ["Ann Lee"]),
        ("@Ann Leeward", ["Ann"]),
        ("@Ann is right", ["Ann"]),
        ("@Annis right", ["Annis"]),
        ("@Ann\nLee", ["Ann"]),
        ("@Ann  Lee", ["Ann"]),
        ("@Jean-Luc said", ["Jean-Luc"]),
        ("@jean luc said", ["Jean-Luc"]),
        ("@O'Neil, @Zoë and @under_score", ["O'Neil", "Zoë", "under_score"]),
        ("@Ben and @Ann and @Ben", ["Ben", "Ann"]),
        ("- @Ann\n- @Ben", ["Ann", "Ben"]),
        ("[@Ann](https://example.org)", ["Ann"]),
    ],
)
def test_mentions(source: str, names: list[str]) -> None:
    assert meant(source) == names


@pytest.mark.parametrize(
    "source",
    [
        "Ann",
        "@ Ann",
        "@Nobody here",
        "ann@ann.example",
        "@@Ann",
        "> @Ann said so",
        "> > @Ann\n> - @Ben",
        "`@Ann`",
        "```\n@Ann\n```",
        "    @Ann",
        "https://example.org/@Ann",
        "<https://example.org/?a=@Ann>",
        "@",
        "@.",
        "",
    ],
)
def test_what_is_no_mention(source: str) -> None:
    assert meant(source) == []


def test_the_answer_below_a_quote_may_mention() -> None:
    assert meant("> @Ann\n\n@Ben, no.") == ["Ben"]


def test_only_the_first_few_count() -> None:
    assert len(mentioned_names("@Ann, " * 100)) == MOST_MENTIONS


@pytest.mark.parametrize("source", ["@" + "a " * 5_000, "@a-" * 3_000])
def test_a_text_made_for_it_has_few_readings(source: str) -> None:
    readings = [len(found) for found in mentioned_names(source)]
    assert sum(readings) <= MOST_MENTIONS * LONGEST_NAME


@pytest.mark.django_db
def test_members_are_found_once_in_the_order_of_the_text() -> None:
    ann, ben = cast.member("Ann"), cast.ben()
    assert mentioned_members("@BEN and @ann and @Ben and @Cleo") == [ben, ann]


@pytest.mark.django_db
def test_whoever_may_not_sign_in_is_not_called() -> None:
    cast.member("Ann", is_active=False)
    assert mentioned_members("@Ann") == []


@pytest.mark.django_db
def test_one_query_and_none_without_an_at(django_assert_num_queries: Any) -> None:
    cast.ben()
    with django_assert_num_queries(0):
        mentioned_members("Ben and Ann")
    with django_assert_num_queries(1):
        mentioned_members("@Ben, @Ann and @Cleo Long Name")
