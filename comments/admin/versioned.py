"""What the admin of rules, of words and of thresholds has in common."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from comments.actions.rulemaking import StaleVersion
from comments.admin.versioned_form import TRY
from comments.dry_run.trial import Trial
from comments.history import Page
from ethicsforum.ids import as_id


class Versioned(admin.ModelAdmin[Any]):
    """A form with a dry run and a history of its own."""

    change_form_template = "admin/comments/versioned_form.html"
    try_help: Any = ""

    class Media:
        css = {"all": ["comments/versions.css"]}

    def try_out(self, row: Any) -> Trial:
        raise NotImplementedError

    def history_of(self, row: Any, before: int | None) -> Page:
        raise NotImplementedError

    def may_try(self, request: HttpRequest, row: Any) -> bool:
        """A dry run shows people's texts."""
        return request.user.has_perm("comments.view_comment")

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        args = (request, object_id, form_url, extra_context)
        try:
            return super().changeform_view(*args)
        except (StaleVersion, IntegrityError):
            # A colleague saved between the form's check and ours. The second time,
            # the check finds it and the form says so.
            return super().changeform_view(*args)

    def render_change_form(
        self,
        request: HttpRequest,
        context: dict[str, Any],
        add: bool = False,
        change: bool = False,
        form_url: str = "",
        obj: Any = None,
    ) -> HttpResponse:
        form = context["adminform"].form
        context["may_try"] = self.may_try(request, obj)
        context["try_help"] = self.try_help
        if TRY in request.POST:
            if not context["may_try"]:
                raise PermissionDenied
            if not form.errors:
                context["trial"] = self.try_out(form.instance)
        return super().render_change_form(request, context, add, change, form_url, obj)

    def history_view(
        self,
        request: HttpRequest,
        object_id: str,
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        row = self.get_object(request, unquote(object_id))
        if row is None:
            raise Http404
        context = {
            **self.admin_site.each_context(request),
            "title": _("History: %s") % row,
            "opts": self.opts,
            "media": self.media,
            "original": row,
            "page": self.history_of(row, as_id(request.GET.get("before", ""))),
        }
        return TemplateResponse(request, "admin/comments/history.html", context)


def writable(
    model_admin: admin.ModelAdmin[Any],
    request: HttpRequest,
    row: Model | None,
    names: list[Any],
) -> list[Any]:
    """The fields, with the form's own ones only for whoever may save."""
    own = model_admin.form.declared_fields
    may = model_admin.has_change_permission(request, row)
    return [name for name in names if may or name not in own]
