"""What the account itself, Django and django-allauth hold of a person."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from importlib import import_module
from typing import Any

from django.apps import apps
from django.conf import settings
from django.contrib.admin.models import LogEntry
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ethicsforum.accounts.models import User
from ethicsforum.accounts.privacy.actions.exporting import forget_some
from ethicsforum.accounts.privacy.models import KEPT_FOR, Export
from ethicsforum.accounts.privacy.registry import (
    BATCH,
    End,
    Holding,
    Rows,
    change_some,
    declare,
    declare_impersonal,
    nothing_more,
)
from ethicsforum.accounts.privacy.retention import Retention, declare_retention


def sessions_of(member: Any) -> Rows:
    """Theirs, and those of somebody who was about to sign in as them."""
    return Session.objects.filter(pk__in=list(_session_keys(member)))


def end_sessions(member: Any, comments: str = "") -> int:
    """In the database and in the cache."""
    store = import_module(settings.SESSION_ENGINE).SessionStore
    keys = list(_session_keys(member))[:BATCH]
    for key in keys:
        store(key).delete()
    return len(keys)


def _session_keys(member: Any) -> Iterator[str]:
    for session in Session.objects.iterator(chunk_size=1000):
        said = session.get_decoded()
        if said.get(SESSION_KEY) == str(member.pk) or member.email in str(said):
            yield session.session_key


def log_entries_about(member: Any) -> Rows:
    """Rows of the admin's history that name the person, whoever wrote them."""
    as_user = Q(
        content_type__app_label="accounts",
        content_type__model="user",
        object_id=str(member.pk),
    )
    named = Q(object_repr__in=[member.username, member.email])
    addressed = Q(object_repr__icontains=member.email)
    said = Q(change_message__icontains=member.email)
    rows = LogEntry.objects.filter(as_user | named | addressed | said)
    return rows.exclude(object_repr="", change_message="").order_by("pk")


def _forget_in_log(member: Any, comments: str) -> int:
    """What was done stays; whom it named does not."""
    return change_some(log_entries_about(member), object_repr="", change_message="")


declare(
    Holding(
        "accounts.User",
        "pk",
        _("your account"),
        End.ERASED,
        ("email", "username", "date_joined", "last_login", "is_staff"),
        find=lambda member: User.objects.filter(pk=member.pk),
        erase=nothing_more,
    ),
    Holding(
        "accounts.User_groups",
        "user",
        _("groups you are in"),
        End.ERASED,
        ("group__name",),
        of_staff=True,
    ),
    Holding(
        "accounts.User_user_permissions",
        "user",
        _("rights of your own"),
        End.ERASED,
        ("permission__name",),
        of_staff=True,
    ),
    Holding(
        "account.EmailAddress",
        "user",
        _("your e-mail addresses"),
        End.ERASED,
        ("email", "verified", "primary"),
    ),
    Holding(
        "account.EmailConfirmation",
        "email_address__user",
        _("mails to confirm an address"),
        End.ERASED,
        ("email_address__email", "created", "sent"),
    ),
    Holding(
        "sessions.Session",
        "session_data",
        _("where you are signed in"),
        End.ERASED,
        ("expire_date",),
        find=sessions_of,
        erase=end_sessions,
    ),
    Holding(
        "admin.LogEntry",
        "user",
        _("what you did in the admin"),
        End.ERASED,
        ("action_time", "object_repr", "change_message"),
        of_staff=True,
    ),
    Holding(
        "admin.LogEntry",
        "object_id",
        _("what others did to your account in the admin"),
        End.UNLINKED,
        why=_("It is the record of colleagues’ work. Your name is taken out of it."),
        find=log_entries_about,
        erase=_forget_in_log,
    ),
    Holding(
        "privacy.Export",
        "member",
        _("exports you asked for"),
        End.ERASED,
        ("asked_at",),
        erase=lambda member, _c: forget_some(Export.objects.filter(member=member)),
    ),
    Holding(
        "privacy.Deletion",
        "member",
        _("that you asked to be deleted"),
        End.ERASED,
        ("asked_at", "due_at", "comments"),
        erase=nothing_more,
    ),
    last=True,
)
if apps.is_installed("allauth.usersessions"):
    declare(
        Holding(
            "usersessions.UserSession",
            "user",
            _("the devices you are signed in with"),
            End.ERASED,
            ("created_at", "last_seen_at", "ip", "user_agent"),
        ),
        last=True,
    )
if apps.is_installed("allauth.mfa"):
    declare(
        Holding(
            "mfa.Authenticator",
            "user",
            _("your second factors and passkeys"),
            End.ERASED,
            ("type", "created_at", "last_used_at"),
        ),
        last=True,
    )
if apps.is_installed("allauth.socialaccount"):
    declare(
        Holding(
            "socialaccount.SocialToken",
            "account__user",
            _("keys to accounts elsewhere"),
            End.ERASED,
            ("account__provider", "expires_at"),
        ),
        Holding(
            "socialaccount.SocialAccount",
            "user",
            _("accounts elsewhere that you sign in with"),
            End.ERASED,
            ("provider", "uid", "date_joined", "last_login", "extra_data"),
        ),
        last=True,
    )
    declare_impersonal(socialaccount__SocialApp="the site's own keys at providers")

declare_impersonal(
    auth__Permission="a list of rights",
    auth__Group="a list of groups",
    auth__Group_permissions="which group has which right",
    contenttypes__ContentType="a list of tables",
)


def _expired_sessions(moment: datetime) -> Rows:
    return Session.objects.filter(expire_date__lt=moment).order_by("pk")


def _idle_devices(moment: datetime) -> Rows:
    label, name = "usersessions", "UserSession"
    rows: Rows = apps.get_model(label, name)._default_manager.all()
    return rows.filter(last_seen_at__lt=moment).order_by("pk")


def _old_log(moment: datetime) -> Rows:
    return LogEntry.objects.filter(action_time__lt=moment).order_by("pk")


def _old_exports(moment: datetime) -> Rows:
    return Export.objects.filter(expires_at__lt=moment + KEPT_FOR).order_by("pk")


declare_retention(
    Retention(
        "sessions",
        _("Sessions: that a browser is signed in"),
        timedelta(),
        _("after they end, two weeks after the last sign-in"),
        _("So that you need not sign in on each visit."),
        _expired_sessions,
    ),
    Retention(
        "exports",
        _("Exports of personal data"),
        KEPT_FOR,
        _("after they are ready"),
        _("So that only you come by them, and not for long."),
        _old_exports,
        forget_some,
    ),
    Retention(
        "admin-log",
        _("The admin’s history: what staff did there"),
        timedelta(days=365),
        _("after it was done"),
        _("To find out how a mistake came about."),
        _old_log,
    ),
)
if apps.is_installed("allauth.usersessions"):
    declare_retention(
        Retention(
            "devices",
            _("Address (IP) and browser of each session"),
            timedelta(seconds=settings.SESSION_COOKIE_AGE),
            _("after it was last used"),
            _("So that you can see where you are signed in, and sign out there."),
            _idle_devices,
        )
    )
