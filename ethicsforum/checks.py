"""System checks with stable ids; docs/configuration.md explains each."""

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core import checks
from django.http.request import validate_host


@checks.register()
def not_local_with_foreign_host(**kwargs: Any) -> list[checks.CheckMessage]:
    loopback = {"127.0.0.1", "localhost", "::1", "[::1]"}
    if not settings.LOCAL or settings.HOST in loopback:
        return []
    return [
        checks.Warning(
            f"Local mode listens on {settings.HOST}, beyond this machine.",
            hint="To serve others set DJANGO_DEBUG=0, SECRET_KEY and ALLOWED_HOSTS.",
            id="ethicsforum.W001",
        )
    ]


@checks.register(checks.Tags.security, deploy=True)
def mail_reaches_people(**kwargs: Any) -> list[checks.CheckMessage]:
    if settings.LOCAL or not settings.EMAIL_BACKEND.endswith("FileBackend"):
        return []
    return [
        checks.Warning(
            "Mail is written to files; nobody will get a sign-up code.",
            hint="Set EMAIL_URL, for example smtp+tls://user:password@host:587.",
            id="ethicsforum.W002",
        )
    ]


@checks.register(checks.Tags.security, deploy=True)
def https_comes_from_somewhere(**kwargs: Any) -> list[checks.CheckMessage]:
    if settings.LOCAL or not settings.HTTPS or settings.TRUSTED_PROXIES:
        return []
    return [
        checks.Warning(
            "No proxy is trusted to say that a request came by https.",
            hint="Set TRUSTED_PROXIES to the number of proxies in front, or HTTPS=0; "
            "otherwise every page leads to itself.",
            id="ethicsforum.W004",
        )
    ]


@checks.register(checks.Tags.security, deploy=True)
def site_url_leads_here(**kwargs: Any) -> list[checks.CheckMessage]:
    host = urlsplit(settings.SITE_URL).hostname or ""
    if settings.LOCAL or validate_host(host, settings.ALLOWED_HOSTS):
        return []
    return [
        checks.Warning(
            f"Links in mails lead to {host}, a host that this site refuses.",
            hint="Set SITE_URL to the address readers use, and have its host among "
            "ALLOWED_HOSTS.",
            id="ethicsforum.W005",
        )
    ]


@checks.register(checks.Tags.security, deploy=True)
def site_url_is_public(**kwargs: Any) -> list[checks.CheckMessage]:
    if settings.LOCAL or not settings.HTTPS or settings.SITE_URL.startswith("https://"):
        return []
    return [
        checks.Warning(
            f"Links in mails will begin with {settings.SITE_URL}.",
            hint="Set SITE_URL to the address readers use, or HTTPS=0.",
            id="ethicsforum.W003",
        )
    ]
