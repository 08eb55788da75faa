"""The addresses that people and programs rely on, each as it answers a stranger."""

from http import HTTPStatus

import pytest
from django.test import Client

from tests import build

pytestmark = pytest.mark.django_db
OK, FOUND = HTTPStatus.OK, HTTPStatus.FOUND
FORBIDDEN, NOT_ALLOWED = HTTPStatus.FORBIDDEN, HTTPStatus.METHOD_NOT_ALLOWED


@pytest.mark.parametrize(
    ("method", "address", "status"),
    [
        ("get", "/", OK),
        ("get", "/articles/triage/", OK),
        ("post", "/articles/triage/comments/", FOUND),
        ("get", "/comments/{comment}/", FOUND),
        ("get", "/comments/{comment}/part/", FOUND),
        ("get", "/articles/triage/new/?since=0", OK),
        ("get", "/comments/{comment}/edit/", FOUND),
        ("get", "/comments/{comment}/withdraw/", FOUND),
        ("get", "/comments/{comment}/report/", FOUND),
        ("post", "/comments/{comment}/report/", FOUND),
        ("get", "/accounts/login/", OK),
        ("get", "/accounts/signup/", OK),
        ("get", "/accounts/logout/", FOUND),
        ("get", "/accounts/email/", FOUND),
        ("get", "/admin/", FOUND),
        ("get", "/admin/comments/queueitem/", FOUND),
        ("post", "/admin/comments/queueitem/{item}/decide/", FORBIDDEN),
        ("get", "/rules/", OK),
        ("get", "/moderation/log/", OK),
        ("get", "/moderation/log/feed/", OK),
        ("get", "/moderation/log/{decision}/", OK),
        ("get", "/moderation/log/head/", OK),
        ("get", "/moderation/log.jsonl", OK),
        ("get", "/moderation/notice/", OK),
        ("get", "/moderation/notice/received/", OK),
        ("get", "/reports/", FOUND),
        ("get", "/moderation/report/", OK),
        ("get", "/moderation/report/2020/", OK),
        ("get", "/moderation/report/2020-11/", OK),
        ("get", "/moderation/report/2020.csv", OK),
        ("get", "/moderation/report/2020-11.json", OK),
        ("get", "/decisions/{decision}/", FOUND),
        ("get", "/healthz", OK),
        ("get", "/feeds/articles/", OK),
        ("get", "/articles/triage/feed/", OK),
        ("get", "/sitemap.xml", OK),
        ("get", "/robots.txt", OK),
    ],
)
def test_the_address(client: Client, method: str, address: str, status: int) -> None:
    comment = build.published()
    item = build.held(body="Held.")
    decision = build.rejected(body="Rejected.")
    where = address.format(comment=comment.pk, item=item.pk, decision=decision.pk)
    assert getattr(client, method)(where).status_code == status
