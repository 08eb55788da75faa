"""Reports in the admin: read, filtered, never changed."""

from http import HTTPStatus
from typing import Any

import pytest
from django.test import Client

from comments.models import Report
from ethicsforum.accounts.models import User
from tests import build

pytestmark = pytest.mark.django_db
LIST = "/admin/comments/report/"


@pytest.fixture
def desk(client: Client, mia: User) -> Client:
    client.force_login(mia)
    return client


def rows(client: Client, query: str = "") -> int:
    response = client.get(f"{LIST}{query}")
    assert response.status_code == HTTPStatus.OK
    return int(response.content.decode().count('class="field-created_at'))


def test_the_list_filters_and_finds(desk: Client) -> None:
    build.reported(build.published(body="One."), code="harm")
    answered = build.reported(build.published(body="Two."))
    build.leave_up(answered.comment)
    build.noticed(build.published(body="Three."))
    assert rows(desk) == 3
    for query, found in (
        ("?source=notice", 1),
        ("?outcome=open", 2),
        ("?outcome=kept", 1),
        (f"?rule__id__exact={build.rule('harm').pk}", 1),
        ("?q=libels", 1),
        ("?q=Rosa", 2),
    ):
        assert rows(desk, query) == found, query


def test_one_report_in_full(desk: Client) -> None:
    report = build.noticed(build.published(body="What was written."))
    html = desk.get(f"{LIST}{report.pk}/change/").content.decode()
    for words in ("What was written.", "law@example.org", "It libels somebody.", "Lex"):
        assert words in html
    assert '<input type="submit"' not in html


def test_nobody_changes_one(desk: Client) -> None:
    report = build.noticed()
    response = desk.post(f"{LIST}{report.pk}/change/", {"note": "Something else."})
    assert response.status_code == HTTPStatus.FORBIDDEN
    assert Report.objects.get().note == "It libels somebody."


def test_the_address_is_for_those_who_may_read_reports(
    client: Client, eda: User
) -> None:
    report = build.noticed()
    client.force_login(eda)
    for path in (LIST, f"{LIST}{report.pk}/change/"):
        response = client.get(path)
        assert response.status_code == HTTPStatus.FORBIDDEN
        assert b"law@example.org" not in response.content


def test_the_list_costs_the_same_for_many(
    desk: Client, django_assert_max_num_queries: Any
) -> None:
    for number in range(6):
        build.noticed(build.published(body=f"Number {number}."))
    with django_assert_max_num_queries(10):
        rows(desk)
