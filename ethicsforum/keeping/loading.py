"""Rows into the empty tables of a new database, fast, and checked as a whole after."""

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from typing import Any

from django.db import connection, transaction
from django.db.models import Model

BATCH = 2000
Rows = Iterator[list[Any]]

FOREIGN_KEYS = """SELECT conrelid::regclass::text, quote_ident(conname),
    pg_get_constraintdef(oid) FROM pg_constraint
    WHERE contype = 'f' AND connamespace = current_schema()::regnamespace"""
INDEXES = """SELECT i.indexrelid::regclass::text, pg_get_indexdef(i.indexrelid)
    FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
    WHERE c.relnamespace = current_schema()::regnamespace AND NOT EXISTS
    (SELECT 1 FROM pg_constraint WHERE conindid = i.indexrelid)"""


@contextmanager
def in_bulk() -> Iterator[None]:
    """One transaction, in which no row is looked at by itself."""
    loading = _on_sqlite if connection.vendor == "sqlite" else _on_postgres
    with loading():
        yield


def load(model: type[Model], columns: list[str], rows: Rows) -> int:
    """How many there were."""
    quote = connection.ops.quote_name
    fields = {field.attname: field.column for field in model._meta.concrete_fields}
    names = ", ".join(quote(fields[name] or name) for name in columns)
    table = f"{quote(model._meta.db_table)} ({names})"
    write = _insert if connection.vendor == "sqlite" else _copy
    return write(table, len(columns), rows)


def _insert(table: str, width: int, rows: Rows) -> int:
    sql = f"INSERT INTO {table} VALUES ({', '.join(['%s'] * width)})"  # noqa: S608  # names of our own
    count = 0
    with connection.cursor() as cursor:
        while batch := list(islice(rows, BATCH)):
            cursor.executemany(sql, batch)
            count += len(batch)
    return count


def _copy(table: str, width: int, rows: Rows) -> int:
    count = 0
    with connection.cursor() as cursor, cursor.copy(f"COPY {table} FROM STDIN") as out:
        for row in rows:
            out.write_row(row)
            count += 1
    return count


@contextmanager
def _on_sqlite() -> Iterator[None]:
    """Triggers come back with the next `migrate`, which also fills what they feed."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA foreign_keys = OFF")
        cursor.execute("PRAGMA synchronous = OFF")
        cursor.execute("PRAGMA cache_size = -100000")
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        for (name,) in cursor.fetchall():
            cursor.execute(f"DROP TRIGGER {connection.ops.quote_name(name)}")
        yield
        connection.check_constraints()
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA foreign_keys = ON")


@contextmanager
def _on_postgres() -> Iterator[None]:
    """Indexes and foreign keys are made when all is there: that is many times faster,
    and holds each row to them."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(FOREIGN_KEYS)
        keys = cursor.fetchall()
        cursor.execute(INDEXES)
        indexes = cursor.fetchall()
        for table, name, _definition in keys:
            cursor.execute(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
        for name, _definition in indexes:
            cursor.execute(f"DROP INDEX {name}")
        yield
        for _name, definition in indexes:
            cursor.execute(definition)
        for table, name, definition in keys:
            cursor.execute(f"ALTER TABLE {table} ADD CONSTRAINT {name} {definition}")
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
