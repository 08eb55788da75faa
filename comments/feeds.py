"""For machines: discussions and the public log as Atom, and the log with its chain."""

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.db.models import QuerySet
from django.http import HttpRequest, StreamingHttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.html import escape
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from articles.models import Article
from comments.models import Comment, LogEntry
from comments.record.log_filter import LogFilter
from comments.record.public_log import LogItem, page_of
from ethicsforum.atom import Atom

NEWEST = 50
CHUNK = 500


class LogFeed(Feed[LogItem, LogFilter]):
    """What moderators did, and what was refused; newest first. Takes the filters of
    the log's page."""

    feed_type = Atom

    def get_object(self, request: HttpRequest, **kwargs: Any) -> LogFilter:
        return LogFilter(request.GET)

    def title(self, chosen: LogFilter) -> str:
        return _("Moderation log – %(site)s") % {"site": settings.SITE_NAME}

    def link(self, chosen: LogFilter) -> str:
        return reverse("comments:log", query=chosen.query_data)

    def feed_url(self, chosen: LogFilter) -> str:
        return reverse("comments:log_feed", query=chosen.query_data)

    def items(self, chosen: LogFilter) -> list[LogItem]:
        return page_of(chosen.decisions(), size=NEWEST)[0]

    def item_title(self, item: LogItem) -> str:
        return item.title

    def item_description(self, item: LogItem) -> str:
        # Atom's summary is HTML to feed readers; this is plain text.
        return escape(item.explanation or "")

    def item_author_name(self, item: LogItem) -> str:
        return item.decider

    def item_link(self, item: LogItem) -> str:
        return reverse("comments:log_entry", args=[item.decision.pk])

    def item_guid(self, item: LogItem) -> str:
        # What feed readers know it by: this stays, wherever the link leads.
        return (
            f"{settings.SITE_URL}{reverse('comments:log')}#decision-{item.decision.pk}"
        )

    def item_pubdate(self, item: LogItem) -> datetime:
        return item.decision.created_at

    def item_updateddate(self, item: LogItem) -> datetime:
        return item.decision.created_at


class DiscussionFeed(Feed[Comment, Article]):
    """The newest published comments under one article."""

    feed_type = Atom

    def get_object(self, request: HttpRequest, slug: str) -> Article:
        readable = Article.objects.published().exclude(
            discussion=Article.Discussion.HIDDEN
        )
        return get_object_or_404(readable, slug=slug)

    def title(self, article: Article) -> str:
        return _("Discussion: %(title)s") % {"title": article.title}

    def link(self, article: Article) -> str:
        return f"{article.get_absolute_url()}#discussion"

    def items(self, article: Article) -> QuerySet[Comment]:
        published = Comment.objects.published().filter(article=article)
        rows = published.select_related("author", "accepted_revision")
        return rows.order_by("-published_at", "-pk")[:NEWEST]

    def item_title(self, item: Comment) -> str:
        return _("%(author)s writes") % {"author": item.author_name}

    def item_description(self, item: Comment) -> str:
        # Clean HTML as it is stored; feed readers show it as such.
        return item.accepted_revision.html if item.accepted_revision else ""

    def item_author_name(self, item: Comment) -> str:
        return item.author_name

    def item_guid(self, item: Comment) -> str:
        return f"{settings.SITE_URL}{item.get_absolute_url()}"

    def item_pubdate(self, item: Comment) -> datetime:
        return item.published_at or item.created_at

    def item_updateddate(self, item: Comment) -> datetime:
        text = item.accepted_revision
        return text.created_at if text else item.created_at


@require_safe
def log_lines(request: HttpRequest) -> StreamingHttpResponse:
    """Every sealed entry, one JSON object a line, oldest first."""
    response = StreamingHttpResponse(_lines(), content_type="application/jsonl")
    response.headers["Content-Disposition"] = 'attachment; filename="log.jsonl"'
    return response


def _lines() -> Iterator[str]:
    rows = LogEntry.objects.select_related("decision__about__about")
    for entry in rows.order_by("position").iterator(chunk_size=CHUNK):
        item = LogItem(entry.decision)
        line = {
            "entry": json.loads(entry.body),
            "decider": item.decider,
            "explanation": item.explanation,
            "previous": entry.previous,
            "hash": entry.hash,
        }
        yield json.dumps(line, sort_keys=True) + "\n"
