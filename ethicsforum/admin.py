"""The admin site: Django's own, entered through the site's sign-in."""

from typing import Any

from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.utils.translation import gettext_lazy as _


class ForumAdminSite(admin.AdminSite):
    site_header = _("Ethics Forum")
    site_title = _("Ethics Forum")
    index_title = _("What would you like to do?")
    enable_nav_sidebar = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Sign-in limits and codes live in allauth; the admin's own form has neither.
        self.login = secure_admin_login(self.login)  # type: ignore[method-assign]  # allauth's documented way
