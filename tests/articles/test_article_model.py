from datetime import timedelta

import pytest
from django.db import IntegrityError
from django.utils import timezone

from articles.models import Article, Topic
from tests import build


@pytest.mark.parametrize(
    ("words", "minutes"), [(0, 1), (100, 1), (345, 2), (690, 3), (2300, 10)]
)
def test_reading_takes_a_minute_for_230_words(words: int, minutes: int) -> None:
    assert Article(body="word " * words).reading_minutes == minutes


@pytest.mark.django_db
def test_a_scheduled_article_appears_when_its_time_comes() -> None:
    scheduled = Article.Status.SCHEDULED
    later = build.article(
        "later", status=scheduled, publish_at=timezone.now() + timedelta(hours=1)
    )
    assert not later.is_published
    assert later not in Article.objects.published()
    assert later in Article.objects.published(timezone.now() + timedelta(hours=2))


@pytest.mark.django_db
def test_what_is_out_has_a_date() -> None:
    with pytest.raises(IntegrityError):
        build.article(status=Article.Status.SCHEDULED, publish_at=None)


@pytest.mark.django_db
def test_it_last_changed_for_readers_when_it_appeared_or_was_edited() -> None:
    tomorrow = timezone.now() + timedelta(days=1)
    scheduled = build.article(status=Article.Status.SCHEDULED, publish_at=tomorrow)
    assert scheduled.last_changed == tomorrow
    edited = build.article("old", publish_at=timezone.now() - timedelta(days=9))
    assert edited.last_changed == edited.updated_at


def test_a_topic_has_a_page() -> None:
    assert Topic(name="Health", slug="health").get_absolute_url() == "/topics/health/"
