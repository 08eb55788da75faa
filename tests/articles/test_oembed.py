"""`/oembed/?url=…`."""

from typing import Any
from urllib.parse import unquote

import pytest
from django.conf import settings
from django.test import Client

from articles.models import Article
from tests import build

pytestmark = pytest.mark.django_db
HERE = f"{settings.SITE_URL}/articles/triage/"


def ask(client: Client, url: str = HERE, **more: str) -> Any:
    return client.get("/oembed/", {"url": url, **more})


def test_an_article_is_a_link_with_a_picture(client: Client) -> None:
    build.article(byline="Ida")
    answer = ask(client, format="json", maxwidth="1200")
    assert answer.json() == {
        "version": "1.0",
        "type": "link",
        "title": "Who decides who waits?",
        "author_name": "Ida",
        "provider_name": settings.SITE_NAME,
        "provider_url": f"{settings.SITE_URL}/",
        "cache_age": 86_400,
        "thumbnail_url": f"{HERE}share.png",
        "thumbnail_width": 1200,
        "thumbnail_height": 630,
    }
    assert answer.headers["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize("room", [{"maxwidth": "600"}, {"maxheight": "600"}])
def test_a_picture_for_which_there_is_no_room_is_left_out(
    client: Client, room: dict[str, str]
) -> None:
    build.article()
    assert "thumbnail_url" not in ask(client, **room).json()


@pytest.mark.parametrize("room", ["", "x", "-1", "٣", "9" * 5000])
def test_room_that_is_no_number_is_as_good_as_none(client: Client, room: str) -> None:
    build.article()
    assert ask(client, maxwidth=room).json()["thumbnail_width"] == 1200


@pytest.mark.parametrize(
    "url",
    [
        "",
        "x",
        "http://[",
        f"{settings.SITE_URL}/",
        f"{settings.SITE_URL}/articles/nothing/",
        "https://elsewhere.example/articles/triage/",
        "/articles/triage/",
    ],
)
def test_what_is_no_article_here_is_not_found(client: Client, url: str) -> None:
    build.article()
    assert ask(client, url).status_code == 404


def test_a_draft_is_not_found(client: Client) -> None:
    build.article(status=Article.Status.DRAFT)
    assert ask(client).status_code == 404


def test_xml_is_not_offered(client: Client) -> None:
    build.article()
    assert ask(client, format="xml").status_code == 501
    assert client.post("/oembed/").status_code == 405


def test_the_article_says_where_to_ask(client: Client) -> None:
    build.article()
    html = client.get("/articles/triage/").content.decode()
    link = html.split('type="application/json+oembed"')[1].split('href="')[1]
    found = link.split('"')[0].replace("&amp;", "&")
    assert found.startswith(f"{settings.SITE_URL}/oembed/?url=http%3A%2F%2F")
    assert unquote(found).endswith(f"?url={HERE}&format=json")
    assert client.get(found).status_code == 200
