"""Everything a forum serves and sends, by everybody who may see it."""

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.contrib import admin
from django.db import transaction
from django.test import Client
from django.urls import reverse

from comments.mailing.mails import compose
from comments.models import Comment, Notification, QueueItem
from ethicsforum.accounts.models import User
from ethicsforum.accounts.privacy.package import write_package
from tests import caches, pages
from tests.hostile.planting import Planted

QUERY = '"><img zqx src=x onerror=zqx()>'
DATA = [
    "/feeds/articles/",
    "/topics/care/feed/",
    "/articles/triage/feed/",
    "/articles/triage/new/?since=1700000000",
    "/members/complete/?article=triage&q=m",
    "/moderation/log/feed/",
    "/moderation/log.jsonl",
    "/moderation/log/head/",
    "/moderation/report/{year}.csv",
    "/moderation/report/{year}.json",
    "/oembed/?url=http://127.0.0.1:8000/articles/triage/",
    "/sitemap.xml",
    "/robots.txt",
    "/healthz",
    "/readyz",
    "/metrics",
]


@dataclass
class Seen:
    html: dict[str, str] = field(default_factory=dict)
    mails: dict[str, str] = field(default_factory=dict)
    """And the page of an export: what is read away from the site."""
    data: dict[str, tuple[str, str]] = field(default_factory=dict)
    """Content type and body."""
    subjects: list[str] = field(default_factory=list)
    plain: list[str] = field(default_factory=list)
    marks: dict[str, str] = field(default_factory=dict)
    """What stands in front of each text of a field, by the field."""

    @cached_property
    def all_text(self) -> str:
        data = (body for _, body in self.data.values())
        pages = (*self.html.values(), *self.mails.values())
        return "\n".join([*pages, *data, *self.subjects, *self.plain])


def look(
    planted: Planted, *, staff: tuple[str, ...] = ("Root", "Mia"), most: int = 3
) -> Seen:
    """Of each kind of row, that many are looked at in the admin."""
    seen = Seen(marks=planted.marks)
    shown = pages.render(planted.known, planted.people)
    seen.html, seen.mails = shown.html, shown.mails
    seen.mails["export"] = _export(planted.people["Ben"])
    for name in staff:
        for address, body in _admin_pages(name, planted, most):
            seen.html[f"{name} {address}"] = body
    reader = _signed_in(planted.people["Ben"])
    for address in DATA:
        seen.data[address] = _data(reader, address.format(**planted.known))
    for notification in Notification.objects.for_mail():
        if notification.address:
            mail = compose(notification)
            seen.subjects.append(str(mail.subject))
            seen.plain.append(str(mail.body))
    return seen


def _signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def _export(member: User) -> str:
    packed = io.BytesIO()
    write_package(member, packed, lambda done: None)
    return zipfile.ZipFile(packed).read("index.html").decode()


def _admin_pages(name: str, planted: Planted, most: int) -> Iterator[tuple[str, str]]:
    client = _signed_in(planted.people[name])
    for address in [*_admin_addresses(most), *_desk_addresses(planted)]:
        with transaction.atomic():
            response = client.get(address)
            transaction.set_rollback(True)
        assert response.status_code < 500, address
        if response.status_code == 200:
            yield address, response.content.decode()


def _admin_addresses(most: int) -> Iterator[str]:
    yield reverse("admin:index")
    for model, site in admin.site._registry.items():
        of = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        listed = reverse(f"{of}_changelist")
        yield listed
        yield reverse(f"{of}_add")
        if site.search_fields:
            yield f"{listed}?{urlencode({'q': QUERY})}"
        yield f"{listed}?{urlencode({QUERY: 1})}"
        for row in model._default_manager.order_by("-pk")[:most]:
            for what in ("change", "history", "delete"):
                yield reverse(f"{of}_{what}", args=[row.pk])


def _desk_addresses(planted: Planted) -> Iterator[str]:
    for item in QueueItem.objects.order_by("pk"):
        yield reverse("admin:comments_queueitem_change", args=[item.pk])
    for comment in Comment.objects.order_by("pk")[:12]:
        yield reverse("admin:comments_comment_change", args=[comment.pk])
        yield reverse("admin:comments_comment_history", args=[comment.pk])
    for name in ("Ben", "Cleo", "Ann"):
        who = planted.people[name].pk
        yield reverse("admin:comments_sanction_member", args=[who])
        yield reverse("admin:comments_sanction_reject_all", args=[who])


def _data(client: Client, address: str) -> tuple[str, str]:
    caches.forget()
    response: Any = client.get(address)
    assert response.status_code in {200, 503}, (address, response.status_code)
    body = response.getvalue() if response.streaming else response.content
    return response.headers["Content-Type"], body.decode()
