"""GET /members/complete/?q=&article="""

from http import HTTPStatus
from typing import Any

import pytest
from django.test import Client

from articles.models import Article
from ethicsforum.accounts.models import User
from tests import build, cast

pytestmark = pytest.mark.django_db
HERE = "/members/complete/"


@pytest.fixture
def member(client: Client, ben: User) -> Client:
    build.article()
    client.force_login(ben)
    return client


def names(client: Client, q: str = "", article: str = "triage") -> list[str]:
    response = client.get(HERE, {"q": q, "article": article})
    assert response.status_code == HTTPStatus.OK
    found: list[str] = response.json()["names"]
    return found


def test_those_who_have_written_there_by_how_their_names_begin(member: Client) -> None:
    for name in ("Zoë", "Ann Lee", "Anton"):
        build.published(author=cast.member(name))
    assert names(member, "an") == ["Ann Lee", "Anton"]
    assert names(member, "ANN L") == ["Ann Lee"]
    assert names(member, "zo") == ["Zoë"]
    assert names(member, "x") == []
    assert len(names(member)) == 3


def test_nobody_learns_who_else_is_a_member(member: Client) -> None:
    cast.member("Anna")
    build.held(author=cast.member("Annette"))
    build.published(author=cast.member("Annis"), under=build.article("elsewhere"))
    assert names(member, "ann") == []


def test_neither_oneself_nor_who_may_not_sign_in(member: Client, ben: User) -> None:
    build.published(author=ben)
    build.published(author=cast.member("Benno", is_active=False))
    assert names(member, "ben") == []


def test_a_few(member: Client) -> None:
    for number in range(10):
        build.published(author=cast.member(f"Ann{number}"))
    assert len(names(member, "ann")) == 8


@pytest.mark.parametrize("q", ["%", "_", "*", "'", "\x00", "a" * 500])
def test_odd_beginnings(member: Client, q: str) -> None:
    build.published(author=cast.cleo())
    assert names(member, q) == []


def test_where_nothing_can_be_read_there_are_no_names(member: Client) -> None:
    build.article("draft", status="draft")
    for slug in ("draft", "nowhere", ""):
        response = member.get(HERE, {"article": slug})
        assert response.status_code == HTTPStatus.NOT_FOUND
    Article.objects.update(discussion="hidden")
    response = member.get(HERE, {"article": "triage"})
    assert response.status_code == HTTPStatus.NOT_FOUND


def test_members_only(client: Client) -> None:
    build.article()
    response = client.get(HERE, {"article": "triage"})
    assert response.status_code == HTTPStatus.FOUND


def test_one_question_to_the_database(
    member: Client, django_assert_max_num_queries: Any
) -> None:
    build.published(author=cast.cleo())
    with django_assert_max_num_queries(5):
        names(member, "c")
