"""`/articles/<slug>/`."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from articles.models import Article, Topic
from ethicsforum.accounts.models import User
from tests import build

pytestmark = pytest.mark.django_db


@pytest.fixture(params=["draft", "scheduled"])
def unseen(request: pytest.FixtureRequest) -> Article:
    later = timezone.now() + timedelta(hours=1)
    return build.article("unseen", status=request.param, publish_at=later)


def test_a_reader_reads_it(client: Client) -> None:
    article = build.article(body="It begins with *one* patient.")
    response = client.get(article.get_absolute_url())
    page = response.content.decode()
    assert article.title in page
    assert "<p>It begins with <em>one</em> patient.</p>" in page
    assert response.context["is_preview"] is False


def test_an_address_without_an_article_is_not_found(client: Client) -> None:
    assert client.get("/articles/nothing/").status_code == 404


def test_what_is_not_out_is_not_found(
    client: Client, unseen: Article, ben: User
) -> None:
    assert client.get(unseen.get_absolute_url()).status_code == 404
    client.force_login(ben)
    assert client.get(unseen.get_absolute_url()).status_code == 404


def test_an_editor_sees_it_and_that_nobody_else_does(
    client: Client, unseen: Article, eda: User
) -> None:
    client.force_login(eda)
    response = client.get(unseen.get_absolute_url())
    assert response.status_code == 200
    assert response.context["is_preview"] is True


def test_it_is_for_reading_only(client: Client) -> None:
    assert client.post(build.article().get_absolute_url()).status_code == 405


def test_an_article_and_its_topics_take_a_fixed_number_of_queries(
    client: Client, django_assert_max_num_queries: Any
) -> None:
    article = build.article(discussion=Article.Discussion.HIDDEN)
    for name in ("a", "b", "c"):
        article.topics.add(Topic.objects.create(name=name, slug=name))
    with django_assert_max_num_queries(2):
        client.get(article.get_absolute_url())
