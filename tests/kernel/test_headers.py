"""Security headers stand on every answer."""

import pytest
from django.test import Client

from tests import build, cast

pytestmark = pytest.mark.django_db
PAGES = [
    "/",
    "/rules/",
    "/articles/triage/",
    "/accounts/login/",
    "/no-such-page",
    "/healthz",
    "/admin/",
]


@pytest.mark.parametrize("page", PAGES)
def test_the_policy_is_strict(client: Client, page: str) -> None:
    build.article()
    headers = client.get(page).headers
    policy = headers["Content-Security-Policy"]
    assert "script-src 'self';" in policy
    assert "default-src 'none';" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]


@pytest.mark.parametrize(
    "page", ["/", "/rules/", "/moderation/log/", "/articles/triage/"]
)
def test_readers_get_no_cookie(client: Client, page: str) -> None:
    build.article()
    assert not client.get(page).cookies


@pytest.mark.parametrize(
    "page", ["/admin/", "/admin/comments/queueitem/", "/admin/articles/article/add/"]
)
def test_the_admin_has_no_inline_script_or_style(client: Client, page: str) -> None:
    client.force_login(cast.root())
    html = client.get(page).content.decode()
    assert "<script>" not in html
    assert " style=" not in html
    assert " onclick=" not in html
