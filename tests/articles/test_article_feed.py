"""`/feeds/articles/`, read as a feed reader does."""

from datetime import datetime, timedelta
from typing import Any
from xml.etree import ElementTree

import pytest
from django.test import Client, override_settings
from django.utils import timezone

from articles.models import Article, Topic
from tests import build

pytestmark = pytest.mark.django_db

ATOM = {"a": "http://www.w3.org/2005/Atom"}


def read(client: Client) -> ElementTree.Element:
    response = client.get("/feeds/articles/")
    assert response.headers["Content-Type"].startswith("application/atom+xml")
    # Made by this test's own server a line above.
    return ElementTree.fromstring(response.content)  # noqa: S314  # our own output


def text(element: ElementTree.Element, path: str) -> str:
    found = element.findtext(f"a:{path}", namespaces=ATOM)
    assert found is not None
    return found


def attribute(element: ElementTree.Element, path: str, name: str) -> str | None:
    found = element.find(path, ATOM)
    assert found is not None
    return found.get(name)


def entries(client: Client) -> list[ElementTree.Element]:
    return read(client).findall("a:entry", ATOM)


def test_an_article_is_an_entry(client: Client) -> None:
    article = build.article(
        title="AI & <us>", standfirst="Who *decides* & why < how?", byline="Edda"
    )
    article.topics.add(Topic.objects.create(name="Health", slug="health"))
    (entry,) = entries(client)
    assert text(entry, "title") == "AI & <us>"
    # The summary is declared to be HTML.
    assert text(entry, "summary") == "Who *decides* &amp; why &lt; how?"
    assert text(entry, "author/a:name") == "Edda"
    assert attribute(entry, "a:category", "term") == "Health"


def test_without_a_standfirst_the_text_begins(client: Client) -> None:
    build.article(body="It **begins** here. " + "word " * 100)
    (entry,) = entries(client)
    assert text(entry, "summary").startswith("It begins here. word")
    assert text(entry, "summary").endswith("word…")


@override_settings(SITE_URL="https://forum.example.org")
def test_addresses_are_the_site_s_whatever_name_it_was_asked_by(
    client: Client,
) -> None:
    build.article("triage")
    feed = read(client)
    address = "https://forum.example.org/articles/triage/"
    assert attribute(feed, "a:entry/a:link", "href") == address
    assert text(feed, "entry/a:id") == address
    links = {link.get("rel"): link.get("href") for link in feed.findall("a:link", ATOM)}
    assert links == {
        "alternate": "https://forum.example.org/",
        "self": "https://forum.example.org/feeds/articles/",
    }


def test_dates_are_those_readers_know(client: Client) -> None:
    moment = timezone.now().replace(microsecond=0) - timedelta(days=3)
    article = build.article(publish_at=moment)
    (entry,) = entries(client)
    assert datetime.fromisoformat(text(entry, "published")) == moment
    updated = datetime.fromisoformat(text(entry, "updated"))
    assert updated == article.updated_at


def test_only_what_is_out_newest_first_and_not_too_much(client: Client) -> None:
    build.article("draft", status=Article.Status.DRAFT)
    for age in range(25):
        moment = timezone.now() - timedelta(days=age)
        build.article(f"n-{age}", title=f"{age}", publish_at=moment)
    assert [text(one, "title") for one in entries(client)] == [
        str(n) for n in range(20)
    ]


def test_an_empty_feed_is_a_feed(client: Client) -> None:
    feed = read(client)
    assert text(feed, "title") == "Ethics Forum"
    assert text(feed, "subtitle")
    assert feed.findall("a:entry", ATOM) == []


def test_it_takes_two_queries(client: Client, django_assert_num_queries: Any) -> None:
    for number in range(3):
        build.article(f"n-{number}")
    with django_assert_num_queries(2):
        client.get("/feeds/articles/")
