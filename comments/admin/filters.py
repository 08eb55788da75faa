from collections.abc import Iterator
from typing import Any

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from comments.models import QueueItem
from comments.screening.reasons import FOR_MODERATORS

REASONS = {
    "new-member": _("new member"),
    "links": _("links"),
    "watched-word": _("watched word"),
    "repeat": _("repeat"),
    "flood": _("flood"),
    "shouting": _("shouting"),
    "refused-before": _("refused before"),
    "classifier": _("classifier"),
    "failed": _("screening failed"),
}


class WaitingFilter(admin.SimpleListFilter):
    """Shows what waits unless asked for what is decided."""

    title = _("queue")
    parameter_name = "queue"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[Any]:
        return [("decided", _("Decided lately"))]

    def queryset(
        self, request: HttpRequest, queryset: QuerySet[QueueItem]
    ) -> QuerySet[QueueItem]:
        if self.value() == "decided":
            return queryset.filter(closed_at__isnull=False).order_by("-closed_at")
        return queryset.filter(closed_at__isnull=True)

    def choices(self, changelist: ChangeList) -> Iterator[Any]:
        first, *rest = super().choices(changelist)
        yield {**first, "display": _("Waiting")}
        yield from rest


class ReasonFilter(admin.SimpleListFilter):
    title = _("why held")
    parameter_name = "why"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[Any]:
        return [(code, REASONS[code]) for code in FOR_MODERATORS if code in REASONS]

    def queryset(
        self, request: HttpRequest, queryset: QuerySet[QueueItem]
    ) -> QuerySet[QueueItem]:
        if self.value() not in REASONS:
            return queryset
        # The quotes make it the whole code, on either database's JSON text.
        return queryset.filter(findings__icontains=f'"{self.value()}"')
