"""A refusal as a statement of reasons in the schema of the EU's DSA Transparency
Database (1 July 2025). Pure.

A statement names nobody: its facts are put together from what kind of decision it
was, never from words that somebody wrote about somebody.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from comments.states import Measure, State

Statement = dict[str, Any]

MOST_FACTS, MOST_EXPLANATION, MOST_GROUND = 5000, 2000, 500
LAST_DATE = date(2038, 1, 1)
"""The schema knows no later one; what ends after it has no end there."""

RESTRICTIONS: dict[str, Statement] = {
    State.REMOVED: {"decision_visibility": ["DECISION_VISIBILITY_CONTENT_REMOVED"]},
    State.REJECTED: {"decision_visibility": ["DECISION_VISIBILITY_CONTENT_DISABLED"]},
    Measure.LIMIT: {"decision_provision": "DECISION_PROVISION_PARTIAL_SUSPENSION"},
    Measure.SUSPEND: {"decision_account": "DECISION_ACCOUNT_SUSPENDED"},
}
END_FIELDS: dict[str, str] = {
    Measure.LIMIT: "end_date_service_restriction",
    Measure.SUSPEND: "end_date_account_restriction",
}


@dataclass(frozen=True)
class RuleText:
    """A house rule as it read when the decision was made."""

    code: str
    version: int
    title: str
    text: str
    address: str
    category: str
    keyword: str = ""


@dataclass(frozen=True)
class Refusal:
    """What a statement is made of; nothing here names a person."""

    puid: str
    outcome: str
    """`rejected`, `removed`, `limit` or `suspend`."""
    rule: RuleText
    written_on: date
    decided_on: date
    until: date | None = None
    after_notice: bool = False
    after_report: bool = False
    found_by_machine: bool = False
    decided_by_machine: bool = False
    scored_by_machine: bool = False
    """A classifier's score was before the moderator."""


def statement_of(refusal: Refusal, *, language: str) -> Statement:
    """With its fields in the order of the database's own files."""
    return {
        **RESTRICTIONS[refusal.outcome],
        **_end(refusal),
        **_ground(refusal.rule),
        **_category(refusal.rule),
        "content_type": ["CONTENT_TYPE_TEXT"],
        **_language(language),
        "content_date": refusal.written_on.isoformat(),
        "application_date": refusal.decided_on.isoformat(),
        "decision_facts": _cut(facts_of(refusal), MOST_FACTS),
        "source_type": _source(refusal),
        "automated_detection": "Yes" if _found_by_machine(refusal) else "No",
        "automated_decision": f"AUTOMATED_DECISION_{_automation(refusal)}",
        "puid": refusal.puid,
    }


def facts_of(refusal: Refusal) -> str:
    """What was decided about what, how it was found, and who decided."""
    rule = refusal.rule
    under = _("The rule is “%(title)s” (%(code)s, version %(version)s).")
    named = {"title": rule.title, "code": rule.code, "version": rule.version}
    parts = [_what(refusal), under % named, _how_found(refusal), _who(refusal)]
    return " ".join(parts)


def language_code(setting: str) -> str:
    """Two capital letters, or nothing for a language that has no such code."""
    code = setting.partition("-")[0].upper()
    return code if len(code) == 2 else ""


def _what(refusal: Refusal) -> str:
    words: dict[str, str] = {
        State.REMOVED: _(
            "A comment under an article had been published and was removed from public "
            "view because it broke a house rule; a note with the rule stands in its "
            "place."
        ),
        State.REJECTED: _(
            "A comment under an article was not published because it broke a house "
            "rule; its author can still see it."
        ),
        Measure.LIMIT: _(
            "Because a house rule was broken in comments, each new comment of the "
            "member waits for a moderator until the limit ends."
        ),
        Measure.SUSPEND: _(
            "Because a house rule was broken in comments, the member can write nothing "
            "until the suspension ends."
        ),
    }
    return words[refusal.outcome]


def _how_found(refusal: Refusal) -> str:
    if refusal.after_notice:
        return _("It was found by a notice of illegal content.")
    if refusal.after_report:
        return _("It was found by a member’s report.")
    if _found_by_machine(refusal):
        return _("It was found by automated screening before publication.")
    return _("It was found by a moderator.")


def _who(refusal: Refusal) -> str:
    if refusal.decided_by_machine:
        return _(
            "A machine decided: a moderator had refused the same text before, and the "
            "rule lets the machine refuse it again."
        )
    if refusal.scored_by_machine:
        return _("A moderator decided, with the score of a classifier before them.")
    return _("A moderator decided.")


def _found_by_machine(refusal: Refusal) -> bool:
    return refusal.found_by_machine or refusal.decided_by_machine


def _source(refusal: Refusal) -> str:
    if refusal.after_notice:
        return "SOURCE_ARTICLE_16"
    if refusal.after_report:
        return "SOURCE_TYPE_OTHER_NOTIFICATION"
    return "SOURCE_VOLUNTARY"


def _automation(refusal: Refusal) -> str:
    if refusal.decided_by_machine:
        return "FULLY"
    return "PARTIALLY" if refusal.scored_by_machine else "NOT_AUTOMATED"


def _end(refusal: Refusal) -> Statement:
    name = END_FIELDS.get(refusal.outcome)
    if name is None or refusal.until is None or refusal.until > LAST_DATE:
        return {}
    return {name: refusal.until.isoformat()}


def _ground(rule: RuleText) -> Statement:
    named = _("House rule “%(code)s”, version %(version)s: %(title)s") % {
        "code": rule.code,
        "version": rule.version,
        "title": rule.title,
    }
    return {
        "decision_ground": "DECISION_GROUND_INCOMPATIBLE_CONTENT",
        "decision_ground_reference_url": rule.address,
        "incompatible_content_ground": _cut(named, MOST_GROUND),
        "incompatible_content_explanation": _cut(rule.text, MOST_EXPLANATION),
    }


def _category(rule: RuleText) -> Statement:
    said: Statement = {"category": rule.category}
    if rule.keyword:
        said["category_specification"] = [rule.keyword]
    if rule.keyword == "KEYWORD_OTHER":
        said["category_specification_other"] = _cut(rule.title, MOST_GROUND)
    return said


def _language(setting: str) -> Statement:
    code = language_code(setting)
    return {"content_language": code} if code else {}


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1]}…"
