"""Which pages are kept for readers, and what makes them stale."""

from typing import Any

import pytest
from django.test import Client

from articles.models import Topic
from comments.actions.moderating import remove_comment
from comments.actions.posting import post_comment
from ethicsforum.accounts.models import User
from ethicsforum.page_cache import telling
from ethicsforum.page_cache.marking import KEYS
from tests import build, cast

Told = list[tuple[str, ...]]


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> Told:
    """What would go to Redis; tests/worker sees it arrive."""
    said: Told = []
    monkeypatch.setattr(telling, "tell", lambda *keys: said.append(keys))
    return said


@pytest.mark.parametrize("path", ["/", "/topics/care/"])
def test_a_list_is_kept(db: None, client: Client, path: str) -> None:
    article = build.article()
    article.topics.add(Topic.objects.create(name="Care", slug="care"))
    answer = client.get(path)
    assert answer.status_code == 200
    assert answer.headers[KEYS] == "lists"
    assert answer.headers["Cache-Control"] == "public, no-cache"


def test_what_open_pages_ask_is_kept(db: None, client: Client, ben: User) -> None:
    article = build.article()
    address = f"{article.get_absolute_url()}new/?since=1700000000"
    assert client.get(address).headers[KEYS] == f"article-{article.pk}"
    assert KEYS not in client.get(f"{address}&show=1").headers
    client.force_login(ben)
    assert KEYS not in client.get(address).headers


def test_an_article_is_kept(db: None, client: Client) -> None:
    article = build.article()
    answer = client.get(article.get_absolute_url())
    assert answer.headers[KEYS] == f"article-{article.pk}"
    assert not answer.cookies


def test_a_members_page_is_not(client: Client, ann: User) -> None:
    client.force_login(ann)
    for path in ("/", build.article().get_absolute_url()):
        answer = client.get(path)
        assert KEYS not in answer.headers
        assert "private" in answer.headers["Cache-Control"]


def test_a_form_sent_wrongly_is_not(client: Client, ann: User) -> None:
    client.force_login(ann)
    article = build.article()
    answer = client.post(f"{article.get_absolute_url()}comments/", {"body": ""})
    assert answer.status_code == 422
    assert KEYS not in answer.headers


def test_a_cache_further_out_is_told_how_long(
    db: None, client: Client, settings: Any
) -> None:
    settings.SHARED_CACHE_SECONDS = 300
    answer = client.get("/")
    assert answer.headers["Cache-Control"] == (
        "public, max-age=0, s-maxage=300, must-revalidate"
    )


def test_a_removal_says_which_pages_are_stale(
    ann: User,
    mia: User,
    told: Told,
    django_capture_on_commit_callbacks: Any,
) -> None:
    made = build.published(author=ann)
    with django_capture_on_commit_callbacks(execute=True):
        remove_comment(made, moderator=mia, reason=build.reason())
    assert told == [(f"article-{made.article_id}", "lists")]


def test_a_comment_that_waits_changes_no_page(
    ben: User,
    told: Told,
    django_capture_on_commit_callbacks: Any,
) -> None:
    article = build.article()
    with django_capture_on_commit_callbacks(execute=True):
        post_comment(article, author=ben, body="A first thought.")
    assert told == []


def test_a_changed_rule_or_article_makes_everything_stale(
    db: None,
    told: Told,
    django_capture_on_commit_callbacks: Any,
) -> None:
    for changed in (build.article(), build.rule()):
        with django_capture_on_commit_callbacks(execute=True):
            changed.save()
    assert told == [("*",), ("*",)]


def test_a_member_who_is_renamed_or_leaves_makes_everything_stale(
    told: Told, ben: User, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        ben.username = "Benedict"
        ben.save()
    assert told == [("*",)]
    with django_capture_on_commit_callbacks(execute=True):
        ben.delete()
    assert told == [("*",), ("*",)]


def test_a_sign_in_or_a_new_member_makes_nothing_stale(
    told: Told, ben: User, client: Client, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        client.force_login(ben)
        cast.cleo()
    assert told == []
