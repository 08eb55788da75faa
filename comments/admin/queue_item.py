"""The desk: the change list of queue items, drawn as cards under tabs."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.core.exceptions import BadRequest
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _

from comments.admin.ask_back import ask_urls
from comments.admin.desk import bulk, claims, deciding, hands, undoing
from comments.admin.desk.access import may_decide
from comments.admin.desk.answers import item_page
from comments.admin.filters import (
    ArticleFilter,
    EscalatedFilter,
    QueueFilter,
    ReasonFilter,
    queue_asked,
)
from comments.admin.read_only import ReadOnly
from comments.admin.tabs import DeskList
from comments.models import QueueItem
from comments.queues import order_of

ITEM_VIEWS: dict[str, Callable[..., HttpResponse]] = {
    "decide": deciding.decide,
    "undo": undoing.undo,
    "claim": claims.claim,
    "release": claims.release,
    "presence": claims.presence,
    "snooze": hands.snooze,
    "wake": hands.wake,
    "escalate": hands.escalate,
    "note": hands.note,
}


@admin.register(QueueItem)
class QueueItemAdmin(ReadOnly):
    list_display = ["__str__"]
    list_display_links = None
    list_filter = [QueueFilter, ReasonFilter, EscalatedFilter, ArticleFilter]
    search_fields = [
        "revision__source",
        "comment__author__username",
        "comment__author__email",
        "comment__article__title",
    ]
    search_help_text = _("Words of the text, author, article")
    list_per_page = 20
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    actions = ["approve_selected", "reject_selected"]

    class Media:
        css = {"all": ["comments/desk.css", "comments/queues.css"]}
        js = [
            forms.Script(f"comments/{name}.js", type="module")
            for name in ("desk", "desk-send", "desk-presence")
        ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[QueueItem]:
        return QueueItem.objects.for_moderator(request.user).for_desk()

    def get_urls(self) -> list[URLPattern]:
        own = [
            path(
                f"<int:pk>/{verb}/",
                partial(view, self),
                name=f"comments_queueitem_{verb}",
            )
            for verb, view in ITEM_VIEWS.items()
        ]
        take = path("take/", partial(claims.take, self), name="comments_queueitem_take")
        return [take, *own, *ask_urls(self), *super().get_urls()]

    def get_ordering(self, request: HttpRequest) -> tuple[str, str]:
        return order_of(queue_asked(request))

    def has_decide_permission(self, request: HttpRequest) -> bool:
        return may_decide(request)

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        if not bulk.selection_is_sound(request):
            raise BadRequest
        extra = {"title": _("Moderation queue"), **(extra_context or {})}
        return super().changelist_view(request, extra)

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return DeskList

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        return item_page(self, request, self.row_or_404(request, object_id))

    @admin.action(description=_("Approve"), permissions=["decide"])
    def approve_selected(
        self, request: HttpRequest, queryset: QuerySet[QueueItem]
    ) -> HttpResponse | None:
        return bulk.decide_selected(self, request, queryset, "approve")

    @admin.action(description=_("Reject"), permissions=["decide"])
    def reject_selected(
        self, request: HttpRequest, queryset: QuerySet[QueueItem]
    ) -> HttpResponse | None:
        return bulk.decide_selected(self, request, queryset, "reject")
