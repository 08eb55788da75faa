"""The demo of `make run`: loaded once, into an empty database, in local mode only."""

import secrets
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.core.management.base import BaseCommand

from comments.demo.load import ACCOUNTS, Loader
from ethicsforum.accounts.models import User


class Command(BaseCommand):
    help = "Loads the demo content once (local mode, empty database)."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.LOCAL:
            return
        if not User.objects.exists():
            self._load()
        elif settings.DEMO_PASSWORD and _demo_accounts().exists():
            self._set_password()

    def _load(self) -> None:
        password = settings.DEMO_PASSWORD or secrets.token_urlsafe(9)
        Loader(password).load()
        self.stdout.write("Demo content loaded. Sign in with any of these addresses:")
        for key in ACCOUNTS:
            self.stdout.write(f"  {key}@example.org")
        self.stdout.write(f"Their password: {password}")
        if not settings.DEMO_PASSWORD:
            self._keep(password)
        self.stdout.write(
            f"Mails, sign-up codes among them, are files in {settings.MAIL_DIR}"
        )

    def _keep(self, password: str) -> None:
        path = Path(settings.DATA_DIR) / "demo-password"
        path.touch(mode=0o600)
        path.write_text(f"{password}\n")
        self.stdout.write(f"It is kept in {path}")

    def _set_password(self) -> None:
        """DEMO_PASSWORD fixes the password also of a demo that is already there."""
        first = _demo_accounts().order_by("pk").first()
        if first and not first.check_password(settings.DEMO_PASSWORD):
            _demo_accounts().update(password=make_password(settings.DEMO_PASSWORD))
            self.stdout.write("The demo accounts now have the DEMO_PASSWORD.")


def _demo_accounts() -> Any:
    return User.objects.filter(email__in=[f"{key}@example.org" for key in ACCOUNTS])
