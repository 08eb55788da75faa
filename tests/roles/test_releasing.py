"""A new version is put in place, once, on however many hosts it is asked for."""

import threading
from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError, connection

from ethicsforum.roles import alone, releasing
from tests import production


def release(folder: Path, **environment: str) -> Any:
    database = f"sqlite:///{folder}/forum.sqlite3"
    own = {"DATA_DIR": str(folder), "DATABASE_URL": database, **environment}
    return production.run("-m", "ethicsforum.roles", "release", **own)


def test_a_pooler_is_refused_by_name(tmp_path: Path) -> None:
    done = release(tmp_path, DATABASE_POOLED="1")
    assert done.returncode == 1
    assert "DATABASE_POOLED" in done.stderr
    assert not (tmp_path / "forum.sqlite3").exists()


def test_static_files_that_came_with_the_image_are_enough(
    tmp_path: Path, settings: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.STATIC_ROOT = tmp_path / "none" / "static"
    with pytest.raises(releasing.NotReleased, match="collectstatic"):
        releasing._collect_static_files()
    (tmp_path / "none" / "static").mkdir(parents=True)
    (tmp_path / "none" / "static" / "staticfiles.json").touch()
    releasing._collect_static_files()
    assert "in place" in capsys.readouterr().out


@pytest.mark.django_db(transaction=True)
def test_two_at_once_wait_for_each_other() -> None:
    said: list[str] = []
    waits, order = threading.Event(), []

    def hear(text: str) -> None:
        said.append(text)
        waits.set()

    def second() -> None:
        try:
            with alone.alone(hear):
                order.append("second")
        finally:
            connection.close()

    with alone.alone(said.append):
        thread = threading.Thread(target=second)
        thread.start()
        assert waits.wait(30)
        order.append("first")
    thread.join(30)
    assert order == ["first", "second"]
    assert said == ["another release is under way; waiting for it"]


class InUse(Exception):
    sqlstate = releasing.LOCK_NOT_AVAILABLE


def met_a_lock() -> OperationalError:
    error = OperationalError("canceling statement due to lock timeout")
    error.__cause__ = InUse()
    return error


def test_a_table_in_use_is_tried_again(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    errors = [met_a_lock(), met_a_lock()]

    def once() -> None:
        if errors:
            raise errors.pop()

    monkeypatch.setattr(releasing, "_migrate_once", once)
    monkeypatch.setattr(releasing, "PAUSE", 0)
    releasing._migrate()
    assert capsys.readouterr().out.count("a table is in use") == 2


def test_another_error_is_not(monkeypatch: pytest.MonkeyPatch) -> None:
    def once() -> None:
        raise OperationalError("no such table")

    monkeypatch.setattr(releasing, "_migrate_once", once)
    with pytest.raises(OperationalError, match="no such table"):
        releasing._migrate()


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="PostgreSQL's lock")
def test_the_lock_timeout_reaches_the_migrations(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    seen = []

    def migrate(*args: Any, **kwargs: Any) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SHOW lock_timeout")
            seen.append(cursor.fetchone()[0])

    monkeypatch.setattr(releasing, "call_command", migrate)
    releasing._migrate_once()
    connection.close()
    assert seen == ["5s"]
