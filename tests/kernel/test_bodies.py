"""Bodies too large, in pieces, packed or broken: refused, and no crash."""

import gzip
import io
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

import pytest
from django.conf import settings
from django.http import HttpRequest
from django.test import Client, RequestFactory

from comments.models import Comment
from ethicsforum import bodies
from ethicsforum.accounts.models import User
from ethicsforum.wsgi import application
from tests import build

pytestmark = pytest.mark.django_db
HERE = "/articles/triage/comments/"
FORM = "application/x-www-form-urlencoded"
PARTS = "multipart/form-data; boundary=x"
TOO_LARGE = HTTPStatus.REQUEST_ENTITY_TOO_LARGE
ANYBODY = ["/accounts/login/", "/accounts/signup/", "/moderation/notice/"]

Send = Callable[..., Any]


@pytest.fixture
def send(client: Client, ben: User) -> Send:
    build.article()
    client.force_login(ben)

    def send(body: bytes, kind: str = FORM, where: str = HERE, **said: str) -> Any:
        return client.generic("POST", where, body, kind, headers=said)

    return send


def part(name: str, value: bytes, more: str = "") -> bytes:
    head = f'--x\r\nContent-Disposition: form-data; name="{name}"{more}\r\n\r\n'
    return head.encode() + value + b"\r\n"


@pytest.mark.parametrize("where", [HERE, *ANYBODY])
@pytest.mark.parametrize("kind", [FORM, PARTS, "text/plain", "application/json"])
def test_more_than_a_form_holds_is_not_read(send: Send, where: str, kind: str) -> None:
    limit = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    answer = send(b"body=" + b"x" * limit, kind, where)
    assert answer.status_code == TOO_LARGE
    assert "more than it takes at once" in answer.content.decode()
    assert "Content-Security-Policy" in answer.headers


def test_what_says_it_is_a_gigabyte_is_refused_by_its_word() -> None:
    class Unread:
        def read(self, *size: int) -> bytes:
            raise AssertionError("was read")

        readline = read

    said: Any = {"CONTENT_LENGTH": str(10**9), "wsgi.input": Unread()}
    answer = Client().post("/accounts/login/", content_type=FORM, **said)
    assert answer.status_code == TOO_LARGE


@pytest.mark.parametrize(
    ("path", "length", "refusal"),
    [
        ("/", 1_000_000, None),
        ("/", 1_000_001, TOO_LARGE),
        ("/admin/articles/picture/add/", 15_500_000, None),
        ("/admin/articles/picture/add/", 16_000_001, TOO_LARGE),
        ("/administer/", 1_000_001, TOO_LARGE),
    ],
)
def test_only_editors_send_files(
    path: str, length: int, refusal: HTTPStatus | None
) -> None:
    request: HttpRequest = RequestFactory().post(path, CONTENT_LENGTH=str(length))
    assert bodies.refusal_of(request) == refusal


@pytest.mark.parametrize("length", ["", "x", "-5", "1e9", "٣"])
def test_a_length_that_is_no_number_is_none(length: str) -> None:
    request: HttpRequest = RequestFactory().post("/", CONTENT_LENGTH=length)
    assert bodies.refusal_of(request) is None


def test_nothing_is_unpacked(send: Send) -> None:
    packed = gzip.compress(b"body=" + b"x" * 10_000_000)
    for encoding in ("gzip", "br", "GZIP", "identity, gzip"):
        answer = send(packed, **{"Content-Encoding": encoding})
        assert answer.status_code == HTTPStatus.UNSUPPORTED_MEDIA_TYPE
    assert not Comment.objects.exists()


def test_pieces_without_a_length_are_not_gathered(send: Send) -> None:
    answer = send(b"", **{"Transfer-Encoding": "chunked"})
    assert answer.status_code == HTTPStatus.LENGTH_REQUIRED
    request: HttpRequest = RequestFactory().get("/", HTTP_TRANSFER_ENCODING="chunked")
    assert bodies.refusal_of(request) is None


