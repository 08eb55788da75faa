"""`/topics/<slug>/feed/`."""

from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from articles.models import Article, Topic
from tests import build

pytestmark = pytest.mark.django_db
PATH = "/topics/health/feed/"


@pytest.fixture
def health() -> Topic:
    return Topic.objects.create(name="Health & care", slug="health")


def test_it_has_what_is_out_about_it(client: Client, health: Topic) -> None:
    draft = build.article("draft", title="Draft", status=Article.Status.DRAFT)
    health.article_set.set([build.article("about", title="About"), draft])
    build.article("other", title="Other")
    answer = client.get(PATH)
    atom = answer.content.decode()
    assert answer.headers["Content-Type"].startswith("application/atom+xml")
    assert "<title>About</title>" in atom
    assert "Draft" not in atom
    assert "Other" not in atom
    assert f"<title>Health &amp; care – {settings.SITE_NAME}</title>" in atom
    assert f'href="{settings.SITE_URL}{PATH}" rel="self"' in atom


def test_an_unknown_topic_has_none(client: Client) -> None:
    assert client.get(PATH).status_code == 404


def test_it_takes_three_queries(
    client: Client, health: Topic, django_assert_num_queries: Any
) -> None:
    health.article_set.set([build.article(f"n-{number}") for number in range(4)])
    with django_assert_num_queries(3):
        client.get(PATH)


def test_the_topic_page_leads_there_for_people_and_machines(
    client: Client, health: Topic
) -> None:
    html = client.get(health.get_absolute_url()).content.decode()
    assert html.count(f'href="{PATH}"') == 2
