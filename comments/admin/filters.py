from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from articles.models import Article
from comments.models import QueueItem
from comments.queues import Queue, in_queue
from comments.screening.reasons import NAMES
from ethicsforum.ids import as_id

QUEUES = {
    Queue.WAITING: _("Waiting"),
    Queue.REPORTED: _("Reported"),
    Queue.APPEALS: _("Appeals"),
    Queue.SNOOZED: _("Snoozed"),
    Queue.MINE: _("Mine"),
    Queue.DECIDED: _("Decided lately"),
}


def queue_asked(request: HttpRequest) -> Queue:
    """The tab that the address names, or the first."""
    asked = request.GET.get("queue", "")
    return Queue(asked) if asked in set(Queue) else Queue.WAITING


class QueueFilter(admin.SimpleListFilter):
    """The tabs above the list draw it; beside the list it shows nothing."""

    title = _("queue")
    parameter_name = "queue"
    template = "admin/comments/queueitem/no_filter.html"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[Any]:
        return list(QUEUES.items())

    def queryset(self, request: HttpRequest, queryset: Any) -> QuerySet[QueueItem]:
        return in_queue(queryset, queue_asked(request), request.user)


class ArticleFilter(admin.SimpleListFilter):
    """One article, by its id; a list of all would not fit and not scale."""

    title = _("article")
    parameter_name = "article"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[Any]:
        asked = request.GET.get("article")
        if asked is None:
            return []
        found = Article.objects.filter(pk=as_id(asked) or 0)
        title = found.values_list("title", flat=True).first()
        return [(asked, title or _("no such article"))]

    def queryset(
        self, request: HttpRequest, queryset: QuerySet[QueueItem]
    ) -> QuerySet[QueueItem]:
        asked = self.value()
        if asked is None:
            return queryset
        return queryset.filter(comment__article=as_id(asked) or 0)


class EscalatedFilter(admin.SimpleListFilter):
    title = _("escalated")
    parameter_name = "escalated"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[Any]:
        return [("yes", _("Yes"))]

    def queryset(
        self, request: HttpRequest, queryset: QuerySet[QueueItem]
    ) -> QuerySet[QueueItem]:
        if self.value() == "yes":
            return queryset.filter(escalated_at__isnull=False)
        return queryset


class ReasonFilter(admin.SimpleListFilter):
    title = _("why held")
    parameter_name = "why"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[Any]:
        return list(NAMES.items())

    def queryset(
        self, request: HttpRequest, queryset: QuerySet[QueueItem]
    ) -> QuerySet[QueueItem]:
        if self.value() not in NAMES:
            return queryset
        # The quotes make it the whole code, on either database's JSON text.
        return queryset.filter(findings__icontains=f'"{self.value()}"')