@pytest.mark.parametrize("where", [HERE, *ANYBODY])
def test_ten_thousand_fields(send: Send, where: str) -> None:
    for fields in ("a=1&" * 10_000, "&".join(f"f{n}=" for n in range(10_000))):
        answer = send(fields.encode(), where=where)
        assert answer.status_code == HTTPStatus.BAD_REQUEST


@pytest.mark.parametrize("where", [HERE, *ANYBODY])
@pytest.mark.parametrize(
    "body",
    [
        b"".join(part(f"f{n}", b"") for n in range(3000)) + b"--x--\r\n",
        b"".join(part("f", b"", '; filename="a"') for _ in range(20)) + b"--x--\r\n",
        b"--x\r\n" + b"X-Long: " + b"y" * 900_000 + b"\r\n\r\n",
        b"--x\r\n" * 100_000,
        b"not in parts at all",
        part("body", b"\xff\xfe", "; filename*=\"utf-8''%FF%FE\"") + b"--x--",
        part("body", b"!!", "\r\nContent-Transfer-Encoding: base64") + b"--x--",
    ],
    ids=["fields", "files", "header", "empty", "none", "name", "base64"],
)
def test_parts_that_burst_or_break(send: Send, where: str, body: bytes) -> None:
    answer = send(body, PARTS, where)
    assert answer.status_code < HTTPStatus.INTERNAL_SERVER_ERROR
    assert not Comment.objects.exists()


@pytest.mark.parametrize(
    "kind",
    [
        "multipart/form-data",
        "multipart/form-data; boundary=",
        "multipart/form-data; boundary=" + "x" * 300,
        "multipart/form-data; boundary=\xe9",
        "application/x-www-form-urlencoded; charset=none; charset",
        ";;;",
    ],
)
def test_a_kind_that_makes_no_sense(send: Send, kind: str) -> None:
    answer = send(b"body=Some+words.", kind)
    assert answer.status_code < HTTPStatus.INTERNAL_SERVER_ERROR


@pytest.mark.parametrize(
    "text",
    [b"caf\xe9", b"%E9", b"%00", b"a%00b", b"\x00", b"%ED%A0%80", b"%EF%BF%BE"],
    ids=["latin", "escaped", "nul", "inner", "raw", "surrogate", "nonchar"],
)
@pytest.mark.parametrize("field", ["body", "parent", "steelman", "preview"])
def test_signs_that_are_no_text(send: Send, field: str, text: bytes) -> None:
    for extra in (b"", b"&body=Some+words."):
        answer = send(field.encode() + b"=" + text + extra)
        assert answer.status_code < HTTPStatus.INTERNAL_SERVER_ERROR
    kept = Comment.objects.values_list("revisions__source", flat=True)
    assert not any("\x00" in source for source in kept)


def post_by_hand(ben: User, body: bytes, length: int, kind: str = FORM) -> str:
    """Through the site's own entrance, as a web server does."""
    client = Client()
    client.force_login(ben)
    token = "t" * 32
    client.cookies[settings.CSRF_COOKIE_NAME] = token
    cookies = "; ".join(f"{name}={m.value}" for name, m in client.cookies.items())
    environ = RequestFactory().generic("POST", HERE, body, kind).environ
    environ |= {
        "HTTP_COOKIE": cookies,
        "HTTP_X_CSRFTOKEN": token,
        "CONTENT_LENGTH": str(length),
        "wsgi.input": io.BytesIO(body),
    }
    said: list[str] = []
    application(environ, lambda status, headers: said.append(status))
    return said[0]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("kind", "body"), [(FORM, b"body=Half+a+th"), (PARTS, part("body", b"Half a th"))]
)
def test_a_connection_that_breaks_posts_no_half_of_a_comment(
    ben: User, kind: str, body: bytes
) -> None:
    build.article()
    assert post_by_hand(ben, body, len(body) + 5, kind).startswith("4")
    assert not Comment.objects.exists()
    assert post_by_hand(ben, body, len(body), kind).startswith("302")
    assert Comment.objects.count() == 1
