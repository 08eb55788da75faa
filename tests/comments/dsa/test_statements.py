"""Each kind of refusal as a valid statement; and the checker refuses what is not."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.conf.global_settings import LANGUAGES

from comments.dsa.statements import (
    MOST_EXPLANATION,
    Refusal,
    RuleText,
    language_code,
    statement_of,
)
from comments.dsa.words import CATEGORIES, KEYWORDS
from tests.comments.dsa import schema
from tests.comments.dsa.schema import REQUIRED, errors

RULE = RuleText(
    code="person",
    version=3,
    title="Argue with the claim",
    text="Leave out what you think of the one who made it.",
    address="https://forum.example.org/rules/#rule-person",
    category="STATEMENT_CATEGORY_CYBER_VIOLENCE",
    keyword="KEYWORD_CYBER_BULLYING_INTIMIDATION",
)
REMOVAL = Refusal("x-1", "removed", RULE, date(2026, 11, 1), date(2026, 11, 2))
UNTIL = date(2026, 12, 1)


def made(**fields: Any) -> dict[str, Any]:
    return statement_of(replace(REMOVAL, **fields), language="en")


BRANCHES: list[tuple[dict[str, Any], dict[str, Any]]] = [
    (
        {"outcome": "removed"},
        {"decision_visibility": ["DECISION_VISIBILITY_CONTENT_REMOVED"]},
    ),
    (
        {"outcome": "rejected"},
        {"decision_visibility": ["DECISION_VISIBILITY_CONTENT_DISABLED"]},
    ),
    (
        {"outcome": "limit", "until": UNTIL},
        {
            "decision_provision": "DECISION_PROVISION_PARTIAL_SUSPENSION",
            "end_date_service_restriction": "2026-12-01",
        },
    ),
    (
        {"outcome": "suspend", "until": UNTIL},
        {
            "decision_account": "DECISION_ACCOUNT_SUSPENDED",
            "end_date_account_restriction": "2026-12-01",
        },
    ),
    ({"after_notice": True}, {"source_type": "SOURCE_ARTICLE_16"}),
    ({"after_report": True}, {"source_type": "SOURCE_TYPE_OTHER_NOTIFICATION"}),
    (
        {"after_report": True, "after_notice": True},
        {"source_type": "SOURCE_ARTICLE_16"},
    ),
    ({}, {"source_type": "SOURCE_VOLUNTARY", "automated_detection": "No"}),
    (
        {"found_by_machine": True},
        {
            "automated_detection": "Yes",
            "automated_decision": "AUTOMATED_DECISION_NOT_AUTOMATED",
        },
    ),
    (
        {"found_by_machine": True, "scored_by_machine": True},
        {"automated_decision": "AUTOMATED_DECISION_PARTIALLY"},
    ),
    (
        {"decided_by_machine": True},
        {
            "automated_detection": "Yes",
            "automated_decision": "AUTOMATED_DECISION_FULLY",
        },
    ),
    (
        {"rule": replace(RULE, keyword="KEYWORD_OTHER")},
        {"category_specification_other": "Argue with the claim"},
    ),
]


@pytest.mark.parametrize(("fields", "expected"), BRANCHES)
def test_every_branch_is_valid_and_says_so(
    fields: dict[str, Any], expected: dict[str, Any]
) -> None:
    statement = made(**fields)
    assert errors(statement) == []
    assert {name: statement.get(name) for name in expected} == expected


def test_the_ground_is_the_rule_as_it_read() -> None:
    statement = made()
    ground = "House rule “person”, version 3: Argue with the claim"
    assert statement["incompatible_content_ground"] == ground
    assert statement["incompatible_content_explanation"] == RULE.text
    assert statement["decision_ground_reference_url"] == RULE.address
    assert statement["category_specification"] == [RULE.keyword]


def test_a_rule_without_a_keyword_names_none() -> None:
    assert "category_specification" not in made(rule=replace(RULE, keyword=""))


def test_a_restriction_that_ends_too_late_for_the_schema_has_no_end() -> None:
    statement = made(outcome="suspend", until=date(2099, 1, 1))
    assert errors(statement) == []
    assert "end_date_account_restriction" not in statement


def test_a_long_rule_is_cut() -> None:
    long = replace(RULE, title="T" * 600, text="x" * 3000)
    statement = made(rule=long)
    assert errors(statement) == []
    assert len(statement["incompatible_content_explanation"]) == MOST_EXPLANATION


@pytest.mark.parametrize(
    ("setting", "code"),
    [("en", "EN"), ("en-gb", "EN"), ("el", "EL"), ("zh-hans", "ZH"), ("hsb", "")],
)
def test_the_language(setting: str, code: str) -> None:
    assert language_code(setting) == code


@pytest.mark.parametrize("setting", [code for code, _name in LANGUAGES])
def test_every_language_of_the_interface_is_valid(setting: str) -> None:
    assert errors(statement_of(REMOVAL, language=setting)) == []


def test_the_houses_words_are_the_schemas() -> None:
    assert set(CATEGORIES) == set(schema.words(schema.CATEGORY, "STATEMENT_CATEGORY_"))
    assert set(KEYWORDS) <= set(schema.words(schema.KEYWORD, "KEYWORD_"))


def test_the_schemas_lists_are_whole() -> None:
    lists = schema.CATEGORY, schema.KEYWORD, schema.TERRITORY
    assert [len(schema.words(text)) for text in lists] == [16, 69, 30]


# --- The checker itself ---------------------------------------------------


@pytest.mark.parametrize("name", REQUIRED)
def test_a_statement_without_a_required_field_is_invalid(name: str) -> None:
    statement = made()
    del statement[name]
    assert any(error.startswith(f"{name}:") for error in errors(statement))


ILLEGAL = "DECISION_GROUND_ILLEGAL_CONTENT"


@pytest.mark.parametrize(
    "wrong",
    [
        {"decision_visibility": []},
        {"decision_visibility": "DECISION_VISIBILITY_CONTENT_REMOVED"},
        {"decision_visibility": ["DECISION_VISIBILITY_GONE"]},
        {"decision_visibility": ["DECISION_VISIBILITY_OTHER"]},
        {"decision_visibility_other": "something"},
        {"decision_monetary": "DECISION_MONETARY_OTHER"},
        {"decision_provision": "DECISION_PROVISION_PAUSE"},
        {"decision_account": "SUSPENDED"},
        {"end_date_account_restriction": "2026-12-01"},
        {"end_date_service_restriction": "2026-12-01"},
        {"decision_ground": ILLEGAL},
        {"decision_ground": "DECISION_GROUND_TASTE"},
        {"illegal_content_legal_ground": "§ 1"},
        {"incompatible_content_ground": ""},
        {"incompatible_content_ground": "x" * 501},
        {"incompatible_content_explanation": "x" * 2001},
        {"category": "STATEMENT_CATEGORY_RUDENESS"},
        {"category_specification": ["KEYWORD_RUDENESS"]},
        {"content_type": ["TEXT"]},
        {"content_type": ["CONTENT_TYPE_OTHER"]},
        {"content_type": ["CONTENT_TYPE_TEXT", "CONTENT_TYPE_TEXT"]},
        {"content_language": "en"},
        {"content_language": "GR"},
        {"content_date": "1999-12-31"},
        {"content_date": "2026-13-01"},
        {"content_date": "20261101"},
        {"application_date": "2019-12-31"},
        {"application_date": "2038-01-02"},
        {"application_date": date(2026, 11, 2)},
        {"decision_facts": ""},
        {"decision_facts": "x" * 5001},
        {"source_type": "SOURCE_NEIGHBOUR"},
        {"source_identity": "a neighbour"},
        {"automated_detection": True},
        {"automated_decision": "AUTOMATED_DECISION_MAYBE"},
        {"puid": "with a space"},
        {"puid": "x" * 501},
        {"decision_ground_reference_url": "rules"},
        {"moderator": "Mia"},
    ],
    ids=str,
)
def test_the_checker_refuses(wrong: dict[str, Any]) -> None:
    assert errors({**made(), **wrong})
