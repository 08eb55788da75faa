"""How the site talks to PostgreSQL."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import OperationalError, connection

from ethicsforum import postgres

URL: dict[str, Any] = {"ENGINE": "django.db.backends.postgresql", "NAME": "forum"}
needs_postgres = pytest.mark.skipif(
    "connection.vendor != 'postgresql'", reason="asks PostgreSQL itself"
)


def test_no_statement_of_a_served_site_lasts_for_ever() -> None:
    said = postgres.configured(URL, seconds=25, pooled=False)["OPTIONS"]["options"]
    assert "-c statement_timeout=25000" in said
    assert "-c lock_timeout=10000" in said
    assert "-c idle_in_transaction_session_timeout=60000" in said


def test_a_command_may_take_its_time_but_not_to_connect() -> None:
    options = postgres.configured(URL, seconds=0, pooled=False)["OPTIONS"]
    assert "options" not in options
    assert options["connect_timeout"] == 5
    assert options["tcp_user_timeout"] == 20_000


def test_a_pooler_hands_out_another_session_each_time() -> None:
    found = postgres.configured(URL, seconds=25, pooled=True)
    assert found["DISABLE_SERVER_SIDE_CURSORS"] is True
    assert "options" not in found["OPTIONS"]


def test_what_the_address_says_counts() -> None:
    given = {**URL, "CONN_MAX_AGE": 0, "OPTIONS": {"sslmode": "verify-full"}}
    found = postgres.configured(given, seconds=25, pooled=False)
    assert found["CONN_MAX_AGE"] == 0
    assert found["CONN_HEALTH_CHECKS"] is True
    assert found["OPTIONS"]["sslmode"] == "verify-full"
    assert found["OPTIONS"]["connect_timeout"] == 5


@pytest.fixture
def impatient() -> Iterator[Any]:
    """A session that gives a statement one second."""
    session = connection.copy()
    session.settings_dict |= postgres.configured(
        connection.settings_dict, seconds=1, pooled=False
    )
    yield session
    session.close()


@needs_postgres
@pytest.mark.django_db(transaction=True)
def test_the_database_ends_what_takes_too_long(impatient: Any) -> None:
    with (
        impatient.cursor() as cursor,
        pytest.raises(OperationalError, match="statement timeout"),
    ):
        cursor.execute("SELECT pg_sleep(5)")


@needs_postgres
@pytest.mark.django_db(transaction=True)
def test_nobody_waits_for_a_row_for_ever(impatient: Any) -> None:
    with connection.cursor() as holder, impatient.cursor() as waiting:
        holder.execute("SELECT pg_advisory_lock(7)")
        with pytest.raises(OperationalError, match="timeout"):
            waiting.execute("SELECT pg_advisory_lock(7)")
        holder.execute("SELECT pg_advisory_unlock(7)")
