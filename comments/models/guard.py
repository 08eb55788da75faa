"""Triggers that make decisions append-only, on SQLite and on PostgreSQL.

Installed after every `migrate`: a later migration that rebuilds the table on SQLite
would drop them, and this puts them back.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db.backends.base.base import BaseDatabaseWrapper

REFUSAL = "decisions are append-only"

SQLITE_INSTALL = [
    f"""CREATE TRIGGER IF NOT EXISTS decision_no_{verb.lower()}
    BEFORE {verb} ON comments_decision
    BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"""
    for verb in ("UPDATE", "DELETE")
]
SQLITE_LIFT = [
    "DROP TRIGGER IF EXISTS decision_no_update",
    "DROP TRIGGER IF EXISTS decision_no_delete",
]
SQLITE_COUNT = """SELECT count(*) FROM sqlite_master
    WHERE type = 'trigger' AND name IN ('decision_no_update', 'decision_no_delete')"""

POSTGRES_INSTALL = [
    f"""CREATE OR REPLACE FUNCTION decision_refuse() RETURNS trigger
    LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION '{REFUSAL}'
    USING ERRCODE = 'integrity_constraint_violation'; END $$""",
    "DROP TRIGGER IF EXISTS decision_append_only ON comments_decision",
    """CREATE TRIGGER decision_append_only BEFORE UPDATE OR DELETE
    ON comments_decision FOR EACH ROW EXECUTE FUNCTION decision_refuse()""",
]
POSTGRES_LIFT = ["DROP TRIGGER IF EXISTS decision_append_only ON comments_decision"]
POSTGRES_COUNT = """SELECT 2 * count(*) FROM pg_trigger
    WHERE tgname = 'decision_append_only' AND tgenabled <> 'D'"""


def install(connection: BaseDatabaseWrapper) -> None:
    _run(connection, SQLITE_INSTALL, POSTGRES_INSTALL)


def installed(connection: BaseDatabaseWrapper) -> bool:
    count = SQLITE_COUNT if connection.vendor == "sqlite" else POSTGRES_COUNT
    with connection.cursor() as cursor:
        cursor.execute(count)
        return bool(cursor.fetchone()[0] == 2)


@contextmanager
def lifted(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """For tests that empty the tables; nothing else has a reason to."""
    _run(connection, SQLITE_LIFT, POSTGRES_LIFT)
    try:
        yield
    finally:
        install(connection)


def _run(
    connection: BaseDatabaseWrapper, sqlite: list[str], postgres: list[str]
) -> None:
    with connection.cursor() as cursor:
        for statement in sqlite if connection.vendor == "sqlite" else postgres:
            cursor.execute(statement)
