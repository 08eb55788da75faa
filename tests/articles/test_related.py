"""What else there is to read about the same."""

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


def about(topic: Topic, age: int, **fields: Any) -> Article:
    moment = timezone.now() - timedelta(days=age)
    made = build.article(f"n-{age}", publish_at=moment, **fields)
    made.topics.add(topic)
    return made


def test_the_newest_three_and_not_itself(health: Topic) -> None:
    made = [about(health, age) for age in (5, 1, 4, 2, 3)]
    assert [one.slug for one in made[1].related()] == ["n-2", "n-3", "n-4"]


def test_only_what_is_out_and_about_the_same(health: Topic) -> None:
    one = about(health, 1)
    about(health, 2, status=Article.Status.DRAFT)
    build.article("elsewhere")
    assert one.related() == []


def test_two_topics_in_common_show_it_once(health: Topic) -> None:
    work = Topic.objects.create(name="Work", slug="work")
    one, other = about(health, 1), about(health, 2)
    one.topics.add(work)
    other.topics.add(work)
    assert one.related() == [other]


def test_without_a_topic_there_is_nothing_and_no_query(
    django_assert_num_queries: Any,
) -> None:
    build.article()
    one = Article.objects.prefetch_related("topics").get()
    with django_assert_num_queries(0):
        assert one.related() == []


def test_the_page_leads_there(client: Client, health: Topic) -> None:
    one, other = about(health, 1, title="One"), about(health, 2, title="Other")
    html = client.get(one.get_absolute_url()).content.decode()
    assert f'<a href="{other.get_absolute_url()}">Other</a>' in html
