"""The desk: the change list of queue items, drawn as cards."""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.core.exceptions import BadRequest
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _

from comments.admin import desk_views
from comments.admin.filters import ReasonFilter, WaitingFilter
from comments.admin.read_only import ReadOnly
from comments.models import QueueItem


@admin.register(QueueItem)
class QueueItemAdmin(ReadOnly):
    list_display = ["__str__"]
    list_display_links = None
    list_filter = [
        WaitingFilter,
        ReasonFilter,
        ("comment__article", admin.RelatedOnlyFieldListFilter),
    ]
    search_fields = [
        "revision__source",
        "comment__author__username",
        "comment__author__email",
        "comment__article__title",
    ]
    search_help_text = _("Words of the text, author, article")
    list_per_page = 20
    show_full_result_count = False
    actions = ["approve_selected", "reject_selected"]

    class Media:
        css = {"all": ["comments/desk.css"]}
        js = [
            forms.Script(f"comments/{name}.js", type="module")
            for name in ("desk", "desk-send", "desk-presence")
        ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[QueueItem]:
        return QueueItem.objects.for_desk().in_line()

    def get_urls(self) -> list[URLPattern]:
        decide = path(
            "<int:pk>/decide/", self._decide, name="comments_queueitem_decide"
        )
        return [decide, *super().get_urls()]

    def has_decide_permission(self, request: HttpRequest) -> bool:
        return desk_views.may_decide(request)

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        if not desk_views.selection_is_sound(request):
            raise BadRequest
        extra = {"title": _("Moderation queue"), **(extra_context or {})}
        return super().changelist_view(request, extra)

    def get_changelist_instance(self, request: HttpRequest) -> ChangeList:
        changelist = super().get_changelist_instance(request)
        # The result list's template gets nothing but the change list itself.
        changelist.may_decide = desk_views.may_decide(request)  # type: ignore[attr-defined]  # ours
        return changelist

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        return desk_views.item_page(self, request, self.row_or_404(request, object_id))

    @admin.action(description=_("Approve"), permissions=["decide"])
    def approve_selected(
        self, request: HttpRequest, queryset: QuerySet[QueueItem]
    ) -> HttpResponse | None:
        return desk_views.decide_selected(self, request, queryset, "approve")

    @admin.action(description=_("Reject"), permissions=["decide"])
    def reject_selected(
        self, request: HttpRequest, queryset: QuerySet[QueueItem]
    ) -> HttpResponse | None:
        return desk_views.decide_selected(self, request, queryset, "reject")

    def _decide(self, request: HttpRequest, pk: int) -> HttpResponse:
        return desk_views.decide_one(self, request, pk)
