"""`/topics/<slug>/`."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from articles.models import Article, Topic
from tests import build

pytestmark = pytest.mark.django_db


@pytest.fixture
def health() -> Topic:
    return Topic.objects.create(name="Health", slug="health")


def test_it_has_what_is_out_about_it_and_nothing_else(
    client: Client, health: Topic
) -> None:
    about = build.article("about", title="About it")
    draft = build.article("draft", title="Draft", status=Article.Status.DRAFT)
    build.article("other", title="Other")
    health.article_set.set([about, draft])
    response = client.get("/topics/health/")
    assert response.context["topic"] == health
    assert list(response.context["articles"]) == [about]
    assert "About it" in response.content.decode()


def test_a_topic_without_articles_has_a_page(client: Client, health: Topic) -> None:
    assert client.get("/topics/health/").status_code == 200


def test_an_unknown_topic_is_not_found(client: Client) -> None:
    assert client.get("/topics/nothing/").status_code == 404


def test_it_leads_to_its_older_articles(
    client: Client, health: Topic, django_assert_num_queries: Any
) -> None:
    for age in range(21):
        moment = timezone.now() - timedelta(days=age)
        build.article(f"n-{age}", publish_at=moment).topics.add(health)
    with django_assert_num_queries(4):
        response = client.get("/topics/health/")
    older = response.context["older_url"]
    assert older == "/topics/health/?page=2"
    assert [one.slug for one in client.get(older).context["articles"]] == ["n-20"]
