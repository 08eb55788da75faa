"""Queries that every page asks: written to SQL once, asked about many.

Django takes several times longer to write a small query than a database to answer it.
A query is written about stand-ins, which each question replaces; what it answers comes
as the database has it: numbers and texts, not times or JSON.
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from django.db import connection
from django.db.models import QuerySet

SOMEBODY, SOME_ARTICLE, SOME_COMMENT, SOME_REVISION, SOME_RANK = -1, -2, -3, -4, -5
"""Stand-ins for the numbers of rows, which no row has."""
SOME_TIME, EARLIER_TIME = datetime(1, 2, 3, tzinfo=UTC), datetime(1, 2, 2, tzinfo=UTC)
SOME_TEXT = "\ufffesome text"
ONE_OF_THEM = -9
"""Stands for all of a list, as `id__in=[ONE_OF_THEM]`."""

Written = tuple[str, tuple[Any, ...]]


def write(rows: QuerySet[Any, Any]) -> Written:
    sql, params = rows.query.sql_with_params()
    return sql, tuple(params)


def about(written: Written, given: Mapping[Any, Any]) -> Written:
    sql, params = written
    known = {_stored(one): _stored(other) for one, other in given.items()}
    return sql, tuple(known.get(param, param) for param in params)


def _stored(value: Any) -> Any:
    """A time as the database takes it."""
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    return value


def among(written: Written, several: Sequence[Any]) -> Written:
    """With the list in place of the one; it must not be empty."""
    (before, after), params = written[0].split("IN (%s)"), written[1]
    place = params.index(ONE_OF_THEM)
    signs = ", ".join(["%s"] * len(several))
    sql = f"{before}IN ({signs}){after}"
    return sql, (*params[:place], *several, *params[place + 1 :])


def ask(written: Written) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(*written)
        rows: list[Any] = cursor.fetchall()
    return rows
