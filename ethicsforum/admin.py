"""The admin site: Django's own, entered through the site's sign-in."""

from typing import TYPE_CHECKING, Any

from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    ModelAdmin = admin.ModelAdmin[Any]
else:
    # Generic for the type checker only; Django's class takes no parameters.
    ModelAdmin = admin.ModelAdmin


class RightsFirst(ModelAdmin):
    """Django looks for the row before it asks who wants its history, and so tells
    staff without the right whether the row exists."""

    def history_view(
        self,
        request: HttpRequest,
        object_id: str,
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        return super().history_view(request, object_id, extra_context)


class ForumAdminSite(admin.AdminSite):
    site_header = _("Ethics Forum")
    site_title = _("Ethics Forum")
    index_title = _("What would you like to do?")
    enable_nav_sidebar = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Sign-in limits and codes live in allauth; the admin's own form has neither.
        self.login = secure_admin_login(self.login)  # type: ignore[method-assign]  # allauth's documented way

    def password_change(  # type: ignore[override]  # Django's stubs know its own answer only
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Where guesses are limited, and a mail tells of the change."""
        return redirect("account_change_password")
