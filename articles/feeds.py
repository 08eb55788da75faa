"""The newest articles as Atom feeds: all of them, and those about one topic."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.html import escape
from django.utils.text import Truncator

from articles.models import Article, ArticleQuerySet, Topic
from ethicsforum.atom import Atom
from ethicsforum.markup import plain_text

if TYPE_CHECKING:
    BaseFeed = Feed[Article, Any]
else:
    # Generic for the type checker only; Django's class takes no parameters.
    BaseFeed = Feed

NEWEST = 20
SUMMARY_WORDS = 60


class NewestFeed(BaseFeed):
    """Every address begins with SITE_URL: a feed is kept and read elsewhere."""

    feed_type = Atom
    language = settings.LANGUAGE_CODE
    author_name = settings.SITE_NAME

    def item_title(self, item: Article) -> str:
        # Django's own escapes once more, for RSS; Atom titles are plain text.
        return item.title

    def item_description(self, item: Article) -> str:
        # Atom says that summaries are HTML.
        return escape(item.standfirst or _beginning(item))

    def item_link(self, item: Article) -> str:
        return settings.SITE_URL + item.get_absolute_url()

    def item_author_name(self, item: Article) -> str | None:
        return item.byline or None

    def item_categories(self, item: Article) -> list[str]:
        return [topic.name for topic in item.topics.all()]

    def item_pubdate(self, item: Article) -> datetime | None:
        return item.publish_at

    def item_updateddate(self, item: Article) -> datetime:
        return item.last_changed


class ArticleFeed(NewestFeed):
    title = settings.SITE_NAME
    subtitle = settings.SITE_TAGLINE

    def link(self) -> str:
        return settings.SITE_URL + reverse("articles:list")

    def feed_url(self) -> str:
        return settings.SITE_URL + reverse("articles:feed")

    def items(self) -> list[Article]:
        return _newest(Article.objects.published())


class TopicFeed(NewestFeed):
    def get_object(self, request: HttpRequest, slug: str) -> Topic:
        return get_object_or_404(Topic, slug=slug)

    def title(self, topic: Topic) -> str:
        return f"{topic.name} – {settings.SITE_NAME}"

    def link(self, topic: Topic) -> str:
        return settings.SITE_URL + topic.get_absolute_url()

    def feed_url(self, topic: Topic) -> str:
        return settings.SITE_URL + reverse("articles:topic_feed", args=[topic.slug])

    def items(self, topic: Topic) -> list[Article]:
        return _newest(topic.article_set.published())


def _newest(articles: ArticleQuerySet) -> list[Article]:
    return list(articles.newest_first().prefetch_related("topics")[:NEWEST])


def _beginning(article: Article) -> str:
    return Truncator(plain_text(article.body_html)).words(SUMMARY_WORDS)
