"""The number of published comments next to each article."""

from typing import Any

import pytest
from django.test import Client

from articles.models import Article
from comments.reading.counts import published_counts
from tests import build

pytestmark = pytest.mark.django_db


def test_only_what_is_published_counts() -> None:
    article = build.article()
    build.published()
    build.published(body="Another thought.")
    build.comment(body="In screening.")
    build.held(body="Held.")
    build.rejected(body="Rejected.")
    build.removed(body="Removed.")
    assert published_counts([article]) == {article.pk: 2}


def test_many_articles_take_one_query(django_assert_num_queries: Any) -> None:
    articles = [build.article(f"n-{number}") for number in range(5)]
    build.published(under=articles[0])
    with django_assert_num_queries(1):
        assert published_counts(articles) == {articles[0].pk: 1}


def test_no_article_takes_none(django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        assert published_counts([]) == {}


def test_a_hidden_discussion_has_no_number() -> None:
    article = build.published().article
    article.discussion = Article.Discussion.HIDDEN
    assert published_counts([article]) == {}


def test_the_list_shows_it_and_leads_to_the_discussion(client: Client) -> None:
    build.published()
    build.article("quiet", title="Quiet")
    html = client.get("/").content.decode()
    assert '<a href="/articles/triage/#discussion">1 comment</a>' in html
    assert "/articles/quiet/#discussion" not in html
