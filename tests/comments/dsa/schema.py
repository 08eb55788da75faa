"""The DSA Transparency Database's schema of 1 July 2025, as data, and a small checker.

Written from the published description; only `comments.dsa`'s own words are not reused
here, so that a slip in one of the two is found by the other.
"""

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

CATEGORY = """ANIMAL_WELFARE CONSUMER_INFORMATION CYBER_VIOLENCE
CYBER_VIOLENCE_AGAINST_WOMEN DATA_PROTECTION_AND_PRIVACY_VIOLATIONS
ILLEGAL_OR_HARMFUL_SPEECH INTELLECTUAL_PROPERTY_INFRINGEMENTS
NEGATIVE_EFFECTS_ON_CIVIC_DISCOURSE_OR_ELECTIONS NOT_SPECIFIED_NOTICE
OTHER_VIOLATION_TC PROTECTION_OF_MINORS RISK_FOR_PUBLIC_SECURITY SCAMS_AND_FRAUD
SELF_HARM UNSAFE_AND_PROHIBITED_PRODUCTS VIOLENCE"""

KEYWORD = """ADULT_SEXUAL_MATERIAL AGE_SPECIFIC_RESTRICTIONS
AGE_SPECIFIC_RESTRICTIONS_MINORS ANIMAL_HARM BIOMETRIC_DATA_BREACH
BULLYING_AGAINST_GIRLS CHILD_SEXUAL_ABUSE_MATERIAL CHILD_SEXUAL_ABUSE_MATERIAL_DEEPFAKE
CONTENT_PROMOTING_EATING_DISORDERS COORDINATED_HARM COPYRIGHT_INFRINGEMENT
CYBER_BULLYING_INTIMIDATION CYBER_HARASSMENT CYBER_HARASSMENT_AGAINST_WOMEN
CYBER_INCITEMENT CYBER_STALKING CYBER_STALKING_AGAINST_WOMEN DATA_FALSIFICATION
DEFAMATION DESIGN_INFRINGEMENT DISCRIMINATION FEMALE_GENDERED_DISINFORMATION
GEOGRAPHIC_INDICATIONS_INFRINGEMENT GEOGRAPHICAL_REQUIREMENTS
GOODS_SERVICES_NOT_PERMITTED GROOMING_SEXUAL_ENTICEMENT_MINORS HATE_SPEECH
HIDDEN_ADVERTISEMENT HUMAN_EXPLOITATION HUMAN_TRAFFICKING ILLEGAL_ORGANIZATIONS
IMPERSONATION_ACCOUNT_HIJACKING INAUTHENTIC_ACCOUNTS INAUTHENTIC_LISTINGS
INAUTHENTIC_USER_REVIEWS INCITEMENT_AGAINST_WOMEN INCITEMENT_VIOLENCE_HATRED
INSUFFICIENT_INFORMATION_ON_TRADERS LANGUAGE_REQUIREMENTS MISINFORMATION_DISINFORMATION
MISLEADING_INFO_CONSUMER_RIGHTS MISLEADING_INFO_GOODS_SERVICES MISSING_PROCESSING_GROUND
NON_CONSENSUAL_IMAGE_SHARING NON_CONSENSUAL_IMAGE_SHARING_AGAINST_WOMEN
NON_CONSENSUAL_MATERIAL_DEEPFAKE NON_CONSENSUAL_MATERIAL_DEEPFAKE_AGAINST_WOMEN
NONCOMPLIANCE_PRICING NUDITY OTHER PATENT_INFRINGEMENT PHISHING PROHIBITED_PRODUCTS
PYRAMID_SCHEMES RIGHT_TO_BE_FORGOTTEN RISK_ENVIRONMENTAL_DAMAGE RISK_PUBLIC_HEALTH
SELF_MUTILATION STALKING SUICIDE TERRORIST_CONTENT TRADE_SECRET_INFRINGEMENT
TRADEMARK_INFRINGEMENT TRAFFICKING_WOMEN_GIRLS UNLAWFUL_SALE_ANIMALS UNSAFE_CHALLENGES
UNSAFE_PRODUCTS VIOLATION_EU_LAW VIOLATION_NATIONAL_LAW"""

