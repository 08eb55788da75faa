"""'Try it on the last 30 days': an answer above the form, and nothing saved."""

from http import HTTPStatus
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.test import Client

from comments.actions.screening import screen
from comments.dry_run import trial
from comments.models import Rule, ScreeningChange, ScreeningPolicy, WatchedWord
from ethicsforum.accounts.models import User
from tests import build, cast
from tests.comments.admin.filled import as_sent, filled, text

pytestmark = pytest.mark.django_db
ADD_WORD = "/admin/comments/watchedword/add/"
THRESHOLDS = "/admin/comments/screeningpolicy/1/change/"


def tried(client: Client, address: str, **fields: Any) -> Any:
    return client.post(address, {**filled(client, address), **fields, "_try": "1"})


def miracle(number: int = 0, words: str = "A miracle") -> None:
    under = build.article("open", first_comments_held=0)
    author = cast.member(f"Writer{number}")
    made = build.comment(author=author, body=f"{words} {number}.", under=under)
    screen(build.text_of(made).pk)


def test_a_word_is_tried_and_not_saved(client: Client, mia: User) -> None:
    miracle()
    client.force_login(mia)
    response = tried(client, ADD_WORD, phrase="miracle*", note="Look twice.")
    html = text(response)
    assert response.status_code == HTTPStatus.OK
    assert "would have held <strong>1 comment</strong>, of which moderators" in html
    assert "Today’s settings hold 0 of the same: 1 newly held" in html
    assert "published by the machine" in html
    assert not WatchedWord.objects.exists()
    assert not ScreeningChange.objects.exists()
    sent = as_sent(response)
    assert (sent["phrase"], sent["note"]) == ("miracle*", "Look twice.")
    assert "errornote" not in html
    client.post(ADD_WORD, sent)
    assert WatchedWord.objects.get().note == "Look twice."


def test_thresholds_are_tried_and_not_saved(client: Client, eda: User) -> None:
    miracle(words="See https://example.org/")
    client.force_login(eda)
    response = tried(client, THRESHOLDS, max_links=0)
    assert "<strong>1 comment</strong>" in text(response)
    assert ScreeningPolicy.current().max_links == 2
    assert str(as_sent(response)["max_links"]) == "0"


def test_a_rule_is_tried_and_not_saved(client: Client, eda: User) -> None:
    rule = build.rule("question")
    client.force_login(eda)
    address = f"/admin/comments/rule/{rule.pk}/change/"
    response = tried(client, address, title="Other", repeat_is_certain="on")
    assert "<strong>0 comments</strong>" in text(response)
    assert Rule.objects.get(pk=rule.pk).title == rule.title
    assert as_sent(response)["title"] == "Other"


def test_a_new_rule_has_nothing_to_be_tried_on(client: Client, eda: User) -> None:
    client.force_login(eda)
    assert "_try" not in text(client.get("/admin/comments/rule/add/"))


def test_what_is_not_sound_is_not_tried(client: Client, mia: User) -> None:
    client.force_login(mia)
    html = text(tried(client, ADD_WORD, phrase="*"))
    assert "At least two letters or digits" in html
    assert 'id="trial"' not in html


def test_texts_are_shown_as_text(client: Client, mia: User) -> None:
    miracle(words="<script>alert(1)</script> A miracle")
    client.force_login(mia)
    html = text(tried(client, ADD_WORD, phrase="miracle"))
    assert "&lt;script&gt;alert(1)" in html
    assert "<script>alert(1)" not in html


def test_the_list_is_capped_and_says_so(
    client: Client, mia: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(trial, "MOST_SHOWN", 2)
    for number in range(3):
        miracle(number)
    client.force_login(mia)
    html = text(tried(client, ADD_WORD, phrase="miracle"))
    assert "<strong>3 comments</strong>" in html
    assert "The first 2; 1 more" in html
    assert html.count("/admin/comments/comment/") == 2


def test_who_may_not_read_comments_may_not_try(client: Client) -> None:
    odd = cast.member("Odd", is_staff=True)
    for codename in ("add_watchedword", "view_watchedword"):
        odd.user_permissions.add(Permission.objects.get(codename=codename))
    miracle()
    client.force_login(odd)
    assert "_try" not in text(client.get(ADD_WORD))
    response = tried(client, ADD_WORD, phrase="miracle")
    assert response.status_code == HTTPStatus.FORBIDDEN


def test_the_page_costs_the_same_whatever_was_written(
    client: Client, mia: User, django_assert_max_num_queries: Any
) -> None:
    client.force_login(mia)
    sent = {**filled(client, ADD_WORD), "phrase": "miracle", "_try": "1"}
    for number in range(5):
        miracle(number)
    with django_assert_max_num_queries(20):
        client.post(ADD_WORD, sent)
