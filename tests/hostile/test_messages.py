"""What the admin says of a row after it was added, changed or deleted."""

from typing import Any

import pytest
from django.test import Client

from articles.models import Topic
from comments.models import WatchedWord
from tests import cast
from tests.hostile.payloads import MARK, OWN
from tests.hostile.reading import faults

pytestmark = pytest.mark.django_db
TOPICS = "/admin/articles/topic/"
WORDS = "/admin/comments/watchedword/"
SHORT = [text for text in OWN if MARK in text and len(text) <= 60]


@pytest.fixture
def root(client: Client) -> Client:
    client.force_login(cast.root())
    return client


def assert_told(response: Any) -> None:
    html = response.content.decode()
    assert response.status_code == 200
    assert MARK in html
    assert faults(html) == []


@pytest.mark.parametrize("name", SHORT)
def test_of_a_row_that_is_added_and_deleted(root: Client, name: str) -> None:
    fields = {"name": name, "slug": "hostile"}
    assert_told(root.post(f"{TOPICS}add/", fields, follow=True))
    one = f"{TOPICS}{Topic.objects.get().pk}/"
    assert_told(root.post(f"{one}change/", {**fields, "slug": "b"}, follow=True))
    assert_told(root.post(f"{one}delete/", {"post": "yes"}, follow=True))


def test_of_many_rows_that_are_deleted_at_once(root: Client) -> None:
    for text in SHORT:
        WatchedWord.objects.create(phrase=text)
    chosen = {"_selected_action": [word.pk for word in WatchedWord.objects.all()]}
    asked = {**chosen, "action": "delete_selected"}
    assert_told(root.post(WORDS, asked))
    assert root.post(WORDS, {**asked, "post": "yes"}).status_code == 302
    assert not WatchedWord.objects.exists()
