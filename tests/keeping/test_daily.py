"""The backup of the day: one, read back, and never at the cost of the last good one."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine

from ethicsforum.celery import backup
from ethicsforum.keeping import CannotKeep, InUse, daily, writing
from tests import build
from tests.keeping import archives

pytestmark = pytest.mark.django_db(transaction=True)

TODAY = datetime(2026, 11, 24, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def noon() -> Iterator[None]:
    with time_machine.travel(TODAY, tick=False):
        yield


@pytest.fixture
def folder(tmp_path: Path, settings: Any) -> Path:
    settings.BACKUP_DIR = tmp_path / "backups"
    settings.BACKUP_KEEP = 2
    return tmp_path / "backups"


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_without_a_folder_none_is_made(settings: Any) -> None:
    assert settings.BACKUP_DIR is None
    backup()
    assert (daily.backups(), daily.newest_at()) == ([], None)


def test_one_a_day_however_many_beats_ask(folder: Path) -> None:
    backup()
    made = (folder / "forum-2026-11-24.zip").read_bytes()
    build.published()
    backup()
    assert names(folder) == ["forum-2026-11-24.zip"]
    assert (folder / "forum-2026-11-24.zip").read_bytes() == made
    assert archives.manifest(folder / "forum-2026-11-24.zip")["tables"]


def test_only_the_newest_are_kept_and_what_is_not_ours_is_left(folder: Path) -> None:
    folder.mkdir()
    for name in ("forum-2026-01-01.zip", "forum-2026-11-23.zip", "forum-before.zip"):
        (folder / name).write_bytes(b"x")
    backup()
    kept = ["forum-2026-11-23.zip", "forum-2026-11-24.zip", "forum-before.zip"]
    assert names(folder) == kept


def test_one_that_fails_costs_none_of_those_before(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder.mkdir()
    before = [f"forum-2026-11-{day}.zip" for day in (20, 21, 22)]
    for name in before:
        (folder / name).write_bytes(b"x")

    def full(*args: Any) -> Any:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(writing, "_table", full)
    with pytest.raises(CannotKeep, match="No space left"):
        backup()
    assert names(folder) == before


def test_while_another_worker_is_at_it_this_one_has_nothing_to_do(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy(*args: Any) -> Any:
        raise InUse("somebody else")

    monkeypatch.setattr(daily, "write_backup", busy)
    backup()
    assert names(folder) == []


def test_the_newest_tells_when_the_last_was_made(folder: Path) -> None:
    backup()
    with time_machine.travel(TODAY + timedelta(days=1), tick=False):
        backup()
    newest = folder / "forum-2026-11-25.zip"
    assert daily.backups()[-1] == newest
    assert daily.newest_at() == newest.stat().st_mtime
