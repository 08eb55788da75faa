"""What is worth it goes out compressed, and says the same as before."""

import gzip

import pytest
from django.test import Client

from tests import build

pytestmark = pytest.mark.django_db
ACCEPTS = {"Accept-Encoding": "gzip, deflate, br"}


@pytest.mark.parametrize(
    "address",
    [
        "/",
        "/articles/triage/",
        "/articles/triage/feed/",
        "/feeds/articles/",
        "/rules/",
        "/accounts/login/",
        "/no-such-page/",
    ],
)
def test_pages_and_feeds_are_compressed(client: Client, address: str) -> None:
    build.published()
    plain = client.get(address)
    small = client.get(address, headers=ACCEPTS)
    assert not plain.has_header("Content-Encoding")
    assert small.headers["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in small.headers["Vary"]
    assert int(small.headers["Content-Length"]) == len(small.content)
    assert len(small.content) < len(plain.content)
    assert gzip.decompress(small.content)[:60] == plain.content[:60]


def test_what_is_streamed_arrives_whole(client: Client) -> None:
    for number in range(20):
        build.rejected(body=f"Rejected, number {number}.")
    plain = b"".join(client.get("/moderation/log.jsonl"))
    small = client.get("/moderation/log.jsonl", headers=ACCEPTS)
    assert small.headers["Content-Encoding"] == "gzip"
    assert not small.has_header("Content-Length")
    assert gzip.decompress(b"".join(small)) == plain


def test_its_length_differs_from_one_answer_to_the_next(client: Client) -> None:
    """Django's padding, so that the length tells nothing of a secret (BREACH)."""
    sizes = {len(client.get("/rules/", headers=ACCEPTS).content) for _ in range(12)}
    assert len(sizes) > 1


def test_short_answers_stay_as_they_are(client: Client) -> None:
    assert not client.get("/healthz", headers=ACCEPTS).has_header("Content-Encoding")
