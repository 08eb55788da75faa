"""Who is counted at a door, and what a refused one hears."""

import datetime as dt
from collections.abc import Iterator
from http import HTTPStatus
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from ethicsforum.accounts.models import User
from ethicsforum.limits.door import use
from ethicsforum.limits.models import Bucket
from ethicsforum.limits.table import HOUR, Kept, Limit
from ethicsforum.limits.wait import Wait

pytestmark = pytest.mark.django_db
NOON = dt.datetime(2026, 11, 24, 12, 30, tzinfo=dt.UTC)
SCHOOL, HOME = "198.51.100.1", "198.51.100.2"
KINDS = pytest.mark.parametrize("kept", list(Kept))


@pytest.fixture(autouse=True)
def clock() -> Iterator[None]:
    with time_machine.travel(NOON, tick=False):
        yield


def ask(limit: Limit, who: Any, address: str = SCHOOL, **meta: Any) -> bool:
    request: HttpRequest = RequestFactory().post("/", REMOTE_ADDR=address, **meta)
    request.user = who or AnonymousUser()
    return use(limit, request) is None


def of(member: int, address: int, kept: Kept, name: str = "trying") -> Limit:
    return Limit(name, member, address, HOUR, kept)


@KINDS
def test_a_member_is_counted_wherever_they_are(ben: User, kept: Kept) -> None:
    limit = of(2, 100, kept)
    assert [ask(limit, ben, at) for at in (SCHOOL, HOME, SCHOOL, HOME)] == [
        *(True, True),
        *(False, False),
    ]


@KINDS
def test_an_address_is_counted_whoever_comes_from_it(
    ann: User, ben: User, kept: Kept
) -> None:
    limit = of(100, 3, kept)
    assert [ask(limit, who) for who in (ann, ben, None, ann, ben, None)] == [
        *(True, True, True),
        *(False, False, False),
    ]
    assert ask(limit, ann, HOME)


@KINDS
def test_a_customers_whole_ipv6_network_is_one_address(kept: Kept) -> None:
    limit = of(1, 2, kept)
    home = [f"2001:db8:1:2::{n}" for n in range(3)]
    assert [ask(limit, None, at) for at in home] == [True, True, False]
    assert ask(limit, None, "2001:db8:1:3::1")


@KINDS
def test_a_forged_header_makes_no_new_address(kept: Kept) -> None:
    limit = of(1, 1, kept)
    assert ask(limit, None)
    assert not ask(limit, None, HTTP_X_FORWARDED_FOR="192.0.2.7")


@KINDS
def test_one_limit_does_not_fill_another(ben: User, kept: Kept) -> None:
    assert ask(of(1, 1, kept), ben)
    assert ask(of(1, 1, kept, "another"), ben)


@KINDS
@pytest.mark.parametrize(("percent", "allowed"), [(100, 2), (50, 1), (1, 1), (300, 6)])
def test_an_operator_turns_all_of_them_at_once(
    settings: Any, ben: User, kept: Kept, percent: int, allowed: int
) -> None:
    settings.LIMITS_PERCENT = percent
    limit = of(2, 2, kept)
    assert [ask(limit, ben) for _ in range(7)].count(True) == allowed


@KINDS
def test_none_of_a_hundred_is_no_limit(settings: Any, ben: User, kept: Kept) -> None:
    settings.LIMITS_PERCENT = 0
    assert all(ask(of(1, 1, kept), ben) for _ in range(5))
    assert not Bucket.objects.exists()


def test_no_address_and_no_member_stands_in_a_row(ben: User) -> None:
    ask(of(1, 1, Kept.ROWS), ben)
    kept = " ".join(Bucket.objects.values_list("key", flat=True))
    assert kept.count("trying:") == 2
    assert SCHOOL not in kept
    assert f":{ben.pk} " not in f"{kept} "


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (1, "in 1 second."),
        (90, "in 90 seconds."),
        (91, "in 2 minutes."),
        (3600, "in 60 minutes."),
        (5401, "in 2 hours."),
    ],
)
def test_the_sentence_says_when(seconds: int, words: str) -> None:
    assert Wait(seconds).words.endswith(words)


def test_the_answer_says_it_to_machines_too() -> None:
    response = Wait(7).on(HttpResponse("kept", status=422))
    assert response.status_code == HTTPStatus.TOO_MANY_REQUESTS
    assert response.headers["Retry-After"] == "7"
    assert response.content == b"kept"
