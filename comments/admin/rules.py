"""House rules in the admin."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from comments import dry_run, history
from comments.actions.rulemaking import save_rule
from comments.admin.versioned import Versioned, writable
from comments.admin.versioned_form import RuleForm
from comments.dry_run.trial import Trial
from comments.models import Rule


@admin.register(Rule)
class RuleAdmin(Versioned):
    form = RuleForm
    list_display = [
        "title",
        "code",
        "version",
        "position",
        "repeat_is_certain",
        "retired_at",
    ]
    list_editable = ["position"]
    actions = None
    try_help = _(
        "Whether the machine may reject an exact repeat, and whether the rule is in "
        "force, are what matters here. Nothing is saved."
    )

    def get_fields(self, request: HttpRequest, obj: Rule | None = None) -> list[Any]:
        names = ["title", "code", "text", "template", "repeat_is_certain", "retired"]
        names += ["position", "dsa_category", "dsa_keyword", "seen"]
        return writable(self, request, obj, names)

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

    def save_model(
        self, request: HttpRequest, obj: Rule, form: Any, change: bool
    ) -> None:
        # The list's own form has the position alone, and no version.
        obj.version = form.cleaned_data.get("seen") or obj.version
        save_rule(obj, editor=request.user)

    def may_try(self, request: HttpRequest, row: Any) -> bool:
        return row is not None and super().may_try(request, row)

    def try_out(self, row: Rule) -> Trial:
        return dry_run.try_rule(row)

    def history_of(self, row: Rule, before: int | None) -> history.Page:
        return history.of_rule(row, before)
