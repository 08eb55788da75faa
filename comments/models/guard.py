"""Triggers that make decisions and the log append-only, on SQLite and PostgreSQL.

Installed after every `migrate`: a later migration that rebuilds a table on SQLite
would drop them, and this puts them back.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db.backends.base.base import BaseDatabaseWrapper

TABLES = ("comments_decision", "comments_logentry")
REFUSAL = "decisions are append-only"

SQLITE_INSTALL = [
    f"""CREATE TRIGGER IF NOT EXISTS {table}_no_{verb.lower()}
    BEFORE {verb} ON {table}
    BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"""
    for table in TABLES
    for verb in ("UPDATE", "DELETE")
]
SQLITE_LIFT = [
    f"DROP TRIGGER IF EXISTS {table}_no_{verb}"
    for table in TABLES
    for verb in ("update", "delete")
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
]
POSTGRES_LIFT = [f"DROP TRIGGER IF EXISTS append_only ON {table}" for table in TABLES]
POSTGRES_COUNT = """SELECT 2 * count(*) FROM pg_trigger
    WHERE tgname = 'append_only' AND tgenabled <> 'D'"""


def install(connection: BaseDatabaseWrapper) -> None:
    _run(connection, SQLITE_INSTALL, POSTGRES_INSTALL)


def installed(connection: BaseDatabaseWrapper) -> bool:
    count = SQLITE_COUNT if connection.vendor == "sqlite" else POSTGRES_COUNT
    with connection.cursor() as cursor:
        cursor.execute(count)
        return bool(cursor.fetchone()[0] == 2 * len(TABLES))


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
