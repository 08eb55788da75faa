from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from ethicsforum.data_dir import LONGEST_SOCKET, kept_secret, short_socket, writable


def test_a_new_folder_is_closed_to_others(tmp_path: Path) -> None:
    assert writable(tmp_path / "a" / "b").stat().st_mode & 0o777 == 0o700


def test_a_folder_that_can_not_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(
        ImproperlyConfigured, match=r"DATA_DIR .*below can't be written"
    ):
        writable(tmp_path / "file" / "below")


def test_a_secret_is_made_once_and_closed_to_others(tmp_path: Path) -> None:
    path = tmp_path / "secret"
    with ThreadPoolExecutor(8) as pool:
        secrets = set(pool.map(lambda _: kept_secret(path), range(8)))
    assert len(secrets) == 1
    assert len(secrets.pop()) > 50
    assert path.stat().st_mode & 0o077 == 0
    assert [entry.name for entry in tmp_path.iterdir()] == ["secret"]


def test_a_socket_in_a_deep_folder_has_a_short_path(tmp_path: Path) -> None:
    deep = tmp_path / ("x" * 60) / ("y" * 60)
    assert len(str(short_socket(deep))) <= LONGEST_SOCKET
    assert short_socket(deep) == short_socket(deep)
    assert short_socket(Path("/d")) == Path("/d/redis/redis.sock")
