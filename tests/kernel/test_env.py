"""A wrong value fails at start, with its name in the message."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from ethicsforum import env
from tests import production

ROOT = Path(__file__).parents[2]


@pytest.fixture
def variable(monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.delenv("SOME_NAME", raising=False)
    monkeypatch.setattr(env, "VARIABLES", {})
    return "SOME_NAME"


@pytest.mark.parametrize("raw", ["1", "true", "YES", "on"])
def test_yes(variable: str, raw: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(variable, raw)
    assert env.flag(variable, False, "") is True


def test_unset_and_blank_are_the_default(
    variable: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert env.number(variable, 7, "", high=9) == 7
    monkeypatch.setenv(variable, "  ")
    assert env.number(variable, 7, "", high=9) == 7


def test_names_lose_their_spaces(
    variable: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(variable, " a.org, b.org ,")
    assert env.names(variable, [], "") == ["a.org", "b.org"]


def test_a_database_url(variable: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(variable, "postgres://u:p@h:5433/db")
    found = env.database(variable, "", shown="")
    assert found is not None
    assert (found["NAME"], found["HOST"], found["PORT"]) == ("db", "h", 5433)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORT", "abc"),
        ("PORT", "70000"),
        ("DJANGO_DEBUG", "maybe"),
        ("DATABASE_URL", "mysql://x/y"),
        ("DATABASE_URL", "nonsense"),
        ("REDIS_URL", "http://x"),
        ("SITE_URL", "example.org"),
        ("EMAIL_URL", "pigeon://x"),
        ("WORKER_CONCURRENCY", "0"),
        ("LOG_LEVEL", "LOUD"),
        ("TIME_ZONE", "Foo/Bar"),
        ("LANGUAGE_CODE", "zz-q"),
        ("DATA_DIR", str(Path(__file__) / "below-a-file")),
    ],
)
def test_a_wrong_value_is_one_sentence_with_its_name(name: str, value: str) -> None:
    said = start({name: value})
    assert name in said
    assert "Traceback" not in said
    assert len(said.strip().splitlines()) == 1


def test_a_secret_in_a_wrong_address_is_not_repeated() -> None:
    assert "hunter2" not in start({"DATABASE_URL": "mysql://u:hunter2@h/db"})


def test_outside_local_mode_secrets_are_needed() -> None:
    assert "SECRET_KEY is missing" in start({"DJANGO_DEBUG": "0"})
    said = start({"DJANGO_DEBUG": "0", "SECRET_KEY": "x" * 50})
    assert "ALLOWED_HOSTS is missing" in said


def test_a_value_may_be_in_a_file(
    variable: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "password").write_text("open sesame\n")
    monkeypatch.setenv(f"{variable}_FILE", str(tmp_path / "password"))
    assert env.text(variable, "", "") == "open sesame"
    assert env.is_set(variable)


def test_what_stands_in_a_file_is_not_repeated(
    variable: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "number").write_text("hunter2")
    monkeypatch.setenv(f"{variable}_FILE", str(tmp_path / "number"))
    with pytest.raises(ImproperlyConfigured) as refused:
        env.number(variable, 1, "", high=9)
    assert "hunter2" not in str(refused.value)


def test_a_file_that_cannot_be_read_stops_the_start(tmp_path: Path) -> None:
    empty, bytes_ = tmp_path / "empty", tmp_path / "bytes"
    empty.write_text("\n")
    bytes_.write_bytes(b"\xff\xfe")
    for file in (tmp_path / "missing", tmp_path, empty, bytes_):
        said = start({"SECRET_KEY_FILE": str(file)})
        assert "SECRET_KEY_FILE names " in said
        assert "Traceback" not in said
        assert len(said.strip().splitlines()) == 1


def test_a_value_given_twice_stops_the_start(tmp_path: Path) -> None:
    said = start({"REDIS_URL": "redis://x", "REDIS_URL_FILE": str(tmp_path)})
    assert "REDIS_URL and REDIS_URL_FILE are both set" in said


def test_secrets_may_all_come_from_files(tmp_path: Path) -> None:
    given = {
        "SECRET_KEY": "a-key-from-a-file-" * 3,
        "DATABASE_URL": "postgres://forum:pw@db.internal/forum",
        "REDIS_URL": "redis://:pw@redis.internal/0",
        "EMAIL_URL": "smtp+tls://forum:pw@mail.internal:587",
    }
    for name, value in given.items():
        (tmp_path / name).write_text(value)
    files = {f"{name}_FILE": str(tmp_path / name) for name in given}
    found = production.settings(
        *("SECRET_KEY", "REDIS_URL", "EMAIL_HOST", "DATABASES"),
        **dict.fromkeys(given, ""),
        **files,
    )
    assert found["SECRET_KEY"] == given["SECRET_KEY"]
    assert found["REDIS_URL"] == given["REDIS_URL"]
    assert found["EMAIL_HOST"] == "mail.internal"
    assert found["DATABASES"]["default"]["HOST"] == "db.internal"


def test_a_key_of_before_still_reads_what_it_signed() -> None:
    found = production.settings(
        "SECRET_KEY_FALLBACKS", SECRET_KEY_FALLBACKS="older, oldest"
    )
    assert found == {"SECRET_KEY_FALLBACKS": ["older", "oldest"]}


def start(environment: dict[str, str]) -> str:
    """What `manage.py check` says as it refuses to start."""
    run = subprocess.run(
        [sys.executable, "manage.py", "check"],
        cwd=ROOT,
        env={
            "PATH": os.environ["PATH"],
            "DATA_DIR": os.environ["DATA_DIR"],
            **environment,
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 1, run.stdout
    return run.stderr
