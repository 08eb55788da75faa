"""Rows by the hundred thousand: INSERT … SELECT over numbers, on PostgreSQL.

What a column isn't given an expression for gets the model's own default, so that a
column more is no work here.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction
from django.db.models import Model
from django.db.models.fields import Field

NOW = "now()"


def fill(model: type[Model], numbers: range, **columns: str) -> None:
    """A row for each number `n`; each column an SQL expression, by attribute name."""
    if not len(numbers):
        return
    fields = model._meta.concrete_fields
    values = [_value(field, columns.get(field.attname)) for field in fields]
    names = ", ".join(f'"{field.column}"' for field in fields)
    shown = ", ".join(expression for expression, _ in values)
    given = [default for _, defaults in values for default in defaults]
    with connection.cursor() as cursor:
        cursor.execute(
            f'INSERT INTO "{model._meta.db_table}" ({names}) SELECT {shown} '
            "FROM generate_series(%s::bigint, %s::bigint, %s::bigint) AS n",
            [*given, numbers.start, numbers[-1], numbers.step],
        )


@contextmanager
def unchecked() -> Iterator[None]:
    """One transaction without looking up each foreign key, where that is allowed."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")
        if cursor.fetchone()[0]:
            cursor.execute("SET LOCAL session_replication_role = replica")
        yield


def settle(*models: type[Model]) -> None:
    """Ids go on after the highest, and the planner knows what is there."""
    with connection.cursor() as cursor:
        for model in models:
            table = model._meta.db_table
            cursor.execute(
                f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), "
                f'(SELECT COALESCE(max(id), 1) FROM "{table}"))'
            )
        cursor.execute("ANALYZE")


def _value(field: "Field[Any, Any]", expression: str | None) -> tuple[str, list[Any]]:
    if expression is not None:
        escaped = expression.replace("%", "%%")
        return f"({escaped})::{field.rel_db_type(connection)}", []
    if getattr(field, "auto_now_add", False) or getattr(field, "auto_now", False):
        return NOW, []
    default = field.get_db_prep_save(field.get_default(), connection)
    return f"%s::{field.rel_db_type(connection)}", [default]
