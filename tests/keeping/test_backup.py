"""`backup FILE`: one moment of the whole site, whole or not there at all."""

import fcntl
import json
import stat
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client

from comments.models import Comment, Decision, LogEntry
from ethicsforum.accounts.models import User
from ethicsforum.keeping import writing
from ethicsforum.keeping.archive import Archive
from ethicsforum.keeping.schema import schema_of_database
from ethicsforum.progress import Progress
from ethicsforum.version import VERSION
from tests import build, cast
from tests.keeping import archives, site

pytestmark = pytest.mark.django_db(transaction=True)


def lines(path: Path, label: str) -> list[list[Any]]:
    content = archives.contents(path)[f"tables/{label}.jsonl"]
    return [json.loads(line) for line in content.splitlines()]


def columns(path: Path, label: str) -> list[str]:
    named: list[str] = archives.manifest(path)["tables"][label]["columns"]
    return named


def test_it_holds_every_row_and_every_upload(tmp_path: Path) -> None:
    site.fill()
    path = tmp_path / "site.zip"
    assert f"{path}: " in site.backup(path)
    rows, _uploads = site.everything()
    said = archives.manifest(path)
    assert {label: len(rows[label]) for label in rows} == {
        label: table["rows"] for label, table in said["tables"].items()
    }
    assert {label: len(lines(path, label)) for label in rows} == {
        label: len(rows[label]) for label in rows
    }
    assert archives.contents(path)["media/pictures/owl-800.webp"] == site.OWL
    assert said["version"] == VERSION
    assert said["database"] == connection.vendor
    assert said["migrations"] == schema_of_database().migrations


def test_only_its_owner_may_read_it_and_nothing_lies_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "site.zip"
    site.backup(path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [found.name for found in tmp_path.iterdir()] == ["site.zip"]


def test_who_is_signed_in_and_what_passes_is_not_in_it(tmp_path: Path) -> None:
    Client().force_login(cast.ben())
    path = tmp_path / "site.zip"
    site.backup(path)
    labels = {name.split("/")[-1] for name in archives.contents(path)}
    assert "accounts.user.jsonl" in labels
    assert not {f"{label}.jsonl" for label in writing.PASSING} & labels


def test_no_backup_is_ever_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "site.zip"
    path.write_bytes(b"precious")
    with pytest.raises(CommandError, match="no backup is ever overwritten"):
        site.backup(path)
    assert path.read_bytes() == b"precious"


def test_a_folder_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="No such file or directory"):
        site.backup(tmp_path / "nowhere" / "site.zip")


def interrupted(*args: Any) -> None:
    raise KeyboardInterrupt


def test_one_that_is_stopped_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    build.published()
    monkeypatch.setattr(writing, "last_number", interrupted)
    with pytest.raises(SystemExit) as stop:
        site.backup(tmp_path / "site.zip")
    assert stop.value.code == 130
    assert "No backup was made; run it again." in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_what_a_killed_one_left_is_no_hindrance(tmp_path: Path) -> None:
    (tmp_path / "site.zip.part").write_bytes(b"half of a longer backup" * 10_000)
    site.backup(tmp_path / "site.zip")
    with Archive(tmp_path / "site.zip") as archive:
        assert sum(archive.verify()) == archive.size
    assert not (tmp_path / "site.zip.part").exists()


def test_two_at_once_write_one(tmp_path: Path) -> None:
    part = tmp_path / "site.zip.part"
    with part.open("w") as other:
        fcntl.flock(other, fcntl.LOCK_EX)
        with pytest.raises(CommandError, match="somebody else writes"):
            site.backup(tmp_path / "site.zip")
    assert part.exists()


def test_a_database_newer_than_the_code_is_refused(tmp_path: Path) -> None:
    MigrationRecorder(connection).record_applied("comments", "9999_of_tomorrow")
    try:
        with pytest.raises(CommandError, match="comments 9999_of_tomorrow"):
            site.backup(tmp_path / "site.zip")
    finally:
        MigrationRecorder(connection).record_unapplied("comments", "9999_of_tomorrow")
    assert list(tmp_path.iterdir()) == []


def in_a_thread(work: Callable[[], Any]) -> None:
    """With a connection of its own, as another process."""
    failed: list[Exception] = []

    def run() -> None:
        try:
            work()
        except Exception as error:  # told below, in the test's own thread
            failed.append(error)
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    thread.join(timeout=60)
    assert not thread.is_alive()
    assert failed == []


def test_it_is_one_moment_while_others_write(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After each table a comment comes in; none of them is in it, not even in part."""
    site.fill()
    before = site.rows()
    written = 0

    def write(model: Any) -> int:
        nonlocal written
        written += 1
        if written % 5 == 0:
            in_a_thread(lambda: build.published(body=f"Meanwhile, {written}."))
        return 0

    monkeypatch.setattr(writing, "last_number", write)
    path = tmp_path / "site.zip"
    site.backup(path)

    assert Comment.objects.count() > len(before["comments.comment"]) + 5
    assert {label: len(lines(path, label)) for label in before} == {
        label: len(rows) for label, rows in before.items()
    }
    kept = {
        label: {row[columns(path, label).index("id")] for row in lines(path, label)}
        for label in ("comments.comment", "comments.revision", "comments.decision")
    }
    place = columns(path, "comments.decision").index("revision_id")
    named = {row[place] for row in lines(path, "comments.decision")}
    assert named <= kept["comments.revision"]
    sealed = columns(path, "comments.logentry").index("decision_id")
    assert {row[sealed] for row in lines(path, "comments.logentry")} <= kept[
        "comments.decision"
    ]


def test_nobody_waits_for_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    build.article()
    monkeypatch.setattr(
        Progress, "add", lambda *args: in_a_thread(lambda: cast.member("Nina"))
    )
    site.backup(tmp_path / "site.zip")
    assert User.objects.filter(username="Nina").exists()
    assert (Decision.objects.count(), LogEntry.objects.count()) == (0, 0)
