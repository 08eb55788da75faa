"""What is examined where this process is: on both databases, and with known numbers."""

import threading
import time
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from ethicsforum.doctor import clock, database, files
from ethicsforum.doctor.examination import Part
from ethicsforum.doctor.finding import Finding, State, place

pytestmark = pytest.mark.django_db


def test_a_sound_database() -> None:
    found = list(database.examine())
    assert [one.state for one in found] == [State.OK, State.OK]
    assert connection.display_name in found[0].says
    assert found[1].says == "All migrations are applied"


def test_the_clocks_of_one_machine(settings: Any, tmp_path: Path) -> None:
    settings.REDIS_URL = f"unix://{tmp_path}/nobody.sock"
    assert [one.state for one in clock.examine()] == [State.OK]


def test_a_replica_that_only_reads() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has no replicas")
    with connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION READ ONLY")
    (first, _) = database.examine()
    assert first.state == State.BROKEN
    assert first.says.endswith("only reads")


@pytest.mark.parametrize(("apart", "words"), [(3600, "ahead of"), (-3600, "behind")])
def test_a_clock_that_differs(apart: int, words: str) -> None:
    (found,) = clock._compared("Redis", time.time() + apart)
    assert found.state == State.BROKEN
    assert f"{words} this machine's" in found.says


def test_a_clock_that_hardly_differs() -> None:
    assert list(clock._compared("Redis", time.time() + 1)) == []


def test_little_room_is_told_before_there_is_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "LITTLE_FREE", 10**18)
    assert files.room_in(tmp_path).state == State.WARNING
    monkeypatch.setattr(files, "LEAST_FREE", 10**18)
    assert files.room_in(tmp_path).state == State.BROKEN


def test_a_folder_that_is_gone(tmp_path: Path) -> None:
    found = files.room_in(tmp_path / "gone")
    assert found.state == State.BROKEN
    assert "No such file or directory" in found.says


def hangs() -> Any:
    yield Finding.ok("Begun")
    threading.Event().wait()


def test_what_hangs_is_named_and_not_waited_for() -> None:
    part = Part("mail", hangs)
    part.begin()
    late = part.wait(time.monotonic())[-1]
    assert late.state == State.BROKEN
    assert late.says == "The mail did not answer in time"


def fails() -> Any:
    raise RuntimeError("what nobody thought of")
    yield


def test_what_fails_in_an_unknown_way_is_told_too(transactional_db: None) -> None:
    part = Part("mail", fails)
    part.begin()
    (found,) = part.wait(time.monotonic() + 30)
    assert found.state == State.BROKEN
    assert "RuntimeError: what nobody thought of" in found.says


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("redis://:word@db.example.org:6379/0", "db.example.org:6379"),
        ("rediss://me:word@db.example.org", "db.example.org"),
        ("unix:///run/redis.sock", "/run/redis.sock"),
        ("sentinel://:word@s1:26379,s2:26379/0?service=forum", "s1:26379,s2:26379"),
    ],
)
def test_an_address_is_shown_without_its_password(url: str, shown: str) -> None:
    assert place(url) == shown
