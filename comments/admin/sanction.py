"""Sanctions in the admin: a list to read, and the pages about one member."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from comments.admin import bulk_views, member_views
from comments.admin.read_only import ReadOnly
from comments.models import Sanction
from comments.states import ACCOUNT_MEASURES

View = Callable[..., HttpResponse]


class RunningFilter(admin.SimpleListFilter):
    title = _("running")
    parameter_name = "running"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[Any]:
        return [("yes", _("Running")), ("no", _("Over, or taken back"))]

    def queryset(
        self, request: HttpRequest, queryset: QuerySet[Any]
    ) -> QuerySet[Any] | None:
        running = Sanction.objects.running().values("pk")
        if self.value() == "yes":
            return queryset.filter(pk__in=running)
        return queryset.exclude(pk__in=running) if self.value() == "no" else None


class MeasureFilter(admin.SimpleListFilter):
    title = _("measure")
    parameter_name = "measure"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[Any]:
        return sorted((m.value, m.label) for m in ACCOUNT_MEASURES)

    def queryset(
        self, request: HttpRequest, queryset: QuerySet[Any]
    ) -> QuerySet[Any] | None:
        return queryset.filter(decision__measure=self.value()) if self.value() else None


@admin.register(Sanction)
class SanctionAdmin(ReadOnly):
    list_display = ["who", "what", "since", "until", "is_running", "rule", "by"]
    list_display_links = None
    list_filter = [RunningFilter, MeasureFilter]
    list_select_related = ["member", "decision__rule", "decision__decider"]
    search_fields = ["member__username", "member__email"]
    list_per_page = 50
    show_full_result_count = False
    actions = None

    class Media:
        css = {"all": ["comments/desk.css", "comments/member.css"]}
        js = [forms.Script("comments/desk.js", defer=True)]

    def get_urls(self) -> list[URLPattern]:
        one = "member/<int:pk>/"
        own = [
            self._at(one, "member", require_safe, member_views.show),
            self._at(f"{one}impose/", "impose", require_POST, member_views.impose),
            self._at(f"{one}note/", "note", require_POST, member_views.add_note),
            self._at("<int:pk>/lift/", "lift", require_POST, member_views.lift),
            self._at(f"{one}reject-all/", "reject_all", _as_it_is, bulk_views.begin),
        ]
        return [*own, *super().get_urls()]

    def _at(
        self, route: str, name: str, methods: Callable[[View], View], view: View
    ) -> URLPattern:
        def respond(request: HttpRequest, pk: int) -> HttpResponse:
            return view(self, request, pk)

        guarded = self.admin_site.admin_view(methods(respond))
        return path(route, guarded, name=f"comments_sanction_{name}")

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """It is read on its member's page; without a member, on its decision's."""
        sanction = self.row_or_404(request, object_id)
        if sanction.member_id is None:
            return redirect("admin:comments_decision_change", sanction.decision_id)
        return redirect(member_views.PAGE, sanction.member_id)

    @admin.display(description=_("member"))
    def who(self, sanction: Sanction) -> str:
        address = reverse("admin:comments_sanction_change", args=[sanction.pk])
        name = sanction.member or _("former member")
        return format_html('<a href="{}"><bdi>{}</bdi></a>', address, name)

    @admin.display(description=_("measure"))
    def what(self, sanction: Sanction) -> str:
        return sanction.decision.outcome_label

    @admin.display(description=_("since"), ordering="decision__created_at")
    def since(self, sanction: Sanction) -> Any:
        return sanction.decision.created_at

    @admin.display(description=_("until"), ordering="decision__until")
    def until(self, sanction: Sanction) -> Any:
        return sanction.decision.until

    @admin.display(description=_("running"), boolean=True)
    def is_running(self, sanction: Sanction) -> bool:
        return sanction.is_running()

    @admin.display(description=_("rule"))
    def rule(self, sanction: Sanction) -> Any:
        return sanction.decision.rule

    @admin.display(description=_("decided by"))
    def by(self, sanction: Sanction) -> Any:
        return sanction.decision.decider


def _as_it_is(view: View) -> View:
    return view
