from typing import Any

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialToken
from allauth.usersessions.models import UserSession
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from ethicsforum.accounts.forms import NewMemberForm
from ethicsforum.accounts.models import User
from ethicsforum.accounts.privacy.actions.leaving import order_deletion, why_not_leave
from ethicsforum.accounts.privacy.registry import End, holdings
from ethicsforum.accounts.sessions import end_sessions
from ethicsforum.admin import RightsFirst


@admin.register(User)
class UserAdmin(RightsFirst, DjangoUserAdmin[User]):
    ordering = ["-date_joined"]
    list_display = ["username", "email", "is_staff", "is_active", "date_joined"]
    list_filter = ["is_staff", "is_active", "groups"]
    search_fields = ["username", "email"]
    show_full_result_count = False
    add_form = NewMemberForm
    fieldsets = [
        (None, {"fields": ["email", "username", "password"]}),
        (_("Rights"), {"fields": ["is_active", "is_staff", "is_superuser", "groups"]}),
        (_("Dates"), {"fields": ["date_joined", "last_login"]}),
    ]
    readonly_fields = ["date_joined", "last_login"]
    # Members are deleted one by one, with all that goes with them on one page.
    actions = None
    add_fieldsets = [
        (None, {"fields": ["email", "username", "usable_password"]}),
        (_("Password"), {"fields": ["password1", "password2"]}),
    ]

    def save_model(
        self, request: HttpRequest, obj: User, form: Any, change: bool
    ) -> None:
        super().save_model(request, obj, form, change)
        if not obj.is_active:
            end_sessions(obj)

    def has_delete_permission(
        self, request: HttpRequest, obj: User | None = None
    ) -> bool:
        """Nobody deletes the account they are signed in with."""
        allowed: bool = super().has_delete_permission(request, obj)
        if obj is not None and why_not_leave(obj):
            return False
        return allowed and obj != request.user

    def delete_model(self, request: HttpRequest, obj: User) -> None:
        """A worker does it, as when a member leaves: the cascade alone would leave
        names behind, and could not delete who has decided."""
        order_deletion(obj)

    def get_deleted_objects(
        self, objs: Any, request: HttpRequest
    ) -> tuple[list[Any], dict[Any, Any], set[Any], list[Any]]:
        """In words: a list of every row would be long, and not what happens."""
        people = [f"{self.opts.verbose_name}: {one}" for one in objs]
        went = [str(each.what) for each in holdings() if each.end == End.ERASED]
        return [*people, went], {}, set(), []


# Keys and secrets of people are nobody's to read, and providers come from the
# environment alone.
for model in (Authenticator, SocialAccount, SocialApp, SocialToken, UserSession):
    admin.site.unregister(model)


@admin.register(Authenticator)
class SecondFactorAdmin(RightsFirst):
    """To take a second factor from somebody who has lost it, and nothing more."""

    list_display = ["user", "type", "created_at", "last_used_at"]
    list_filter = ["type"]
    list_select_related = ["user"]
    search_fields = ["user__username", "user__email"]
    readonly_fields = ["user", "type", "created_at", "last_used_at"]
    fields = ["user", "type", "created_at", "last_used_at"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(
        self, request: HttpRequest, obj: Authenticator | None = None
    ) -> bool:
        return False
