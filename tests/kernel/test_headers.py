"""Security headers stand on every answer, whoever made it and however it went."""

from http import HTTPStatus
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import Client

from ethicsforum.accounts.providers import PROVIDER_ORIGINS
from tests import build, cast

pytestmark = pytest.mark.django_db
PICTURE = "/media/pictures/0123456789abcdef-640.webp"
SHARED = "/articles/triage/share.png"


@pytest.fixture
def secure(client: Client, settings: Any, tmp_path: Path) -> Client:
    """A browser at a site for readers: by https, with a static file and a picture."""
    (tmp_path / "site.css").write_text("p { color: red }")
    settings.STATIC_ROOT = tmp_path
    settings.SECURE_SSL_REDIRECT = True
    settings.SECURE_HSTS_SECONDS = 31_536_000
    settings.SECURE_HSTS_INCLUDE_SUBDOMAINS = settings.SECURE_HSTS_PRELOAD = True
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    client.defaults["HTTP_X_FORWARDED_PROTO"] = "https"
    client.raise_request_exception = False
    default_storage.save(PICTURE.removeprefix("/media/"), ContentFile(b"RIFF"))
    build.article()
    return client


def policy_of(response: Any) -> dict[str, str]:
    parts = response.headers["Content-Security-Policy"].split("; ")
    return {name: value for name, _, value in (part.partition(" ") for part in parts)}


def check_common(response: Any) -> None:
    response.close()
    headers = response.headers
    assert headers["Strict-Transport-Security"] == (
        "max-age=31536000; includeSubDomains; preload"
    )
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert policy_of(response)["frame-ancestors"] == "'none'"
    assert policy_of(response)["default-src"] == "'none'"


def check(response: Any, status: int) -> None:
    assert response.status_code == status
    check_common(response)
    assert response.headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "Access-Control-Allow-Origin" not in response.headers
    policy = policy_of(response)
    assert policy["script-src"] == policy["style-src"] == "'self'"
    assert policy["base-uri"] == policy["object-src"] == "'none'"
    assert policy["form-action"].split() == ["'self'", *PROVIDER_ORIGINS]


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/", HTTPStatus.OK),
        ("/articles/triage/", HTTPStatus.OK),
        ("/accounts/login/", HTTPStatus.OK),
        ("/feeds/articles/", HTTPStatus.OK),
        ("/sitemap.xml", HTTPStatus.OK),
        ("/robots.txt", HTTPStatus.OK),
        ("/moderation/log.jsonl", HTTPStatus.OK),
        ("/static/site.css", HTTPStatus.OK),
        ("/healthz", HTTPStatus.OK),
        ("/admin/", HTTPStatus.FOUND),
        ("/notices/", HTTPStatus.FOUND),
        ("/no-such-page", HTTPStatus.NOT_FOUND),
        ("/static/no-such-file.css", HTTPStatus.NOT_FOUND),
        ("/notices/read/", HTTPStatus.METHOD_NOT_ALLOWED),
        ("/readyz", HTTPStatus.SERVICE_UNAVAILABLE),
    ],
)
def test_a_stranger_gets_the_whole_set(
    secure: Client, address: str, status: int
) -> None:
    check(secure.get(address), status)


@pytest.mark.parametrize(
    "address",
    ["/admin/", "/admin/comments/queueitem/", "/admin/articles/article/add/"],
)
def test_the_admin_has_the_same_set_and_nothing_inline(
    secure: Client, address: str
) -> None:
    secure.force_login(cast.root())
    response = secure.get(address)
    check(response, HTTPStatus.OK)
    html = response.content.decode()
    assert "<script>" not in html
    assert " style=" not in html
    assert " onclick=" not in html
    assert "no-store" in response.headers["Cache-Control"]


def test_a_foreign_host_is_refused_with_the_set(secure: Client) -> None:
    check(secure.get("/", headers={"host": "evil.example"}), HTTPStatus.BAD_REQUEST)


def test_a_form_without_its_token_is_refused_with_the_set(secure: Client) -> None:
    secure.handler.enforce_csrf_checks = True
    check(secure.post("/accounts/login/"), HTTPStatus.FORBIDDEN)


def test_a_page_one_may_not_open_is_refused_with_the_set(secure: Client) -> None:
    secure.force_login(cast.mia())
    check(secure.get("/admin/accounts/user/add/"), HTTPStatus.FORBIDDEN)


def test_too_many_tries_are_refused_with_the_set(secure: Client, settings: Any) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"signup": "1/m/ip"}
    secure.post("/accounts/signup/")
    check(secure.post("/accounts/signup/"), HTTPStatus.TOO_MANY_REQUESTS)


def test_a_crash_has_the_set(secure: Client, settings: Any) -> None:
    settings.OLDEST_WAITING = "no.such.function"
    check(secure.get("/readyz"), HTTPStatus.INTERNAL_SERVER_ERROR)


def test_by_http_one_is_led_to_https(secure: Client) -> None:
    response = secure.get("/rules/", headers={"x-forwarded-proto": "http"})
    assert response.status_code == HTTPStatus.MOVED_PERMANENTLY
    assert response.headers["Location"] == "https://testserver/rules/"
    assert "Content-Security-Policy" in response.headers
    # A browser must not heed it without https, and RFC 6797 forbids to send it.
    assert "Strict-Transport-Security" not in response.headers


def test_an_uploaded_picture_opened_by_itself_may_do_nothing(secure: Client) -> None:
    response = secure.get(PICTURE)
    assert response.status_code == HTTPStatus.OK
    check_common(response)
    assert policy_of(response) == {
        "default-src": "'none'",
        "frame-ancestors": "'none'",
        "sandbox": "",
    }
    assert response.headers["Content-Type"] == "image/webp"


def test_what_has_not_changed_has_the_set(secure: Client) -> None:
    known = secure.get(SHARED).headers["ETag"]
    again = secure.get(SHARED, headers={"if-none-match": known})
    assert again.status_code == HTTPStatus.NOT_MODIFIED
    check_common(again)


def test_static_files_are_not_offered_to_other_sites(secure: Client) -> None:
    response = secure.get("/static/site.css")
    response.close()
    assert "Access-Control-Allow-Origin" not in response.headers