LANGUAGE = """aa ab ae af ak am an ar as av ay az ba be bg bi bm bn bo br bs ca ce ch co
cr cs cu cv cy da de dv dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv
ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it iu ja jv ka kg ki kj kk kl km kn
ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd
ne ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg
si sk sl sm sn so sq sr ss st su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk
ur uz ve vi vo wa wo xh yi yo za zh zu"""

TERRITORY = """AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IS IT LI LT LU LV MT NL NO
PL PT RO SE SI SK"""


def words(text: str, prefix: str = "") -> list[str]:
    return [prefix + word for word in text.split()]


def one_of(text: str, prefix: str = "") -> dict[str, Any]:
    return {"enum": words(text, prefix)}


def some_of(text: str, prefix: str = "") -> dict[str, Any]:
    return {"items": words(text, prefix)}


def day(earliest: str) -> dict[str, Any]:
    return {"from": date.fromisoformat(earliest), "to": date(2038, 1, 1)}


VISIBILITY = """CONTENT_REMOVED CONTENT_DISABLED CONTENT_DEMOTED CONTENT_AGE_RESTRICTED
CONTENT_INTERACTION_RESTRICTED CONTENT_LABELLED OTHER"""
PROVISION = """PARTIAL_SUSPENSION TOTAL_SUSPENSION PARTIAL_TERMINATION
TOTAL_TERMINATION"""
SOURCE = "ARTICLE_16 TRUSTED_FLAGGER TYPE_OTHER_NOTIFICATION VOLUNTARY"

FIELDS: dict[str, dict[str, Any]] = {
    "decision_visibility": some_of(VISIBILITY, "DECISION_VISIBILITY_"),
    "decision_visibility_other": {"max": 500},
    "end_date_visibility_restriction": day("2020-01-01"),
    "decision_monetary": one_of("SUSPENSION TERMINATION OTHER", "DECISION_MONETARY_"),
    "decision_monetary_other": {"max": 500},
    "end_date_monetary_restriction": day("2020-01-01"),
    "decision_provision": one_of(PROVISION, "DECISION_PROVISION_"),
    "end_date_service_restriction": day("2020-01-01"),
    "decision_account": one_of("SUSPENDED TERMINATED", "DECISION_ACCOUNT_"),
    "end_date_account_restriction": day("2020-01-01"),
    "account_type": one_of("BUSINESS PRIVATE", "ACCOUNT_TYPE_"),
    "decision_ground": one_of(
        "ILLEGAL_CONTENT INCOMPATIBLE_CONTENT", "DECISION_GROUND_"
    ),
    "decision_ground_reference_url": {"max": 500, "pattern": r"https?://[^\s]+"},
    "illegal_content_legal_ground": {"max": 500},
    "illegal_content_explanation": {"max": 2000},
    "incompatible_content_ground": {"max": 500},
    "incompatible_content_explanation": {"max": 2000},
    "incompatible_content_illegal": one_of("Yes No"),
    "category": one_of(CATEGORY, "STATEMENT_CATEGORY_"),
    "category_addition": some_of(CATEGORY, "STATEMENT_CATEGORY_"),
    "category_specification": some_of(KEYWORD, "KEYWORD_"),
    "category_specification_other": {"max": 500},
    "content_type": some_of(
        "APP AUDIO IMAGE PRODUCT SYNTHETIC_MEDIA TEXT VIDEO OTHER", "CONTENT_TYPE_"
    ),
    "content_type_other": {"max": 500},
    "content_language": one_of(LANGUAGE.upper()),
    "content_date": day("2000-01-01"),
    "territorial_scope": some_of(TERRITORY),
    "application_date": day("2020-01-01"),
    "decision_facts": {"max": 5000},
    "source_type": one_of(SOURCE, "SOURCE_"),
    "source_identity": {"max": 500},
    "automated_detection": one_of("Yes No"),
    "automated_decision": one_of(
        "FULLY PARTIALLY NOT_AUTOMATED", "AUTOMATED_DECISION_"
    ),
    "puid": {"max": 500, "pattern": r"[a-zA-Z0-9_-]+"},
}

