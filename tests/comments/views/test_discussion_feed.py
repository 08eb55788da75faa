"""/articles/<slug>/feed/"""

from http import HTTPStatus
from typing import Any
from xml.etree import ElementTree

import pytest
from django.test import Client

from tests import build, cast

pytestmark = pytest.mark.django_db
HERE = "/articles/triage/feed/"
ATOM = "{http://www.w3.org/2005/Atom}"


def entries(client: Client) -> list[dict[str, str]]:
    root = ElementTree.fromstring(client.get(HERE).content)  # noqa: S314  # our own
    return [
        {child.tag.removeprefix(ATOM): child.text or "" for child in entry}
        for entry in root.findall(f"{ATOM}entry")
    ]


def test_only_what_is_published_newest_first(client: Client, settings: Any) -> None:
    settings.SITE_URL = "https://forum.example"
    cleo = cast.cleo()
    build.published(author=cleo, body="The *first*.")
    last = build.published(author=cleo, body="The second.")
    build.held(author=cleo, body="Held words.")
    build.rejected(author=cleo, body="Rejected words.")
    build.removed(author=cleo, body="Removed words.")
    found = entries(client)
    assert [entry["summary"].strip() for entry in found] == [
        "<p>The second.</p>",
        "<p>The <em>first</em>.</p>",
    ]
    assert found[0]["id"] == f"https://forum.example/comments/{last.pk}/"
    assert found[0]["title"] == "Cleo writes"


@pytest.mark.parametrize("fields", [{"status": "draft"}, {"discussion": "hidden"}])
def test_what_readers_can_not_open_has_no_feed(
    client: Client, fields: dict[str, str]
) -> None:
    article = build.article()
    for name, value in fields.items():
        setattr(article, name, value)
    article.save()
    assert client.get(HERE).status_code == HTTPStatus.NOT_FOUND


def test_a_feed_costs_the_same_whatever_its_length(
    client: Client, django_assert_num_queries: Any
) -> None:
    for number in range(20):
        build.published(author=cast.cleo(), body=f"Number {number}.")
    with django_assert_num_queries(2):
        client.get(HERE)


def test_the_page_names_its_feed(client: Client) -> None:
    build.article()
    assert f'href="{HERE}"' in client.get("/articles/triage/").content.decode()
