"""A start that can't be ends at once, with one sentence that names the setting."""

import socket
from pathlib import Path

import pytest

from tests.local.forum import refused


def test_port_in_use(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        said = refused(DATA_DIR=tmp_path, PORT=port)
    assert f"PORT {port} on 127.0.0.1 is taken" in said


def test_data_dir_that_cannot_be(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("a file is no folder, not even for root")
    said = refused(DATA_DIR=file / "data")
    assert f"DATA_DIR {file}/data can't be written" in said


@pytest.mark.parametrize(
    ("settings", "name"),
    [
        ({"PORT": "abc"}, "PORT must be a whole number"),
        ({"DJANGO_DEBUG": "0"}, "SECRET_KEY is missing"),
        ({"HOST": "no.such.name.invalid"}, "HOST 'no.such.name.invalid' is not"),
        ({"DATABASE_URL": "postgres://127.0.0.1:1/x"}, "the database does not answer"),
    ],
)
def test_setting_that_cannot_be(
    tmp_path: Path, settings: dict[str, str], name: str
) -> None:
    assert name in refused(DATA_DIR=tmp_path, **settings)
