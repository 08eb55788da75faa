"""/reports/: what one has reported, and what came of it."""

from http import HTTPStatus
from typing import Any

import pytest
from django.test import Client

from ethicsforum.accounts.models import User
from tests import build, cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def rosa(client: Client) -> User:
    user = build.reporter()
    client.force_login(user)
    return user


def page(client: Client, query: str = "") -> str:
    response = client.get(f"/reports/{query}")
    assert response.status_code == HTTPStatus.OK
    return str(response.content.decode())


def test_an_empty_page_says_how(client: Client, rosa: User) -> None:
    assert "You have not reported anything." in page(client)


def test_each_report_with_what_came_of_it(client: Client, rosa: User) -> None:
    made = [build.published(body=f"Number {n}.") for n in range(3)]
    for comment in made:
        build.reported(comment, rosa)
    build.reported(build.published(body="Not mine."), build.reporter("Sam"), "harm")
    build.leave_up(made[0])
    build.take_down(made[1])
    html = page(client)
    for words in ("left up", "taken down", "with the moderators"):
        assert html.count(f">{words}</span>") == 1
    assert build.rule("harm").title not in html
    assert "Number" not in html


def test_the_way_here(client: Client, rosa: User) -> None:
    assert 'href="/reports/"' in client.get("/notices/").content.decode()


def test_the_word_in_the_notices(client: Client, rosa: User) -> None:
    comment = build.published()
    build.reported(comment, rosa)
    build.take_down(comment)
    html = client.get("/notices/").content.decode()
    assert "The comment you reported was taken down." in html
    # The statement of reasons is the author's.
    assert "/decisions/" not in html


def test_older_ones_and_odd_addresses(
    client: Client, rosa: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("comments.views.reporting.PAGE", 2)
    for number in range(3):
        build.reported(build.published(body=f"Number {number}."), rosa)
    html = page(client)
    older = html.split('rel="next" href="')[1].split('"')[0]
    assert page(client, older).count("with the moderators") == 1
    for odd in ("?before=x", "?before=٣", "?before=" + "9" * 40):
        assert page(client, odd).count("with the moderators") == 2


def test_it_costs_the_same_for_many(
    client: Client, rosa: User, django_assert_num_queries: Any
) -> None:
    build.reported(build.published(), rosa)
    with django_assert_num_queries(3):
        page(client)
    for number in range(5):
        comment = build.published(body=f"Number {number}.", author=cast.cleo())
        build.reported(comment, rosa)
        build.take_down(comment)
    with django_assert_num_queries(3):
        page(client)
