"""People. A person signs in by e-mail and is known by one public name."""

from collections.abc import Iterator
from functools import cache
from typing import Any, ClassVar

from django.contrib.auth.models import (
    AbstractBaseUser,
    BaseUserManager,
    PermissionsMixin,
)
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ethicsforum.accounts.names import name_key, validate_name
from ethicsforum.written import SOMEBODY, Written, about, ask, write

NAME_TAKEN = _("Somebody already has this name, or one that looks like it.")


class UserManager(BaseUserManager["User"]):
    def reachable(self) -> models.QuerySet["User"]:
        """Who can sign in, with an address that is known to be theirs."""
        from allauth.account.models import EmailAddress

        owned = EmailAddress.objects.filter(user=models.OuterRef("pk"), verified=True)
        return self.filter(models.Exists(owned), is_active=True)

    def create_user(
        self, email: str, username: str, password: str | None = None, **fields: Any
    ) -> "User":
        user = self.model(email=email.lower(), username=username, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(
        self, email: str, username: str, password: str | None = None, **fields: Any
    ) -> "User":
        fields |= {"is_staff": True, "is_superuser": True}
        return self.create_user(email, username, password, **fields)

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email__iexact=username)


class User(AbstractBaseUser, PermissionsMixin):
    email = models.EmailField(_("e-mail address"), unique=True)
    username = models.CharField(
        _("public name"),
        max_length=40,
        validators=[validate_name],
        help_text=_("Stands beside your comments."),
    )
    username_key = models.CharField(max_length=160, unique=True, editable=False)
    is_staff = models.BooleanField(_("may open the admin"), default=False)
    is_active = models.BooleanField(_("may sign in"), default=True)
    date_joined = models.DateTimeField(_("member since"), default=timezone.now)

    objects = UserManager()

    EMAIL_FIELD = "email"
    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["username"]

    class Meta:
        verbose_name = _("member")
        verbose_name_plural = _("members")
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="user_email_once",
                violation_error_message=_("Somebody already uses this address."),
            )
        ]

    def __str__(self) -> str:
        return self.username

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.username_key = name_key(self.username)
        super().save(*args, **kwargs)

    def get_short_name(self) -> str:
        """How the admin greets."""
        return self.username

    def clean(self) -> None:
        super().clean()
        self.username_key = name_key(self.username)
        same = User.objects.filter(username_key=self.username_key)
        if same.exclude(pk=self.pk).exists():
            raise ValidationError({"username": NAME_TAKEN})

    def get_session_auth_hash(self) -> str:
        """Sessions end when rights change, by whatever door that happened."""
        return f"{super().get_session_auth_hash()}{self._rights}"

    def get_session_auth_fallback_hash(self) -> Iterator[str]:
        for known in super().get_session_auth_fallback_hash():
            yield f"{known}{self._rights}"

    @property
    def _rights(self) -> str:
        return f"{self.is_staff:d}{self.is_superuser:d}"

    @property
    def has_verified_email(self) -> bool:
        found = ask(about(_verified_addresses(), {SOMEBODY: self.pk}))
        return self.email.lower() in {address.lower() for (address,) in found}


@cache
def _verified_addresses() -> Written:
    from allauth.account.models import EmailAddress

    verified = EmailAddress.objects.filter(user=SOMEBODY, verified=True)
    return write(verified.order_by().values_list("email"))
