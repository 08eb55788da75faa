"""Two real processes and one limit, with no Redis anywhere."""

import os
import subprocess
import sys
from urllib.parse import urlsplit

import pytest
from django.db import connection

from tests import cast

pytestmark = pytest.mark.django_db(transaction=True)

SETUP = """
import django; django.setup()
from django.test import override_settings
from ethicsforum import settings
# As on a site; no server stands behind the address of its Redis.
override_settings(CACHES=settings.CACHES, ALLOWED_HOSTS=["testserver"]).enable()
"""
SPEND = """
from ethicsforum.limits import rows
print(sum(rows.spend({"a": 20}, 86_400) == 0 for _ in range(15)))
"""
SIGN_IN = """
from django.test import Client
wrong = {"login": "ben@example.org", "password": "not it"}
said = [Client().post("/accounts/login/", wrong) for _ in range(4)]
print(sum(b"Too many attempts" in answer.content for answer in said))
"""


def start(script: str) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-c", SETUP + script],
        env={
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "tests.settings",
            "DATABASE_URL": address(),
        },
        stdout=subprocess.PIPE,
        text=True,
    )


def address() -> str:
    """Of the database that this test looks at."""
    name = connection.settings_dict["NAME"]
    if connection.vendor == "sqlite":
        return f"sqlite:///{name}"
    return urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}").geturl()


def said_by_two(script: str) -> list[int]:
    both = [start(script), start(script)]
    return [int(process.communicate(timeout=120)[0]) for process in both]


def test_together_they_have_as_many_as_one() -> None:
    first, second = said_by_two(SPEND)
    assert first + second == 20


def test_a_guesser_finds_no_fresh_count_at_another_process() -> None:
    cast.ben()
    first, second = said_by_two(SIGN_IN)
    assert first + second == 3