REQUIRED = words(
    "decision_ground content_type category content_date application_date "
    "decision_facts source_type automated_detection automated_decision puid"
)
RESTRICTIONS = words("visibility monetary provision account", "decision_")

Condition = tuple[str, str, list[str], list[str]]
"""A field, a value it has or holds; what then must be there, and what must not be."""

CONDITIONS: list[Condition] = [
    (
        "decision_visibility",
        "DECISION_VISIBILITY_OTHER",
        ["decision_visibility_other"],
        [],
    ),
    ("decision_monetary", "DECISION_MONETARY_OTHER", ["decision_monetary_other"], []),
    ("content_type", "CONTENT_TYPE_OTHER", ["content_type_other"], []),
    (
        "decision_ground",
        "DECISION_GROUND_ILLEGAL_CONTENT",
        ["illegal_content_legal_ground", "illegal_content_explanation"],
        ["incompatible_content_ground", "incompatible_content_explanation"],
    ),
    (
        "decision_ground",
        "DECISION_GROUND_INCOMPATIBLE_CONTENT",
        ["incompatible_content_ground", "incompatible_content_explanation"],
        ["illegal_content_legal_ground", "illegal_content_explanation"],
    ),
    ("source_type", "SOURCE_VOLUNTARY", [], ["source_identity"]),
]
ONLY_WITH = {
    "decision_visibility_other": ("decision_visibility", "DECISION_VISIBILITY_OTHER"),
    "decision_monetary_other": ("decision_monetary", "DECISION_MONETARY_OTHER"),
    "content_type_other": ("content_type", "CONTENT_TYPE_OTHER"),
    "end_date_visibility_restriction": ("decision_visibility", ""),
    "end_date_monetary_restriction": ("decision_monetary", ""),
    "end_date_service_restriction": ("decision_provision", ""),
    "end_date_account_restriction": ("decision_account", ""),
}


def errors(statement: dict[str, Any]) -> list[str]:
    """What the database would refuse; nothing when the statement is valid."""
    return [*_missing(statement), *_wrong(statement), *_unmet(statement)]


def _missing(statement: dict[str, Any]) -> Iterator[str]:
    for name in REQUIRED:
        if not statement.get(name):
            yield f"{name}: missing"
    if not any(statement.get(name) for name in RESTRICTIONS):
        yield "no decision about visibility, money, service or account"


def _wrong(statement: dict[str, Any]) -> Iterator[str]:
    for name, value in statement.items():
        if name not in FIELDS:
            yield f"{name}: unknown"
        elif not _fits(value, FIELDS[name]):
            yield f"{name}: {value!r}"


def _unmet(statement: dict[str, Any]) -> Iterator[str]:
    for name, value, needed, banned in CONDITIONS:
        if _has(statement, name, value):
            yield from (f"{n}: needed" for n in needed if not statement.get(n))
            yield from (f"{n}: not with {value}" for n in banned if n in statement)
    for name, (other, value) in ONLY_WITH.items():
        if name in statement and not _has(statement, other, value):
            yield f"{name}: without {other} {value}"


def _has(statement: dict[str, Any], name: str, value: str) -> bool:
    said = statement.get(name)
    if not value:
        return bool(said)
    return value in said if isinstance(said, list) else said == value


def _fits(value: Any, kind: dict[str, Any]) -> bool:
    if "items" in kind:
        return _is_set(value) and set(value) <= set(kind["items"])
    if not isinstance(value, str) or not value:
        return False
    if "enum" in kind:
        return value in kind["enum"]
    if "from" in kind:
        return (
            _is_day(value) and kind["from"] <= date.fromisoformat(value) <= kind["to"]
        )
    pattern = kind.get("pattern", r"(?s:.+)")
    return len(value) <= kind["max"] and re.fullmatch(pattern, value) is not None


def _is_set(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and len(set(value)) == len(value)


def _is_day(value: str) -> bool:
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
        return False
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return True
