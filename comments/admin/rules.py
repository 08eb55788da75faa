"""House rules, watched words and thresholds: the moderators' own data."""

from typing import Any

from django.contrib import admin
from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from comments.models import Rule, ScreeningPolicy, WatchedWord


@admin.register(Rule)
class RuleAdmin(admin.ModelAdmin[Rule]):
    list_display = ["title", "code", "position", "repeat_is_certain", "retired_at"]
    list_editable = ["position"]

    def get_readonly_fields(
        self, request: HttpRequest, obj: Rule | None = None
    ) -> list[str]:
        # Decisions and addresses name the code, so it stays what it was.
        return ["code"] if obj else []

    def has_delete_permission(
        self, request: HttpRequest, obj: Rule | None = None
    ) -> bool:
        # Decisions name their rule for ever; a rule is retired, not deleted.
        return False


@admin.register(WatchedWord)
class WatchedWordAdmin(admin.ModelAdmin[WatchedWord]):
    list_display = ["phrase", "rule", "note", "created_at"]
    list_filter = ["rule"]
    list_select_related = ["rule"]
    search_fields = ["phrase", "note"]


@admin.register(ScreeningPolicy)
class ScreeningPolicyAdmin(admin.ModelAdmin[ScreeningPolicy]):
    """One row; its list leads straight to it."""

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        ScreeningPolicy.objects.get_or_create(pk=1)
        return redirect("admin:comments_screeningpolicy_change", 1)

    def save_model(
        self, request: HttpRequest, obj: ScreeningPolicy, form: Any, change: bool
    ) -> None:
        super().save_model(request, obj, form, change)
        ScreeningPolicy.objects.update(version=F("version") + 1)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(
        self, request: HttpRequest, obj: ScreeningPolicy | None = None
    ) -> bool:
        return False
