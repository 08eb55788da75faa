"""/members/<id>/: what a member has written that everybody can read, and no more."""

import re
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Any

import pytest
from django.test import Client

from articles.models import Article
from comments.actions.posting import withdraw_comment
from comments.models import Comment
from ethicsforum.accounts.models import User
from tests import build, cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def cleo(db: None) -> User:
    joined = datetime(2025, 3, 9, tzinfo=UTC)
    return cast.member("Cleo", date_joined=joined)


def page(client: Client, member: User, query: str = "") -> str:
    response = client.get(f"/members/{member.pk}/{query}")
    assert response.status_code == HTTPStatus.OK
    return str(response.content.decode()).split("<main")[1]


def test_who_it_is_and_what_they_wrote(client: Client, cleo: User) -> None:
    first = build.published(author=cleo, body="The first.")
    second = build.published(author=cleo, body="The second.", parent=first)
    build.published(author=cast.ben(), body="Of somebody else.")
    html = page(client, cleo)
    assert "<bdi>Cleo</bdi>" in html
    assert "Member since March 2025" in html
    assert "2 comments" in html
    assert html.index("The second.") < html.index("The first.")
    assert f'href="{second.get_absolute_url()}"' in html
    assert 'href="/articles/triage/"' in html
    assert "Of somebody else." not in html
    assert cleo.email not in html


def test_nothing_that_is_not_public(client: Client, cleo: User) -> None:
    build.published(author=cleo, body="Public.")
    build.comment(author=cleo, body="Screened words.")
    build.held(author=cleo, body="Held words.")
    build.rejected(author=cleo, body="Rejected words.")
    build.removed(author=cleo, body="Removed words.")
    build.hidden(author=cleo, body="Hidden words.")
    withdraw_comment(build.published(author=cleo, body="Withdrawn words."))
    build.published(author=cleo, body="Draft words.", under=build.article("later"))
    Article.objects.filter(slug="later").update(status=Article.Status.DRAFT)
    build.published(author=cleo, body="Closed words.", under=build.article("room"))
    Article.objects.filter(slug="room").update(discussion="hidden")
    for viewer in (None, cast.ben(), cleo, cast.mia()):
        if viewer:
            client.force_login(viewer)
        html = page(client, cleo)
        assert re.search(r"\b1 comment\b", html)
        assert "words" not in html


def test_search_engines_leave_it_alone(client: Client, cleo: User) -> None:
    build.published(author=cleo)
    html = client.get(f"/members/{cleo.pk}/").content.decode()
    assert '<meta name="robots" content="noindex">' in html


def test_whoever_only_reads_has_no_page(client: Client, cleo: User) -> None:
    assert client.get(f"/members/{cleo.pk}/").status_code == HTTPStatus.NOT_FOUND
    assert client.get("/members/99999999999/").status_code == HTTPStatus.NOT_FOUND
    client.force_login(cleo)
    assert "once it is published" in page(client, cleo)


def test_a_suspension_is_nobody_elses_business(client: Client, cleo: User) -> None:
    build.suspended(author=cleo, body="On the occasion of this.")
    User.objects.filter(pk=cleo.pk).update(is_active=False)
    html = page(client, cleo)
    assert "On the occasion of this." in html
    assert "suspen" not in html.lower()


def test_follow_and_mute_for_other_members(client: Client, cleo: User) -> None:
    build.published(author=cleo)
    button = f'action="/members/{cleo.pk}/mute/"'
    assert button not in page(client, cleo)
    client.force_login(cleo)
    assert button not in page(client, cleo)
    client.force_login(cast.ben())
    assert button in page(client, cleo)


def test_older_ones_and_odd_addresses(
    client: Client, cleo: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("comments.reading.profiles.PAGE", 2)
    for number in range(3):
        build.published(author=cleo, body=f"Number {number}.")
    html = page(client, cleo)
    assert "Number 0." not in html
    older = html.split('rel="next" href="')[1].split('"')[0]
    html = page(client, cleo, older)
    assert "Number 0." in html
    assert "Number 1." not in html
    assert 'rel="next"' not in html
    for odd in ("?before=x", "?before=٣", "?before=" + "9" * 40, "?before=999999"):
        assert "Number 2." in page(client, cleo, odd)


def test_those_written_in_one_moment_are_all_there(
    client: Client, cleo: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("comments.reading.profiles.PAGE", 1)
    for number in range(3):
        build.published(author=cleo, body=f"Number {number}.")
    Comment.objects.update(created_at=datetime(2026, 1, 1, tzinfo=UTC))
    seen, query = "", ""
    for __ in range(3):
        html = page(client, cleo, query)
        seen += html
        if 'rel="next" href="' in html:
            query = html.split('rel="next" href="')[1].split('"')[0]
    assert all(f"Number {n}." in seen for n in range(3))


def test_it_costs_the_same_for_many(
    client: Client, cleo: User, django_assert_num_queries: Any
) -> None:
    build.published(author=cleo)
    with django_assert_num_queries(3):
        page(client, cleo)
    for number in range(10):
        build.published(
            author=cleo, body=f"{number}.", under=build.article(f"a-{number}")
        )
    with django_assert_num_queries(3):
        page(client, cleo)
