"""SSRF: the server goes nowhere because of what somebody wrote."""

import socket
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

import pytest
from django.conf import settings
from django.test import Client

from comments.actions.announcing import announce
from comments.actions.screening import screen
from comments.mailing.mails import compose
from comments.models import Comment, Notification
from ethicsforum.accounts.models import User
from tests import build, cast
from tests.articles.test_pictures import photo, upload

pytestmark = pytest.mark.django_db

TARGETS = [
    "http://127.0.0.1:1/",
    "http://[::1]:1/",
    "http://169.254.169.254/latest/meta-data/",
    "http://2130706433:1/",
    "http://localhost:1/",
    "https://evil.example/",
    "//evil.example/",
    "gopher://127.0.0.1:1/_x",
    "ftp://127.0.0.1/",
    "file:///etc/passwd",
]
LADEN = "\n\n".join(
    f"{address} <{address}> [a]({address}) ![b]({address}) <img src='{address}'>"
    for address in TARGETS
)
GONE_OUT = "the server opened a connection"


@pytest.fixture
def closed(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Any]]:
    """No way out of Python; the database's own library has its own."""
    tried: list[Any] = []
    # The site's own Redis is asked whatever anybody wrote: figures are told to it.
    own = settings.REDIS_URL.removeprefix("unix://")

    def refuse(*args: Any, **_more: Any) -> Any:
        if args[-1] != own:
            tried.append(args[-1])
        raise OSError(GONE_OUT)

    for name in ("connect", "connect_ex"):
        monkeypatch.setattr(socket.socket, name, refuse)
    for name in ("create_connection", "getaddrinfo", "gethostbyname"):
        monkeypatch.setattr(socket, name, refuse)
    yield tried
    assert tried == []


def test_the_way_out_is_watched(closed: list[Any]) -> None:
    with pytest.raises(OSError, match=GONE_OUT):
        socket.create_connection(("127.0.0.1", 1))
    assert closed.pop() == ("127.0.0.1", 1)


def test_a_comment_is_written_screened_and_told_of(
    client: Client, ann: User, closed: list[Any]
) -> None:
    article = build.article(body=LADEN)
    parent = build.published(author=cast.cleo(), under=article)
    client.force_login(ann)
    form = {"body": LADEN[:9000], "parent": str(parent.pk)}
    client.post("/comments/preview/", form)
    assert client.post("/articles/triage/comments/", form).status_code == 302
    made = Comment.objects.filter(author=ann, parent=parent).get()
    screen(build.text_of(made).pk)
    announce(made.pk)
    for notification in Notification.objects.for_mail():
        compose(notification)
    assert client.get("/articles/triage/").status_code == 200
    assert client.get("/articles/triage/feed/").status_code == 200


def test_an_article_is_written_and_shared(
    client: Client, eda: User, closed: list[Any]
) -> None:
    client.force_login(eda)
    form = {"title": TARGETS[0], "body": LADEN, "status": "published"}
    form |= {"discussion": "open", "slug": "laden"}
    assert client.post("/admin/articles/article/add/", form).status_code == 302
    for address in ("/articles/laden/", "/articles/laden/share.png", "/sitemap.xml"):
        assert client.get(address).status_code == 200
    assert upload(client, photo(), credit=TARGETS[2], alt=TARGETS[0]).status_code == 302


@pytest.mark.parametrize("target", TARGETS)
def test_an_address_in_a_request_is_only_read(
    client: Client, ben: User, closed: list[Any], target: str
) -> None:
    comment = build.published()
    assert client.get(f"/oembed/?{urlencode({'url': target})}").status_code == 404
    notice = {"where": target, "note": target, "name": "Lex", "good_faith": "on"}
    notice["email"] = "lex@example.org"
    assert client.post("/moderation/notice/", notice).status_code == 422
    client.force_login(ben)
    headers = {"HX-Request": "true", "HX-Current-URL": target, "Referer": target}
    client.get(f"/comments/{comment.pk}/part/", headers=headers)
    client.get(f"/search/?{urlencode({'q': target})}", headers=headers)
