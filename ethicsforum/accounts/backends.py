"""Signing in is django-allauth's; what a person may do is read in one query."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth.models import Group, Permission
from django.db.models import Exists, OuterRef, Q

from ethicsforum.accounts.models import User

OWN, OF_GROUPS = "_user_perm_cache", "_group_perm_cache"
"""Where Django's own backend keeps what it read."""


class OneQueryBackend(AuthenticationBackend):  # type: ignore[misc]  # allauth's base is untyped
    """Every page of the admin asks for a person's own permissions and their groups';
    Django reads them one after the other."""

    def _get_permissions(self, user_obj: Any, obj: Any, from_name: str) -> set[str]:
        reads = obj is None and user_obj.is_active and not user_obj.is_anonymous
        known = hasattr(user_obj, OWN) or hasattr(user_obj, OF_GROUPS)
        if reads and not known and not user_obj.is_superuser:
            _read(user_obj)
        found: set[str] = super()._get_permissions(user_obj, obj, from_name)
        return found


def _read(user: Any) -> None:
    here = {"permission": OuterRef("pk")}
    own = User.user_permissions.through.objects.filter(user=user.pk, **here)
    grouped = Group.permissions.through.objects.filter(group__user=user.pk, **here)
    rows = Permission.objects.filter(Q(Exists(own)) | Q(Exists(grouped)))
    flags = rows.annotate(own=Exists(own), grouped=Exists(grouped)).order_by()
    found = list(
        flags.values_list("content_type__app_label", "codename", "own", "grouped")
    )
    setattr(user, OWN, {f"{app}.{name}" for app, name, own, _ in found if own})
    setattr(user, OF_GROUPS, {f"{app}.{name}" for app, name, _, of in found if of})
