"""A row as a line of JSON, and back as what either database takes."""

import json
from collections.abc import Callable, Iterator
from datetime import date, datetime, time
from decimal import Decimal
from typing import IO, Any
from uuid import UUID

from django.db import connection
from django.db.models import Field, Model

AS_THEY_ARE = frozenset(
    {
        "AutoField",
        "BigAutoField",
        "BigIntegerField",
        "BooleanField",
        "CharField",
        "FloatField",
        "IntegerField",
        "PositiveBigIntegerField",
        "PositiveIntegerField",
        "PositiveSmallIntegerField",
        "SlugField",
        "SmallIntegerField",
        "TextField",
    }
)
"""Of these JSON has what the databases have."""

AnyField = Field[Any, Any]
Back = Callable[[Any], Any]


def line_of(row: tuple[Any, ...]) -> bytes:
    text = json.dumps(row, default=_text, ensure_ascii=False, separators=(",", ":"))
    return text.encode() + b"\n"


def rows_in(
    lines: IO[bytes], model: type[Model], columns: list[str]
) -> Iterator[list[Any]]:
    fields = {field.attname: field for field in model._meta.concrete_fields}
    backs = {
        place: back
        for place, name in enumerate(columns)
        if (back := _back(fields[name]))
    }
    for line in lines:
        row = json.loads(line)
        for place, back in backs.items():
            row[place] = back(row[place])
        yield row


def _text(value: Any) -> str:
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, Decimal | UUID):
        return str(value)
    raise TypeError(f"a backup has no way to keep {type(value).__name__}")


def _back(field: AnyField) -> Back | None:
    field = _own_kind(field)
    if field.get_internal_type() in AS_THEY_ARE:
        return None

    def back(value: Any) -> Any:
        if value is None:
            return None
        return field.get_db_prep_save(field.to_python(value), connection)

    return back


def _own_kind(field: AnyField) -> AnyField:
    """Of a foreign key, that of the key it names."""
    target = getattr(field, "target_field", None)
    return _own_kind(target) if target is not None else field
