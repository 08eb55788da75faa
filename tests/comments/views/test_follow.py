"""Follow and mute an article or a member; /following/ lists and undoes them."""

from http import HTTPStatus
from typing import Any

import pytest
from django.test import Client

from articles.models import Article
from comments.actions.following import follow, mute
from comments.models import Follow, Mute
from comments.reading.attention import attention_of
from ethicsforum.accounts.models import User
from tests import build, cast

pytestmark = pytest.mark.django_db
ON, OFF = {"choice": "on"}, {"choice": "off"}
PART: dict[str, Any] = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture
def reader(client: Client, ben: User) -> User:
    client.force_login(ben)
    return ben


@pytest.fixture
def cleo(db: None) -> User:
    build.published(author=cast.cleo())
    return cast.cleo()


def chosen(client: Client) -> str:
    response = client.get("/following/")
    assert response.status_code == HTTPStatus.OK
    return str(response.content.decode()).split("</header>")[1]


def test_an_article_and_back(client: Client, reader: User) -> None:
    article = build.article()
    response = client.post("/articles/triage/follow/", ON)
    assert response.status_code == HTTPStatus.FOUND
    assert response.headers["Location"] == "/articles/triage/#discussion"
    assert attention_of(reader, article).follows
    client.post("/articles/triage/mute/", ON)
    assert attention_of(reader, article).mutes
    client.post("/articles/triage/mute/", OFF)
    assert not Mute.objects.exists()
    assert not Follow.objects.exists()


def test_a_member_and_back(client: Client, reader: User, cleo: User) -> None:
    page = f"/members/{cleo.pk}/"
    assert client.post(f"{page}mute/", ON).headers["Location"] == page
    assert attention_of(reader, cleo).mutes
    client.post(f"{page}follow/", ON)
    assert attention_of(reader, cleo).follows
    client.post(f"{page}follow/", OFF)
    assert not Follow.objects.exists()


def test_a_part_of_the_page_shows_the_new_state(
    client: Client, reader: User, cleo: User
) -> None:
    response = client.post(f"/members/{cleo.pk}/follow/", ON, **PART)
    html = response.content.decode()
    assert response.status_code == HTTPStatus.OK
    assert "<html" not in html
    assert 'value="off" aria-pressed="true">Follow<' in html
    assert "You hear of their new comments." in html


@pytest.mark.parametrize("deed", ["follow", "mute"])
def test_visitors_are_sent_to_sign_in(client: Client, deed: str, cleo: User) -> None:
    response = client.post(f"/members/{cleo.pk}/{deed}/", ON)
    assert response.headers["Location"].startswith("/accounts/login/?next=/members/")
    response = client.post(f"/articles/triage/{deed}/", ON, **PART)
    assert response.headers["HX-Redirect"].startswith("/accounts/login/?next=/articles")


@pytest.mark.parametrize("fields", [{}, {"choice": "ON"}, {"choice": "up"}])
def test_what_is_no_choice_is_refused(
    client: Client, reader: User, cleo: User, fields: dict[str, str]
) -> None:
    for address in (f"/members/{cleo.pk}/follow/", "/articles/triage/mute/"):
        assert client.post(address, fields).status_code == HTTPStatus.BAD_REQUEST


def test_nobody_follows_themselves(client: Client, reader: User) -> None:
    response = client.post(f"/members/{reader.pk}/follow/", ON)
    assert response.status_code == HTTPStatus.BAD_REQUEST


def test_what_cannot_be_seen_cannot_be_followed(client: Client, reader: User) -> None:
    build.article("draft", status=Article.Status.DRAFT)
    only_reads = cast.member("Otto")
    for address in ("/articles/draft/follow/", f"/members/{only_reads.pk}/mute/"):
        assert client.post(address, ON).status_code == HTTPStatus.NOT_FOUND


def test_what_went_away_can_still_be_undone(client: Client, reader: User) -> None:
    article, otto = build.article(), cast.member("Otto")
    follow(article, member=reader)
    mute(otto, member=reader)
    Article.objects.update(status=Article.Status.DRAFT)
    assert "Otto" in chosen(client)
    client.post("/articles/triage/follow/", OFF | {"next": "/following/"})
    client.post(f"/members/{otto.pk}/mute/", OFF)
    assert not Follow.objects.exists()
    assert not Mute.objects.exists()


@pytest.mark.parametrize("away", ["https://evil.example/", "//evil.example/", ""])
def test_it_leads_back_to_this_site_only(
    client: Client, reader: User, cleo: User, away: str
) -> None:
    address = f"/members/{cleo.pk}/follow/"
    response = client.post(address, ON | {"next": away})
    assert response.headers["Location"] == f"/members/{cleo.pk}/"
    response = client.post(address, OFF | {"next": "/following/"})
    assert response.headers["Location"] == "/following/"


def test_an_empty_list_says_how(client: Client, reader: User) -> None:
    html = chosen(client)
    assert "stands above each discussion" in html
    assert "stands beside ‘Follow’" in html


def test_the_list_has_each_with_its_undo(
    client: Client, reader: User, cleo: User
) -> None:
    follow(build.article(), member=reader)
    mute(cleo, member=reader)
    mute(build.article("loud", title="Too loud"), member=reader)
    html = chosen(client)
    follows, mutes = html.split("You mute")
    assert 'action="/articles/triage/follow/"' in follows
    assert f'action="/members/{cleo.pk}/mute/"' in mutes
    assert 'action="/articles/loud/mute/"' in mutes
    assert "Cleo" not in follows


def test_the_list_is_ones_own(client: Client, reader: User, cleo: User) -> None:
    follow(build.article(), member=cleo)
    assert "Who decides" not in chosen(client)
    client.logout()
    response = client.get("/following/")
    assert response.headers["Location"] == "/accounts/login/?next=/following/"


def test_the_list_costs_the_same_for_many(
    client: Client, reader: User, django_assert_num_queries: Any
) -> None:
    follow(build.article(), member=reader)
    with django_assert_num_queries(4):
        chosen(client)
    for number in range(5):
        follow(build.article(f"piece-{number}"), member=reader)
        mute(cast.member(f"Loud {number}"), member=reader)
    with django_assert_num_queries(4):
        chosen(client)


def test_the_way_there(client: Client, reader: User) -> None:
    html = client.get("/").content.decode()
    assert 'href="/following/"' in html
    assert 'href="/comments/mine/"' in html
