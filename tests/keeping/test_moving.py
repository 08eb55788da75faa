"""`migrate_to_postgres`: a site on SQLite moves, whole, and stays what it was."""

import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.core.management import CommandError
from django.db import connection

from comments.actions.sealing import head, verify
from comments.audit import audit
from ethicsforum import env
from ethicsforum.keeping import moving
from ethicsforum.keeping.places import leading_to
from ethicsforum.management.commands import migrate_to_postgres
from tests import build
from tests.keeping import site
from tests.with_postgres import server_address

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        os.environ.get("DATABASE_URL", "").startswith("postgres"),
        reason="a site moves from SQLite; there is none in this run",
    ),
]

PASSWORD = "hunter2-hunter2"


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with server_address() as address:
        yield address


@pytest.fixture
def target(server: str, settings: Any) -> Iterator[dict[str, Any]]:
    """An empty database; a private server asks for no password, whatever is said."""
    with psycopg.connect(server, autocommit=True) as admin:
        admin.execute("CREATE DATABASE moved_here")
        address = server.replace("/postgres?", "/moved_here?")
        address = address.replace("postgres:@", f"postgres:{PASSWORD}@")
        settings.TARGET_DATABASE = config = env.as_database(address)
        yield {"USER": "", "HOST": "", "PORT": "", "OPTIONS": {}, **config}
        admin.execute("DROP DATABASE moved_here WITH (FORCE)")


def test_the_site_is_there_whole_and_here_as_it_was(target: dict[str, Any]) -> None:
    site.fill()
    before, sealed = site.rows(), head()

    said = site.command("migrate_to_postgres")

    assert said.count("All promises hold") == 2
    assert said.count("The log is whole") == 2
    assert "tables have as many rows as before" in said
    assert PASSWORD not in said
    with leading_to(**target):
        assert connection.vendor == "postgresql"
        assert site.rows() == before
        assert (head(), verify(), list(audit())) == (sealed, None, [])
        assert build.published(body="The first one there.").pk
    assert site.rows() == before


def test_a_place_that_is_taken_is_left_alone(target: dict[str, Any]) -> None:
    build.article()
    site.command("migrate_to_postgres")
    build.article("another")
    with pytest.raises(CommandError, match="holds accounts or articles already"):
        site.command("migrate_to_postgres")
    with leading_to(**target):
        assert site.titles() == ["Who decides who waits?"]


def test_a_site_with_a_breach_stays(target: dict[str, Any]) -> None:
    made = build.published()
    type(made).objects.filter(pk=made.pk).update(value_up=7)
    with pytest.raises(CommandError, match="check_forum finds fault on SQLite"):
        site.command("migrate_to_postgres")
    with leading_to(**target):
        assert connection.introspection.table_names() == []


def test_nobody_writes_meanwhile() -> None:
    build.article()
    other = sqlite3.connect(connection.settings_dict["NAME"], timeout=0)
    with moving.nobody_writes(), pytest.raises(sqlite3.OperationalError, match="lock"):
        other.execute("UPDATE articles_article SET title = 'Lost'")
    other.execute("UPDATE articles_article SET title = 'Kept'")
    other.rollback()
    other.close()


def test_a_target_that_cannot_be_reached_is_said_without_its_password(
    settings: Any, tmp_path: Path
) -> None:
    address = f"postgres://forum:{PASSWORD}@/nowhere?host={tmp_path}"
    settings.TARGET_DATABASE = env.as_database(address)
    with pytest.raises(CommandError) as refusal:
        site.command("migrate_to_postgres")
    assert "No such file" in str(refusal.value)
    assert PASSWORD not in str(refusal.value)


@pytest.mark.parametrize("said", ["", "sqlite:////tmp/x", "postgres://", "mysql://a/b"])
def test_what_is_no_postgres_address_is_refused_unshown(said: str) -> None:
    with pytest.raises(CommandError, match="TARGET_DATABASE_URL"):
        migrate_to_postgres._target(said)
