"""Rows by the hundred thousand: COPY on PostgreSQL, executemany on SQLite.

A column that no value is given for gets the model's own default, so that a column
more is no work here.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import islice
from typing import Any

from django.db import connection, transaction
from django.db.models import Model
from django.db.models.fields import Field
from django.utils import timezone

from comments.search import engine_of, postgres, sqlite

Row = Sequence[Any]
Values = list[Any]
BATCH = 2_000
AS_THEY_ARE = frozenset({int, str, type(None)})
TAKEN_OFF = {
    "sqlite": [f"DROP TRIGGER {name}" for name in sqlite.TRIGGERS],
    "postgresql": [f"DROP INDEX {postgres.INDEX}"],
}
ESCAPES = str.maketrans({"\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r"})


def fill(model: type[Model], columns: Sequence[str], rows: Iterable[Row]) -> None:
    """Rows of plain values, in the order of the columns (by attribute name)."""
    fields = {field.attname: field for field in model._meta.concrete_fields}
    given = [fields.pop(name) for name in columns]
    left = [field for field in fields.values() if not _made_by_database(field)]
    defaults = [_plain(_default(field)) for field in left]
    names = ", ".join(f'"{field.column}"' for field in [*given, *left])
    table = f'"{model._meta.db_table}" ({names})'
    whole = ([*map(_plain, row), *defaults] for row in rows)
    write = _copy if connection.vendor == "postgresql" else _insert
    write(table, whole)


@contextmanager
def unchecked() -> Iterator[None]:
    """Without looking up each foreign key; whoever calls this knows they hold."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA cache_size = -400000")
        with connection.constraint_checks_disabled(), transaction.atomic():
            yield
        return
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")
        if cursor.fetchone()[0]:
            cursor.execute("SET LOCAL session_replication_role = replica")
        yield


@contextmanager
def unindexed() -> Iterator[None]:
    """The search index is made when all is there: that is many times faster."""
    engine = engine_of(connection)
    with connection.cursor() as cursor:
        for statement in TAKEN_OFF[connection.vendor]:
            cursor.execute(statement)
    yield
    engine.install(connection)


def settle(*models: type[Model]) -> None:
    """Ids go on after the highest, and the planner knows what is there."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            for model in models:
                table = model._meta.db_table
                cursor.execute(
                    f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), "
                    f'(SELECT COALESCE(max(id), 1) FROM "{table}"))'
                )
        cursor.execute("ANALYZE")


def _copy(table: str, rows: Iterator[Values]) -> None:
    with connection.cursor() as cursor, cursor.copy(f"COPY {table} FROM STDIN") as out:
        while batch := list(islice(rows, BATCH)):
            out.write("".join(map(_line, batch)))


def _insert(table: str, rows: Iterator[Values]) -> None:
    # Past Django's cursor, which looks at each statement anew.
    with connection.cursor() as cursor:
        while batch := list(islice(rows, BATCH)):
            places = ", ".join(["%s"] * len(batch[0]))
            cursor.executemany(f"INSERT INTO {table} VALUES ({places})", batch)


def _line(row: Values) -> str:
    return "\t".join(map(_cell, row)) + "\n"


def _cell(value: Any) -> str:
    if value is None:
        return "\\N"
    return value.translate(ESCAPES) if isinstance(value, str) else str(value)


def _plain(value: Any) -> Any:
    if type(value) in AS_THEY_ARE:
        return value
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(" ", "microseconds")[:26]
    if isinstance(value, bool):
        return int(value)
    return json.dumps(value) if isinstance(value, list | dict) else value


def _default(field: "Field[Any, Any]") -> Any:
    if getattr(field, "auto_now_add", False) or getattr(field, "auto_now", False):
        return timezone.now()
    return field.get_default()


def _made_by_database(field: "Field[Any, Any]") -> bool:
    return field.primary_key and field.get_internal_type().endswith("AutoField")
