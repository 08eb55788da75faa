"""PostgreSQL: a generated column of lexemes with a GIN index."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.db import OperationalError, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Value
from django.db.models.expressions import RawSQL

from comments.models import SearchDocument
from comments.models.search_document import SearchDocumentQuerySet
from comments.search import CANDIDATES, Kind, TooSlow
from comments.search.folding import FROM, TO, fold
from comments.search.query import Query
from comments.search.snippets import END, START, mark, unmarked

DOCUMENTS = "comments_searchdocument"
INDEX = "search_words"
MOST_MILLISECONDS = 2000
CANCELLED = "57014"

_ALL_OF_IT = f"HighlightAll=true, StartSel={START}, StopSel={END}"


def _lexemes(column: str) -> str:
    quoted = FROM.replace("'", "''")
    folded = f"translate({column}, '{quoted}', '{TO}')"
    return f"to_tsvector('english'::regconfig, {folded})"


COLUMN = f"""ALTER TABLE {DOCUMENTS} ADD COLUMN IF NOT EXISTS words tsvector
    GENERATED ALWAYS AS (
        setweight({_lexemes("title")}, 'A') || setweight({_lexemes("text")}, 'D')
    ) STORED"""
GIN = f"CREATE INDEX IF NOT EXISTS {INDEX} ON {DOCUMENTS} USING gin (words)"

# Of each kind the newest: their keys run away from nought.
NEWEST = {
    Kind.COMMENTS: "newest.id > 0 ORDER BY newest.id DESC",
    Kind.ARTICLES: "newest.id < 0 ORDER BY newest.id ASC",
}


def install(connection: BaseDatabaseWrapper) -> None:
    if installed(connection):
        return
    with connection.cursor() as cursor:
        cursor.execute(COLUMN)
        cursor.execute(GIN)


def installed(connection: BaseDatabaseWrapper) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass(%s) IS NOT NULL", [INDEX])
        return bool(cursor.fetchone()[0])


def best(
    query: Query, documents: SearchDocumentQuerySet, kinds: Sequence[Kind], most: int
) -> list[int]:
    looked_for, given = tsquery_of(query)
    visible, seen = _visible(documents)
    candidates = " UNION ALL ".join(
        _newest(kind, looked_for, visible) for kind in kinds
    )
    sql = f"""SELECT id FROM {DOCUMENTS} JOIN ({candidates}) candidates USING (id)
        ORDER BY ts_rank(words, {looked_for}, 1) DESC, id DESC LIMIT %s"""
    params = [value for _ in kinds for value in (*given, *seen)]
    with _bounded(connections[documents.db]) as cursor:
        cursor.execute(sql, [*params, *given, most])
        return [row[0] for row in cursor.fetchall()]


def marked(query: Query, found: Sequence[SearchDocument]) -> dict[int, tuple[str, str]]:
    looked_for, given = tsquery_of(query)
    keys = [document.pk for document in found]
    titles = [fold(document.title) for document in found]
    texts = [fold(document.text) for document in found]
    headlines = ", ".join(
        f"ts_headline('english', {text}, {looked_for}, %s)"
        for text in ("title", "folded")
    )
    rows = "unnest(%s::bigint[], %s::text[], %s::text[]) AS rows (key, title, folded)"
    sql = f"SELECT key, {headlines} FROM {rows}"
    options = [*given, _ALL_OF_IT, *given, _ALL_OF_IT]
    with connections[SearchDocument.objects.db].cursor() as cursor:
        cursor.execute(sql, [*options, keys, titles, texts])
        headed = {key: (title, text) for key, title, text in cursor.fetchall()}
    return {
        document.pk: (
            _as_written(document.title, headed[document.pk][0]),
            _as_written(document.text, headed[document.pk][1]),
        )
        for document in found
    }


def tsquery_of(query: Query) -> tuple[str, list[str]]:
    """An expression and its parameters. What was typed is only ever the plain text
    that phraseto_tsquery takes, or letters and digits."""
    terms = [fold(term) for term in query.terms]
    expressions = ["phraseto_tsquery('english', %s)"] * len(terms)
    params = list(terms)
    # Folded, "don't" is two words: only one that is still one may go on.
    if query.open_ended and terms[-1].strip().isalnum():
        either = "(phraseto_tsquery('english', %s) || to_tsquery('english', %s))"
        expressions[-1] = either
        params.append(f"{terms[-1].strip()}:*")
    return " && ".join(expressions), params


def _newest(kind: Kind, looked_for: str, visible: str) -> str:
    return f"""(SELECT newest.id FROM {DOCUMENTS} newest
        WHERE newest.words @@ ({looked_for}) AND ({visible})
        AND {NEWEST[kind]} LIMIT {CANDIDATES})"""


def _visible(documents: SearchDocumentQuerySet) -> tuple[str, tuple[Any, ...]]:
    """Asked for each match in turn: were it a join, the planner would read all the
    comments there are to find the newest. A value, since EXISTS becomes a join."""
    here = documents.filter(pk=RawSQL("newest.id", []))
    asked = here.values_list(Value(True))
    sql, params = asked.query.sql_with_params()
    return sql, params


def _as_written(text: str, headline: str) -> str:
    """The marks of the folded text, set in the text as it was written."""
    folded, spans = unmarked(headline)
    return mark(text, spans) if len(folded) == len(text) else text


@contextmanager
def _bounded(connection: BaseDatabaseWrapper) -> Iterator[Any]:
    """Two common words that rarely meet may take long; then the database gives up."""
    try:
        with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
            cursor.execute("SHOW statement_timeout")
            before = cursor.fetchone()[0]
            _limit(cursor, str(MOST_MILLISECONDS))
            yield cursor
            _limit(cursor, before)
    except OperationalError as error:
        if getattr(error.__cause__, "sqlstate", "") == CANCELLED:
            raise TooSlow from error
        raise


def _limit(cursor: Any, duration: str) -> None:
    cursor.execute("SELECT set_config('statement_timeout', %s, true)", [duration])
