"""What a statement of a migration would make readers and writers wait for. Pure."""

import re
from collections.abc import Iterable, Iterator

GROWING = (
    "account_emailaddress",
    "accounts_user",
    "articles_article",
    "comments_comment",
    "comments_decision",
    "comments_logentry",
    "comments_notification",
    "comments_queueitem",
    "comments_report",
    "comments_revision",
    "comments_searchdocument",
    "comments_visit",
    "comments_vote",
    "django_session",
)
"""Tables whose rows come from readers, writers and every decision."""

_TABLE = rf'"?(?:{"|".join(GROWING)})"?'
_ALTER = rf"^ALTER TABLE (?:ONLY )?{_TABLE}\b.*"

REFUSED = {
    rf"^CREATE (?:UNIQUE )?INDEX (?!CONCURRENTLY).*\bON {_TABLE}\b": (
        "makes an index while nobody may write: AddIndexMeanwhile"
    ),
    r"^DROP INDEX (?!CONCURRENTLY)": (
        "waits for every reader of the table: RemoveIndexMeanwhile"
    ),
    rf"{_ALTER}\bADD COLUMN (?=.*\bNOT NULL\b)(?!.*\bDEFAULT\b)": (
        "fails where there are rows: a default, or null=True first"
    ),
    rf"{_ALTER}\bADD COLUMN .*\b(?:UNIQUE|REFERENCES|GENERATED|CHECK)\b": (
        "reads or writes every row while nobody may: add the column bare"
    ),
    rf"{_ALTER}\bADD COLUMN .*\bDEFAULT \(?(?:now|random|gen_random_uuid|clock)": (
        "writes every row while nobody may: a default that is the same for all"
    ),
    rf"{_ALTER}\bALTER COLUMN \S+ (?:SET DATA )?TYPE\b": (
        "writes every row anew while nobody may: a new column"
    ),
    rf"{_ALTER}\bSET NOT NULL\b": (
        "reads every row while nobody may: a check, NOT VALID, then VALIDATE"
    ),
    rf"{_ALTER}\bADD CONSTRAINT (?!.*(?:NOT VALID|USING INDEX))": (
        "reads every row while nobody may: NOT VALID, and VALIDATE in another one"
    ),
    rf"{_ALTER}\bRENAME\b": "the processes of before still ask for the old name",
    rf"^(?:UPDATE|DELETE FROM) {_TABLE}\b": (
        "locks every row it changes until the end: batches, in RunPython"
    ),
    r"^(?:LOCK TABLE|CLUSTER|VACUUM FULL|REINDEX (?!.*CONCURRENTLY))": (
        "keeps everybody waiting"
    ),
}


def waits(statements: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Each statement that is refused, and why. Tables made here are still empty."""
    made: set[str] = set()
    for statement in statements:
        plain = " ".join(statement.split())
        made |= set(re.findall(r'^CREATE TABLE "?(\w+)', plain))
        if any(re.search(rf'"?\b{name}\b"?', plain) for name in made):
            continue
        for pattern, why in REFUSED.items():
            if re.search(pattern, plain, re.IGNORECASE):
                yield plain, why
