"""Watched words and thresholds in the admin."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from comments import dry_run, history
from comments.actions.rulemaking import delete_word, save_thresholds, save_word
from comments.admin.versioned import Versioned, writable
from comments.admin.versioned_form import ThresholdsForm, WordForm
from comments.dry_run.trial import Trial
from comments.models import ScreeningPolicy, WatchedWord


@admin.register(WatchedWord)
class WatchedWordAdmin(Versioned):
    form = WordForm
    list_display = ["phrase", "rule", "note", "created_at"]
    list_filter = ["rule"]
    list_select_related = ["rule"]
    search_fields = ["phrase", "note"]
    change_list_template = "admin/comments/watchedword/change_list.html"
    try_help = _("Shows the comments that have the word. Nothing is saved.")

    def get_fields(
        self, request: HttpRequest, obj: WatchedWord | None = None
    ) -> list[Any]:
        return writable(self, request, obj, ["phrase", "rule", "note", "seen"])

    def save_model(
        self, request: HttpRequest, obj: WatchedWord, form: Any, change: bool
    ) -> None:
        seen = form.cleaned_data["seen"] if change else None
        save_word(obj, editor=request.user, seen=seen)

    def delete_model(self, request: HttpRequest, obj: WatchedWord) -> None:
        delete_word(obj, editor=request.user)

    def delete_queryset(
        self, request: HttpRequest, queryset: QuerySet[WatchedWord]
    ) -> None:
        for word in queryset.select_related("rule"):
            delete_word(word, editor=request.user)

    def try_out(self, row: WatchedWord) -> Trial:
        return dry_run.try_word(row)

    def history_of(self, row: WatchedWord, before: int | None) -> history.Page:
        return history.of_word(row, before)


@admin.register(ScreeningPolicy)
class ScreeningPolicyAdmin(Versioned):
    """One row; its list leads straight to it."""

    form = ThresholdsForm
    try_help = _(
        "What an article or the classifier said at the time counts as it was. A score "
        "below the threshold of the time was not kept, so a lower threshold for the "
        "classifier can’t be tried. Nothing is saved."
    )

    def get_fields(
        self, request: HttpRequest, obj: ScreeningPolicy | None = None
    ) -> list[Any]:
        names = [*ThresholdsForm.merged, "seen"]
        return writable(self, request, obj, names)

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        ScreeningPolicy.objects.get_or_create(pk=1)
        return redirect("admin:comments_screeningpolicy_change", 1)

    def save_model(
        self, request: HttpRequest, obj: ScreeningPolicy, form: Any, change: bool
    ) -> None:
        obj.version = form.cleaned_data["seen"]
        save_thresholds(obj, editor=request.user)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(
        self, request: HttpRequest, obj: ScreeningPolicy | None = None
    ) -> bool:
        return False

    def try_out(self, row: ScreeningPolicy) -> Trial:
        return dry_run.try_thresholds(row)

    def history_of(self, row: ScreeningPolicy, before: int | None) -> history.Page:
        return history.of_screening(before)
