"""`/sitemap.xml` and `/robots.txt`."""

from typing import Any
from xml.etree import ElementTree

import pytest
from django.test import Client, override_settings

from articles.models import Article, Topic
from tests import build

pytestmark = pytest.mark.django_db

SITE = "https://forum.example.org"
SPACE = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}


@pytest.fixture(autouse=True)
def public_site() -> object:
    with override_settings(SITE_URL=SITE):
        yield


def urls(client: Client) -> dict[str, str | None]:
    response = client.get("/sitemap.xml")
    assert response.headers["Content-Type"] == "application/xml"
    root = ElementTree.fromstring(response.content)  # noqa: S314  # our own output
    rows = root.findall("s:url", SPACE)
    found = (
        (row.findtext("s:loc", "", SPACE), row.findtext("s:lastmod", None, SPACE))
        for row in rows
    )
    return dict(found)


def articles_of(found: dict[str, str | None]) -> dict[str, str | None]:
    """What is not of the discussion; for that see `comments/test_sitemaps.py`."""
    of_discussion = (f"{SITE}/rules/", f"{SITE}/moderation/")
    return {at: when for at, when in found.items() if not at.startswith(of_discussion)}


def test_it_lists_what_readers_may_find(client: Client) -> None:
    article = build.article("triage")
    article.topics.add(Topic.objects.create(name="Health", slug="health"))
    Topic.objects.create(name="Empty", slug="empty")
    draft = build.article("draft", status=Article.Status.DRAFT)
    draft.topics.add(Topic.objects.create(name="Secret", slug="secret"))
    assert articles_of(urls(client)) == {
        f"{SITE}/": None,
        f"{SITE}/articles/triage/": article.updated_at.date().isoformat(),
        f"{SITE}/topics/health/": None,
    }


def test_it_takes_a_fixed_number_of_queries(
    client: Client, django_assert_num_queries: Any
) -> None:
    topic = Topic.objects.create(name="Health", slug="health")
    for number in range(5):
        build.article(f"n-{number}").topics.add(topic)
    with django_assert_num_queries(4):
        assert len(articles_of(urls(client))) == 7


def test_robots_stay_out_of_the_desk_and_find_the_map(client: Client) -> None:
    response = client.get("/robots.txt")
    assert response.headers["Content-Type"] == "text/plain"
    lines = response.content.decode().splitlines()
    assert lines[0] == "User-agent: *"
    assert {"Disallow: /admin/", "Disallow: /accounts/"} <= set(lines)
    assert f"Sitemap: {SITE}/sitemap.xml" in lines
