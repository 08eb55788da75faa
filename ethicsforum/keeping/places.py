"""A new database beside the site's, which takes its place at one blow.

SQLite: a file, copied over the site's in one transaction of SQLite's own; whoever has
the site's file open sees all of it or nothing. PostgreSQL: a schema, whose tables are
moved in one transaction. Whatever dies before leaves the site as it was.
"""

import fcntl
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from django.db import (
    OperationalError,
    ProgrammingError,
    connection,
    connections,
    transaction,
)
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.utils import load_backend

from ethicsforum.keeping import CannotKeep, InUse

SCHEMA = "forum_restoring"
BUILDING = (
    f"-c search_path={SCHEMA} -c statement_timeout=0 -c lock_timeout=0 "
    "-c idle_in_transaction_session_timeout=0"
)
"""Nobody else is there, and an index of a large table takes its time."""
PATIENCE = 20.0
"""Seconds to wait for somebody who is writing, or reading a table."""
LOCK = 7_362_001
"""Of PostgreSQL's advisory locks, the one that says: somebody restores here."""
BUSY = {5, 6}
"""SQLITE_BUSY and SQLITE_LOCKED."""
IN_USE = "somebody else restores this site at this moment"

FUNCTIONS = """SELECT oid::regprocedure::text, proname FROM pg_proc
    WHERE pronamespace = %s::regnamespace"""
TABLES_IN = "SELECT tablename FROM pg_tables WHERE schemaname = %s"


@contextmanager
def leading_to(**changed: Any) -> Iterator[None]:
    """Everything that asks for the database is led to another one."""
    before: Any = connections["default"]
    config = {**before.settings_dict, **changed}
    wrapper = load_backend(config["ENGINE"]).DatabaseWrapper(config, "default")
    connections["default"] = wrapper
    try:
        yield
    finally:
        wrapper.close()
        connections["default"] = before


def replaced_by(build: Callable[[], None]) -> None:
    """`build` fills an empty database; when it is done, that is the site's."""
    if connection.vendor == "sqlite":
        _replace_file(build)
    else:
        _replace_schema(build)


def _replace_file(build: Callable[[], None]) -> None:
    site = Path(str(connection.settings_dict["NAME"]))
    draft = site.with_name(f"{site.name}.restoring")
    with _only_one(site.with_name(f"{site.name}.restoring.lock")):
        _remove(draft)
        try:
            with leading_to(NAME=str(draft)):
                build()
            connection.close()
            _copy_over(draft, site)
        finally:
            _remove(draft)


@contextmanager
def _only_one(lock: Path) -> Iterator[None]:
    with lock.open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise InUse(IN_USE) from None
        yield


def _remove(draft: Path) -> None:
    for ending in ("", "-wal", "-shm", "-journal"):
        draft.with_name(draft.name + ending).unlink(missing_ok=True)


def _copy_over(draft: Path, site: Path) -> None:
    until = time.monotonic() + PATIENCE

    def patient(status: int, left: int, total: int) -> None:
        if status in BUSY and time.monotonic() > until:
            raise CannotKeep("somebody is writing; stop the site and try again")

    source, target = sqlite3.connect(draft), sqlite3.connect(site)
    try:
        source.backup(target, progress=patient)
        # On the disk, and not only in the log beside it; no harm while readers hold it.
        target.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    except sqlite3.Error as error:
        raise CannotKeep(f"nothing was changed: {error}") from error
    finally:
        source.close()
        target.close()


def _replace_schema(build: Callable[[], None]) -> None:
    site: Any = connections["default"]
    options = dict(site.settings_dict["OPTIONS"])
    options["options"] = f"{options.get('options', '')} {BUILDING}".strip()
    with _only_one_on(site):
        place = _current_schema(site)
        _make_schema(site)
        try:
            with leading_to(OPTIONS=options):
                _refuse_other_schema()
                build()
            _swap(site, place)
        finally:
            with suppress(OperationalError), site.cursor() as cursor:
                cursor.execute(f"DROP SCHEMA IF EXISTS {SCHEMA} CASCADE")


@contextmanager
def _only_one_on(site: BaseDatabaseWrapper) -> Iterator[None]:
    with site.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [LOCK])
        if not cursor.fetchone()[0]:
            raise InUse(IN_USE)
    try:
        yield
    finally:
        with suppress(OperationalError), site.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK])


def _refuse_other_schema() -> None:
    """A pooler may pass on no word of where to build, and that would be the site."""
    if _current_schema(connection) != SCHEMA:
        raise CannotKeep("a pooler is in between; name PostgreSQL itself")


def _current_schema(site: Any) -> str:
    with site.cursor() as cursor:
        cursor.execute("SELECT current_schema()")
        return str(cursor.fetchone()[0])


def _make_schema(site: BaseDatabaseWrapper) -> None:
    try:
        with site.cursor() as cursor:
            cursor.execute(f"DROP SCHEMA IF EXISTS {SCHEMA} CASCADE")
            cursor.execute(f"CREATE SCHEMA {SCHEMA}")
    except ProgrammingError as error:
        why = str(error).strip().partition("\n")[0]
        raise CannotKeep(
            f"the database lets nothing be built beside the site ({why}); "
            "its user needs CREATE on the database"
        ) from None


def _swap(site: BaseDatabaseWrapper, place: str) -> None:
    with transaction.atomic(), site.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = 0")
        cursor.execute("SELECT set_config('lock_timeout', %s, true)", [f"{PATIENCE}s"])
        cursor.execute(TABLES_IN, [SCHEMA])
        tables = [site.ops.quote_name(name) for (name,) in cursor.fetchall()]
        here = site.ops.quote_name(place)
        for table in tables:
            cursor.execute(f"DROP TABLE IF EXISTS {here}.{table} CASCADE")
        for table in tables:
            cursor.execute(f"ALTER TABLE {SCHEMA}.{table} SET SCHEMA {here}")
        cursor.execute(FUNCTIONS, [SCHEMA])
        for signature, name in cursor.fetchall():
            quoted = site.ops.quote_name(name)
            cursor.execute(f"DROP FUNCTION IF EXISTS {here}.{quoted} CASCADE")
            cursor.execute(f"ALTER FUNCTION {signature} SET SCHEMA {here}")
        cursor.execute(f"DROP SCHEMA {SCHEMA}")
