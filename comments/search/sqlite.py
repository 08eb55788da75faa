"""SQLite: an FTS5 table whose content is the documents, kept by triggers.

The triggers are put back after every `migrate`, like those of `models.guard`: a later
migration that rebuilds the documents' table would drop them.
"""

from collections.abc import Sequence
from typing import Any

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.expressions import RawSQL

from comments.models import SearchDocument
from comments.models.search_document import SearchDocumentQuerySet
from comments.search import CANDIDATES, Kind
from comments.search.query import Query
from comments.search.snippets import MARKS

DOCUMENTS = "comments_searchdocument"
WORDS = "comments_searchwords"

TABLE = f"""CREATE VIRTUAL TABLE {WORDS} USING fts5(
    title, text, content='{DOCUMENTS}', content_rowid='id', prefix='3 4',
    tokenize='porter unicode61 remove_diacritics 2')"""
_ADD = f"INSERT INTO {WORDS}(rowid, title, text) VALUES (NEW.id, NEW.title, NEW.text);"
_DROP = f"""INSERT INTO {WORDS}({WORDS}, rowid, title, text)
    VALUES ('delete', OLD.id, OLD.title, OLD.text);"""
TRIGGERS = {
    f"{WORDS}_insert": f"AFTER INSERT ON {DOCUMENTS} BEGIN {_ADD} END",
    f"{WORDS}_delete": f"AFTER DELETE ON {DOCUMENTS} BEGIN {_DROP} END",
    f"{WORDS}_update": f"AFTER UPDATE ON {DOCUMENTS} BEGIN {_DROP} {_ADD} END",
}
NAMES = {WORDS, *TRIGGERS}

# Of each kind the newest: their keys run away from nought.
NEWEST = {
    Kind.COMMENTS: "rowid > 0 {visible} ORDER BY rowid DESC",
    Kind.ARTICLES: "rowid < 0 {visible} ORDER BY rowid ASC",
}
TITLE_COUNTS = 8.0
"""How much more a word in a title weighs than one in the text."""


def install(connection: BaseDatabaseWrapper) -> None:
    there = _there(connection)
    with connection.cursor() as cursor:
        if WORDS not in there:
            cursor.execute(TABLE)
        for name in TRIGGERS.keys() - there:
            cursor.execute(f"CREATE TRIGGER {name} {TRIGGERS[name]}")
        if there != NAMES:
            # What was written while one of them was away is not in it.
            cursor.execute(f"INSERT INTO {WORDS}({WORDS}) VALUES ('rebuild')")


def installed(connection: BaseDatabaseWrapper) -> bool:
    return _there(connection) == NAMES


def best(
    query: Query, documents: SearchDocumentQuerySet, kinds: Sequence[Kind], most: int
) -> list[int]:
    match = match_of(query)
    visible, given = _visible(documents)
    candidates = " UNION ALL ".join(_newest(kind, visible) for kind in kinds)
    sql = f"SELECT id FROM ({candidates}) ORDER BY score, id DESC LIMIT %s"
    params = [value for _ in kinds for value in (match, *given)]
    with connections[documents.db].cursor() as cursor:
        cursor.execute(sql, [*params, most])
        return [row[0] for row in cursor.fetchall()]


def marked(query: Query, found: Sequence[SearchDocument]) -> dict[int, tuple[str, str]]:
    keys = [document.pk for document in found]
    start, end = MARKS
    sql = f"""SELECT rowid, highlight({WORDS}, 0, %s, %s), highlight({WORDS}, 1, %s, %s)
        FROM {WORDS} WHERE {WORDS} MATCH %s
        AND rowid IN ({", ".join(["%s"] * len(keys))})"""
    with connections[SearchDocument.objects.db].cursor() as cursor:
        cursor.execute(sql, [start, end, start, end, match_of(query), *keys])
        return {key: (title, text) for key, title, text in cursor.fetchall()}


def match_of(query: Query) -> str:
    """Each term as a string of FTS5's, in which nothing but its quote has a meaning."""
    strings = ['"' + term.replace('"', '""') + '"' for term in query.terms]
    if query.open_ended:
        # The word itself counts twice: it is what was typed.
        strings[-1] = f"({strings[-1]} OR {strings[-1]} *)"
    return " AND ".join(strings)


def _newest(kind: Kind, visible: str) -> str:
    newest = NEWEST[kind].format(visible=f"AND EXISTS ({visible})")
    score = f"bm25({WORDS}, {TITLE_COUNTS}, 1.0)"
    return f"""SELECT * FROM (SELECT rowid AS id, {score} AS score FROM {WORDS}
        WHERE {WORDS} MATCH %s AND {newest} LIMIT {CANDIDATES})"""


def _visible(documents: SearchDocumentQuerySet) -> tuple[str, tuple[Any, ...]]:
    """Asked for each match in turn, so that a common word needs no list of all."""
    here = documents.filter(pk=RawSQL(f"{WORDS}.rowid", [])).values("pk")
    sql, params = here.query.sql_with_params()
    return sql, params


def _there(connection: BaseDatabaseWrapper) -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT name FROM sqlite_master WHERE name LIKE %s", [f"{WORDS}%"]
        )
        return {row[0] for row in cursor.fetchall()} & NAMES
