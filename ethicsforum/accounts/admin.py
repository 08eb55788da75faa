from django.contrib import admin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from ethicsforum.accounts.forms import NewMemberForm
from ethicsforum.accounts.models import User
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

    def has_delete_permission(
        self, request: HttpRequest, obj: User | None = None
    ) -> bool:
        """Nobody deletes the account they are signed in with."""
        allowed: bool = super().has_delete_permission(request, obj)
        return allowed and obj != request.user
