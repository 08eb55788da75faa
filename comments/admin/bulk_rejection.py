"""How far a bulk rejection has come, and the button that stops it."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from comments.actions import bulk_rejecting
from comments.admin.read_only import ReadOnly
from comments.models import BulkRejection
from comments.policies import may_sanction

TEMPLATE = "admin/comments/bulkrejection/progress.html"
PROGRESS = "admin:comments_bulkrejection_change"
REFRESH_SECONDS = 3


@admin.register(BulkRejection)
class BulkRejectionAdmin(ReadOnly):
    list_display = ["__str__", "member", "moderator", "state", "decided", "created_at"]
    list_filter = ["state"]
    list_per_page = 50
    show_full_result_count = False
    actions = None

    class Media:
        css = {"all": ["comments/desk.css", "comments/member.css"]}

    def get_queryset(self, request: HttpRequest) -> QuerySet[BulkRejection]:
        return BulkRejection.objects.select_related("member", "moderator", "rule")

    def get_urls(self) -> list[URLPattern]:
        stop = self.admin_site.admin_view(require_POST(self.stop))
        own = path("<int:pk>/stop/", stop, name="comments_bulkrejection_stop")
        return [own, *super().get_urls()]

    def has_view_permission(
        self, request: HttpRequest, obj: BulkRejection | None = None
    ) -> bool:
        return may_sanction(request.user)

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        job = self.row_or_404(request, object_id)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Refusing everything by one author"),
            "opts": self.opts,
            "media": self.media,
            "job": job,
            "refresh_seconds": REFRESH_SECONDS,
        }
        return TemplateResponse(request, TEMPLATE, context)

    def stop(self, request: HttpRequest, pk: int) -> HttpResponse:
        job = self.row_or_404(request, pk)
        if bulk_rejecting.stop(job):
            messages.success(request, _("Stopped. What was decided stays decided."))
        else:
            messages.info(request, _("It had ended before you stopped it."))
        return redirect(PROGRESS, job.pk)
