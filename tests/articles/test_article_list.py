"""`/`: what is out, newest first."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from articles.models import Article, Topic
from ethicsforum.accounts.models import User
from tests import build

pytestmark = pytest.mark.django_db


def days_old(number: int, **fields: object) -> Article:
    moment = timezone.now() - timedelta(days=number)
    title = f"Number {number}."
    return build.article(f"n-{number}", title=title, publish_at=moment, **fields)


def titles(client: Client, address: str = "/") -> list[str]:
    return [article.title for article in client.get(address).context["articles"]]


def test_an_empty_site_says_so(client: Client) -> None:
    response = client.get("/")
    assert response.status_code == 200
    assert titles(client) == []
    assert response.context["older_url"] is None


def test_the_newest_comes_first(client: Client) -> None:
    for number in (2, 1, 3):
        days_old(number)
    assert titles(client) == ["Number 1.", "Number 2.", "Number 3."]


def test_what_is_not_out_is_not_there(client: Client, eda: User) -> None:
    build.article("draft", status=Article.Status.DRAFT)
    later = timezone.now() + timedelta(hours=1)
    build.article("later", status=Article.Status.SCHEDULED, publish_at=later)
    assert titles(client) == []
    client.force_login(eda)
    assert titles(client) == []


def test_a_scheduled_article_is_there_when_its_time_has_come(client: Client) -> None:
    days_old(1, status=Article.Status.SCHEDULED)
    assert titles(client) == ["Number 1."]


def test_twenty_on_a_page_and_a_link_to_the_older_ones(client: Client) -> None:
    for number in range(45):
        days_old(number)
    seen = titles(client)
    assert len(seen) == 20
    response = client.get("/")
    assert 'href="/?page=2"' in response.content.decode()
    seen += titles(client, response.context["older_url"]) + titles(client, "/?page=3")
    assert seen == [f"Number {number}." for number in range(45)]
    assert client.get("/?page=3").context["older_url"] is None


def test_exactly_twenty_have_no_older_ones(client: Client) -> None:
    for number in range(20):
        days_old(number)
    assert client.get("/").context["older_url"] is None


@pytest.mark.parametrize("page", ["0", "2", "-1", "x", "", "٣", "1.5", "9" * 30])
def test_a_page_that_does_not_exist_is_not_found(client: Client, page: str) -> None:
    days_old(1)
    assert client.get("/", {"page": page}).status_code == 404


def test_it_is_for_reading_only(client: Client) -> None:
    assert client.post("/").status_code == 405
    assert client.head("/").status_code == 200


@pytest.mark.parametrize("number", [2, 25])
def test_it_takes_three_queries_however_many_there_are(
    client: Client, django_assert_num_queries: Any, number: int
) -> None:
    topic = Topic.objects.create(name="Health", slug="health")
    for age in range(number):
        days_old(age).topics.add(topic)
    # The articles, their topics, the counts of their comments.
    with django_assert_num_queries(3):
        client.get("/")


def test_an_article_without_a_standfirst_opens_with_its_first_words(
    client: Client,
) -> None:
    body = "# A heading\n\nThe *first* words.\n\nThe second paragraph."
    build.article(standfirst="", body=body)
    html = client.get("/").content.decode()
    assert "The first words." in html
    assert "A heading" not in html
    assert "The second paragraph." not in html


@pytest.mark.parametrize("page", ["0", "-1", "x", "000000001" + "9" * 20, "9" * 5000])
def test_a_page_number_that_is_none_is_not_found(client: Client, page: str) -> None:
    assert client.get(f"/?page={page}").status_code == 404
