"""A worker keeps its connection to the database from task to task."""

import pytest
from celery.fixups.django import DjangoWorkerFixup  # type: ignore[attr-defined]  # its stubs leave it out
from django.db import DatabaseError, connection

from ethicsforum.celery import app, close_old

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_next_task_has_the_connection_of_the_one_before() -> None:
    connection.ensure_connection()
    kept = connection.connection
    celery = DjangoWorkerFixup(app)
    for _ in range(3):
        celery.close_database()
        close_old()
    assert connection.connection is kept


@pytest.mark.skipif(connection.vendor == "sqlite", reason="a file doesn't break off")
def test_one_that_broke_is_given_up() -> None:
    connection.ensure_connection()
    broken = connection.connection
    broken.close()
    with pytest.raises(DatabaseError), connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    close_old()
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    assert connection.connection is not broken


def test_one_that_is_too_old_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    connection.ensure_connection()
    monkeypatch.setattr(connection, "close_at", 0.0)
    close_old()
    assert connection.connection is None
