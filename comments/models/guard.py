"""Triggers that make decisions and the log append-only, on SQLite and PostgreSQL.

Installed after every `migrate`: a later migration that rebuilds a table on SQLite
would drop them, and this puts them back.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db.backends.base.base import BaseDatabaseWrapper

TABLES = {"comments_decision": "id", "comments_logentry": "position"}
"""Each table with its key."""

REFUSAL = "decisions are append-only"

SQLITE_INSTALL = [
    f"""CREATE TRIGGER IF NOT EXISTS {table}_no_{verb.lower()}
    BEFORE {verb} ON {table}
    BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"""
    for table in TABLES
    for verb in ("UPDATE", "DELETE")
] + [
    # INSERT OR REPLACE deletes without asking the trigger on DELETE.
    f"""CREATE TRIGGER IF NOT EXISTS {table}_no_replace
    BEFORE INSERT ON {table}
    WHEN EXISTS (SELECT 1 FROM {table} WHERE {key} = NEW.{key})
    BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"""  # noqa: S608  # names of our own
    for table, key in TABLES.items()
]
SQLITE_LIFT = [
    f"DROP TRIGGER IF EXISTS {table}_no_{verb}"
    for table in TABLES
    for verb in ("update", "delete", "replace")
]
SQLITE_COUNT = """SELECT count(*) FROM sqlite_master
    WHERE type = 'trigger' AND name LIKE 'comments\\_%\\_no\\_%' ESCAPE '\\'"""

POSTGRES_INSTALL = [
    f"""CREATE OR REPLACE FUNCTION decision_refuse() RETURNS trigger
    LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION '{REFUSAL}'
    USING ERRCODE = 'integrity_constraint_violation'; END $$""",
    *(
        f"""CREATE OR REPLACE TRIGGER append_only BEFORE UPDATE OR DELETE
        ON {table} FOR EACH ROW EXECUTE FUNCTION decision_refuse()"""
        for table in TABLES
    ),
    *(
        f"""CREATE OR REPLACE TRIGGER no_truncate BEFORE TRUNCATE
        ON {table} FOR EACH STATEMENT EXECUTE FUNCTION decision_refuse()"""
        for table in TABLES
    ),
]
POSTGRES_LIFT = [
    f"DROP TRIGGER IF EXISTS {name} ON {table}"
    for table in TABLES
    for name in ("append_only", "no_truncate")
]
POSTGRES_COUNT = """SELECT count(*) FROM pg_trigger
    WHERE tgname IN ('append_only', 'no_truncate') AND tgenabled <> 'D'
    AND pg_table_is_visible(tgrelid)"""


def install(connection: BaseDatabaseWrapper) -> None:
    _run(connection, SQLITE_INSTALL, POSTGRES_INSTALL)


def installed(connection: BaseDatabaseWrapper) -> bool:
    on_sqlite = connection.vendor == "sqlite"
    with connection.cursor() as cursor:
        cursor.execute(SQLITE_COUNT if on_sqlite else POSTGRES_COUNT)
        return bool(cursor.fetchone()[0] == (3 if on_sqlite else 2) * len(TABLES))


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
