"""One moment of the database, read while the site goes on writing."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction
from django.db.models import AutoField, Model

from ethicsforum.keeping.schema import columns_of

CHUNK = 2000
NO_HURRY = (
    "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY",
    "SET LOCAL statement_timeout = 0",
    "SET LOCAL idle_in_transaction_session_timeout = 0",
)
"""PostgreSQL: a large table takes longer than any request may."""


@contextmanager
def one_moment() -> Iterator[None]:
    if connection.vendor == "sqlite":
        with _deferred():
            yield
        return
    with transaction.atomic():
        with connection.cursor() as cursor:
            for statement in NO_HURRY:
                cursor.execute(statement)
        yield


@contextmanager
def _deferred() -> Iterator[None]:
    """Not atomic(), which would take the write lock and keep everybody waiting."""
    with connection.cursor() as cursor:
        cursor.execute("BEGIN DEFERRED")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("ROLLBACK")


def rows_of(model: type[Model]) -> Iterator[tuple[Any, ...]]:
    """In the order of the keys, streamed."""
    rows = model._base_manager.using(connection.alias).order_by("pk")
    yield from rows.values_list(*columns_of(model)).iterator(chunk_size=CHUNK)


def last_number(model: type[Model]) -> int:
    """The highest key that was ever given out; nought where the site gives none."""
    key = model._meta.pk
    if not isinstance(key, AutoField):
        return 0
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            sql = "SELECT seq FROM sqlite_sequence WHERE name = %s"
            cursor.execute(sql, [model._meta.db_table])
        else:
            sequence = _sequence(cursor, model)
            cursor.execute(f"SELECT last_value FROM {sequence} WHERE is_called")  # noqa: S608  # PostgreSQL's own name of it
        row = cursor.fetchone()
    return int(row[0]) if row else 0


def set_last_number(model: type[Model], number: int) -> None:
    """So that no key is given out twice, not even that of a row long deleted."""
    key = model._meta.pk
    if not number or not isinstance(key, AutoField):
        return
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("DELETE FROM sqlite_sequence WHERE name = %s", [table])
            sql = "INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)"
            cursor.execute(sql, [table, number])
        else:
            sequence = _sequence(cursor, model)
            cursor.execute("SELECT setval(%s::regclass, %s)", [sequence, number])


def _sequence(cursor: Any, model: type[Model]) -> str:
    table = connection.ops.quote_name(model._meta.db_table)
    given = [table, model._meta.pk.column]
    cursor.execute("SELECT pg_get_serial_sequence(%s, %s)", given)
    return str(cursor.fetchone()[0])
