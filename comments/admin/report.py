from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from comments.admin.read_only import ReadOnly
from comments.models import Report


class OutcomeFilter(admin.SimpleListFilter):
    """Django's own would call an open report by an empty name."""

    title = _("outcome")
    parameter_name = "outcome"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[Any]:
        return [("open", _("open")), *Report.Outcome.choices]

    def queryset(
        self, request: HttpRequest, queryset: QuerySet[Report]
    ) -> QuerySet[Report]:
        if self.value() == "open":
            return queryset.filter(outcome="")
        return queryset.filter(outcome=self.value()) if self.value() else queryset


@admin.register(Report)
class ReportAdmin(ReadOnly):
    """Reports are read here; a decision about the comment answers them."""

    list_display = ["created_at", "source", "by", "rule", "weight", "result", "place"]
    list_filter = ["source", OutcomeFilter, "rule", "created_at"]
    list_select_related = ["reporter", "rule", "comment__article"]
    search_fields = ["note", "name", "email", "reporter__username", "address"]
    search_help_text = _("Words of the note, reporter, address")
    list_per_page = 50
    show_full_result_count = False
    actions = None
    readonly_fields = [
        "created_at",
        "source",
        "by",
        "email",
        "rule",
        "note",
        "address",
        "weight",
        "place",
        "text",
        "result",
        "decision",
        "decided_at",
    ]
    fields = tuple(readonly_fields)

    @admin.display(description=_("reported by"))
    def by(self, report: Report) -> str:
        return str(report.reporter or report.name or _("former member"))

    @admin.display(description=_("outcome"))
    def result(self, report: Report) -> str:
        return str(report.get_outcome_display() or _("open"))

    @admin.display(description=_("comment"))
    def place(self, report: Report) -> Any:
        address = reverse("admin:comments_comment_change", args=[report.comment_id])
        title = report.comment.article.title
        return format_html('<a href="{}">{}: {}</a>', address, report.comment, title)

    @admin.display(description=_("text as it was reported"))
    def text(self, report: Report) -> str:
        return report.revision.source
