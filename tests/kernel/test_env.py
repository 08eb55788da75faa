"""A wrong value fails at start, with its name in the message."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from ethicsforum import env

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
