"""GET /comments/<id>/history/ and the word 'edited'."""

from datetime import timedelta
from http import HTTPStatus
from typing import Any

import pytest
from django.test import Client

from articles.models import Article
from comments.actions.deciding import Decider, decide
from comments.actions.posting import edit_comment, withdraw_comment
from comments.models import Comment, Revision
from comments.states import State
from tests import build, cast

pytestmark = pytest.mark.django_db


def come_out_earlier(made: Comment, minutes: int = 90) -> Comment:
    """As if its first text had come out that long ago."""
    ago = timedelta(minutes=minutes)
    fresh = build.fresh(made)
    assert fresh.published_at is not None
    Comment.objects.filter(pk=made.pk).update(published_at=fresh.published_at - ago)
    for text in Revision.objects.filter(comment=made):
        Revision.objects.filter(pk=text.pk).update(created_at=text.created_at - ago)
    return build.fresh(made)


def page(pk: int) -> str:
    response = Client().get(f"/comments/{pk}/history/")
    assert response.status_code == HTTPStatus.OK
    return response.content.decode()


def is_missing(pk: int) -> bool:
    response = Client().get(f"/comments/{pk}/history/")
    return response.status_code == HTTPStatus.NOT_FOUND


def discussion() -> str:
    return Client().get("/articles/triage/").content.decode()


def test_a_late_edit_is_shown_word_by_word() -> None:
    made = come_out_earlier(build.published(body="The old thought."))
    build.edited(made, "The better thought.")
    html = page(made.pk)
    assert "<del>old </del>" in html
    assert "<ins>better </ins>" in html
    assert html.index("As it stands now") < html.index("The first text")
    assert f'href="/comments/{made.pk}/history/"' in discussion()


def test_an_early_edit_leaves_no_trace() -> None:
    made = build.published(body="A slip of the pne.")
    build.edited(made, "A slip of the pen.")
    assert "pne" not in page(made.pk)
    assert "/history/" not in discussion()


def test_only_what_was_accepted_is_shown() -> None:
    made = come_out_earlier(build.published(body="The thought."))
    build.edited(made, "The second thought.")
    edit_comment(build.fresh(made), body="Nobody has read this yet.")
    assert "Nobody has read" not in page(made.pk)


def test_there_is_none_of_what_is_not_public() -> None:
    removed = build.removed(body="Removed.")
    hidden = build.hidden(body="Hidden.")
    held = build.held(body="Held.").comment
    withdrawn = build.published(body="Withdrawn.")
    withdraw_comment(withdrawn)
    for made in (removed, hidden, held, withdrawn):
        assert is_missing(made.pk)
    assert is_missing(0)


def test_there_is_none_where_the_discussion_is_hidden() -> None:
    made = build.published()
    Article.objects.update(discussion="hidden")
    assert is_missing(made.pk)


def test_a_text_that_stood_hidden_does_not_come_back_by_its_history() -> None:
    made = come_out_earlier(build.hidden(body="What was reported."))
    edit_comment(made, body="What took its place.")
    decide(build.text_of(made), to=State.HELD, by=Decider.machine())
    text = build.text_of(made)
    decide(text, to=State.PUBLISHED, by=Decider.moderator(cast.mia()))
    html = page(made.pk)
    assert "What was reported." not in html
    assert "What took its place." in html


def test_markup_stays_text() -> None:
    made = come_out_earlier(build.published(body="<b>old</b>"))
    build.edited(made, "<b>new</b>")
    assert "<b>" not in page(made.pk)


def test_it_costs_the_same_whatever_its_length(django_assert_num_queries: Any) -> None:
    made = come_out_earlier(build.published(body="Thought 0."))
    for number in range(1, 25):
        build.edited(made, f"Thought {number}.")
    with django_assert_num_queries(2):
        html = page(made.pk)
    assert html.count("<h2>") == 20
    assert "Older texts are not shown" in html
