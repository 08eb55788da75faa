"""Is it there, can it be written, is it of this release?"""

import time
from pathlib import Path

from django.db import DatabaseError, InterfaceError, connection, transaction
from django.db.migrations.executor import MigrationExecutor

from ethicsforum.doctor.finding import Finding, Findings, reason

ERRORS = (DatabaseError, InterfaceError)
MIGRATE = "run `python -m ethicsforum.roles release`"


def examine() -> Findings:
    if is_missing():
        yield Finding.broken(
            f"There is no database at {_name()} yet",
            f"{MIGRATE}, or name another in DATABASE_URL or DATA_DIR",
        )
        return
    try:
        yield _answers()
    except ERRORS as error:
        yield Finding.broken(
            f"The database at {where()} can't be used ({reason(error)})",
            "start it, or correct DATABASE_URL",
        )
        return
    yield from _migrations()


def is_missing() -> bool:
    """SQLite would make an empty file for whoever asks."""
    return connection.vendor == "sqlite" and not Path(_name()).exists()


def where() -> str:
    config = connection.settings_dict
    if connection.vendor == "sqlite":
        return _name()
    host = config["HOST"] or config["OPTIONS"].get("host") or "the local socket"
    port = f":{config['PORT']}" if config["PORT"] else ""
    return f"{host}{port}/{config['NAME']}"


def _name() -> str:
    return str(connection.settings_dict["NAME"])


def _answers() -> Finding:
    began = time.monotonic()
    # On SQLite this takes the lock of writers, as every change does.
    with transaction.atomic(), connection.cursor() as cursor:
        connection.check_database_version_supported()
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA journal_mode")
            found = _journal(cursor.fetchone()[0])
        else:
            cursor.execute("SHOW transaction_read_only")
            found = _writable(cursor.fetchone()[0])
    ms = round((time.monotonic() - began) * 1000)
    return found or Finding.ok(f"{_version()} at {where()} answers within {ms} ms")


def _journal(mode: str) -> Finding | None:
    if mode == "wal":
        return None
    return Finding.broken(
        f"SQLite at {where()} keeps a journal of the kind '{mode}' instead of WAL, so "
        "that readers and writers wait for each other",
        "put DATA_DIR on a disk of this machine, not on a network share",
    )


def _writable(read_only: str) -> Finding | None:
    if read_only == "off":
        return None
    return Finding.broken(
        f"PostgreSQL at {where()} only reads",
        "name the primary server in DATABASE_URL, not a replica",
    )


def _version() -> str:
    version = ".".join(str(part) for part in connection.get_database_version())
    return f"{connection.display_name} {version}"


def _migrations() -> Findings:
    loader = (executor := MigrationExecutor(connection)).loader
    pending = executor.migration_plan(loader.graph.leaf_nodes())
    known = set(loader.disk_migrations)
    later = [
        key
        for key in loader.applied_migrations
        if key[0] in loader.migrated_apps and key not in known
    ]
    if pending:
        name = f"{pending[0][0].app_label}.{pending[0][0].name}"
        yield Finding.broken(
            f"The database lacks {len(pending)} migrations, {name} first", MIGRATE
        )
    if later:
        yield Finding.broken(
            f"The database is of a later release than this code: it has {later[0][0]}."
            f"{later[0][1]}",
            "run that release, or restore the backup from before it",
        )
    if not pending and not later:
        yield Finding.ok("All migrations are applied")
