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


@pytest.mark.parametrize("others", [0, 5])
def test_an_article_takes_a_fixed_number_of_queries(
    client: Client, django_assert_num_queries: Any, others: int
) -> None:
    article = build.article(discussion=Article.Discussion.HIDDEN)
    for name in ("a", "b", "c"):
        article.topics.add(Topic.objects.create(name=name, slug=name))
    for number in range(others):
        build.article(f"n-{number}").topics.set(article.topics.all())
    # Itself, its topics, what is related.
    with django_assert_num_queries(3):
        client.get(article.get_absolute_url())


def test_its_head_leads_to_the_discussion(client: Client) -> None:
    made = build.published()
    address = made.article.get_absolute_url()
    assert '<a href="#discussion">1 comment</a>' in client.get(address).content.decode()


def test_an_article_nobody_wrote_under_says_that_one_can(client: Client) -> None:
    html = client.get(build.article().get_absolute_url()).content.decode()
    assert '<a href="#discussion">Open for comments</a>' in html


def test_a_hidden_discussion_is_not_led_to(client: Client) -> None:
    article = build.published().article
    Article.objects.update(discussion=Article.Discussion.HIDDEN)
    html = client.get(article.get_absolute_url()).content.decode()
    assert "#discussion" not in html
