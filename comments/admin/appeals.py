"""Appeals in the admin: to read. They are heard in the queue."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from comments.admin.read_only import ReadOnly
from comments.models import Appeal, Decision


@admin.register(Appeal)
class AppealAdmin(ReadOnly):
    """Whoever decided finds no appeal against it here, superusers neither."""

    list_display = ["__str__", "contested", "state", "due_at", "ruled_by", "created_at"]
    list_filter = ["outcome", "created_at"]
    list_per_page = 50
    show_full_result_count = False
    actions = None
    fields = readonly_fields = (
        "contested",
        "appellant",
        "conversation",
        "state",
        "due_at",
        "ruled_by",
        "answer",
        "created_at",
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Appeal]:
        heard = Appeal.objects.for_moderator(request.user)
        return heard.select_related("decision__rule", "ruling__decider", "appellant")

    @admin.display(description=gettext_lazy("contested decision"))
    def contested(self, appeal: Appeal) -> Any:
        return _linked(appeal.decision)

    @admin.display(description=gettext_lazy("state"))
    def state(self, appeal: Appeal) -> str:
        if not appeal.is_open:
            return appeal.get_outcome_display()
        return _("overdue") if appeal.is_overdue else _("open")

    @admin.display(description=gettext_lazy("ruled on by"), empty_value="–")
    def ruled_by(self, appeal: Appeal) -> str | None:
        return str(appeal.ruling.decider) if appeal.ruling else None

    @admin.display(description=gettext_lazy("answer"), empty_value="–")
    def answer(self, appeal: Appeal) -> str | None:
        return appeal.ruling.explanation if appeal.ruling else None

    @admin.display(description=gettext_lazy("what was said"))
    def conversation(self, appeal: Appeal) -> Any:
        asked, said = _("A moderator asks"), _("The appellant")
        rows = [
            (
                asked if message.by_moderator else said,
                date_format(message.created_at, "DATETIME_FORMAT"),
                message.text,
            )
            for message in appeal.messages.all()
        ]
        return format_html_join("", "<p><strong>{}</strong>, {}<br>{}</p>", rows)


def _linked(decision: Decision) -> Any:
    address = f"/admin/comments/decision/{decision.pk}/change/"
    rule = f" ({decision.rule.code})" if decision.rule else ""
    words = f"{decision.outcome_label}{rule}"
    return format_html('<a href="{}">{}</a>', address, words)
