"""One kept answer, in the form that a reader's browser asks for."""

import gzip
from typing import Any

import brotli
import pytest

from ethicsforum.page_cache.answers import Kept, best_encoding, is_known

PAGE = b"<p>What is owed to those who leave?</p>" * 40


def kept() -> Kept:
    headers = [("Content-Type", "text/html"), ("Cache-Control", "public, no-cache")]
    return Kept.of(headers, PAGE, frozenset(["article-1"]), 0.0)


def answer(one: Kept, **environ: str) -> tuple[str, dict[str, str], bytes]:
    begun: list[Any] = []
    request = {"REQUEST_METHOD": "GET", **environ}
    body = b"".join(one.answer(request, lambda *said: begun.extend(said)))
    return begun[0], dict(begun[1]), body


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [
        ("", "identity"),
        ("gzip, deflate, br", "br"),
        ("gzip;q=1.0, br;q=0", "gzip"),
        ("*", "br"),
        ("*;q=0", "identity"),
        ("BR", "br"),
        ("br;q=much", "identity"),
        ("identity", "identity"),
    ],
)
def test_the_smallest_encoding_that_the_browser_reads(
    accepted: str, encoding: str
) -> None:
    assert best_encoding(accepted) == encoding


@pytest.mark.parametrize(
    ("accepted", "read"),
    [("br", brotli.decompress), ("gzip", gzip.decompress), ("", bytes)],
)
def test_each_form_holds_the_page(accepted: str, read: Any) -> None:
    status, headers, body = answer(kept(), HTTP_ACCEPT_ENCODING=accepted)
    assert status == "200 OK"
    assert read(body) == PAGE
    assert headers["Content-Length"] == str(len(body))
    assert headers.get("Content-Encoding", "") == accepted
    assert headers["Vary"] == "Accept-Encoding, Cookie"


def test_each_form_is_compressed_once() -> None:
    one = kept()
    assert one.form("br").body is one.form("br").body


def test_each_form_has_a_strong_tag_of_its_own() -> None:
    one = kept()
    tags = {one.form(name).etag for name in ("br", "gzip", "identity")}
    assert len(tags) == 3
    assert all(tag.startswith('"') for tag in tags)


def test_who_has_it_gets_no_body() -> None:
    one = kept()
    etag = answer(one)[1]["ETag"]
    status, headers, body = answer(one, HTTP_IF_NONE_MATCH=etag)
    assert (status, body) == ("304 Not Modified", b"")
    assert headers["ETag"] == etag
    assert headers["Cache-Control"] == "public, no-cache"
    assert "Content-Type" not in headers


@pytest.mark.parametrize("known", ['"a"', 'W/"a"', '"b", W/"a"', "*"])
def test_a_tag_is_known_weakly_too(known: str) -> None:
    assert is_known('"a"', known)


@pytest.mark.parametrize("known", ["", '"b"', "a", '"a'])
def test_another_tag_is_not_known(known: str) -> None:
    assert not is_known('"a"', known)


def test_a_look_at_the_head_has_its_headers_only() -> None:
    status, headers, body = answer(kept(), REQUEST_METHOD="HEAD")
    assert (status, body) == ("200 OK", b"")
    assert headers["Content-Length"] == str(len(PAGE))


def test_what_belongs_to_one_request_is_not_kept() -> None:
    one = kept()
    one = Kept.of(
        [*one.headers, ("X-Request-ID", "a1"), ("Vary", "Cookie")], PAGE, one.keys, 0.0
    )
    assert [name for name, _ in one.headers] == ["Content-Type", "Cache-Control"]
