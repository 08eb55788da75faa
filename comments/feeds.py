"""For machines: discussions and the public log as Atom, and the log with its chain."""

import json
from collections.abc import Iterator
from datetime import datetime

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.db.models import QuerySet
from django.http import HttpRequest, StreamingHttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from articles.models import Article
from comments.models import Comment, Decision, LogEntry

NEWEST = 50


class LogFeed(Feed[Decision, None]):
    """What moderators did, and what was refused; newest first."""

    feed_type = Atom1Feed

    def title(self) -> str:
        return _("Moderation log – %(site)s") % {"site": settings.SITE_NAME}

    def link(self) -> str:
        return reverse("comments:log")

    def items(self) -> QuerySet[Decision]:
        rows = Decision.objects.interventions().newest_first()
        return rows.select_related("rule")[:NEWEST]

    def item_title(self, item: Decision) -> str:
        outcome = item.get_to_state_display()
        return f"{outcome}: {item.rule.title}" if item.rule else outcome

    def item_description(self, item: Decision) -> str:
        # Atom's summary is HTML to feed readers; this is plain text.
        return escape(item.explanation)

    def item_link(self, item: Decision) -> str:
        return f"{reverse('comments:log')}#decision-{item.pk}"

    def item_guid(self, item: Decision) -> str:
        return f"{settings.SITE_URL}{self.item_link(item)}"

    def item_pubdate(self, item: Decision) -> datetime:
        return item.created_at

    def item_updateddate(self, item: Decision) -> datetime:
        return item.created_at


class DiscussionFeed(Feed[Comment, Article]):
    """The newest published comments under one article."""

    feed_type = Atom1Feed

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
    rows = LogEntry.objects.order_by("position")
    fields = ("body", "previous", "hash", "decision__explanation")
    for body, previous, hash_, explanation in rows.values_list(*fields).iterator():
        line = {
            "entry": json.loads(body),
            "explanation": explanation,
            "previous": previous,
            "hash": hash_,
        }
        yield json.dumps(line, sort_keys=True) + "\n"
