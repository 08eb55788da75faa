"""One comment by itself, for the page that shows it."""

import re
from http import HTTPStatus
from typing import Any

import pytest
from django.test import Client

from comments.actions.deciding import Decider, decide
from comments.actions.posting import edit_comment
from comments.models import Comment
from comments.states import State
from tests import build, cast

pytestmark = pytest.mark.django_db


def part(client: Client, comment: Comment, query: str = "") -> Any:
    return client.get(
        f"/comments/{comment.pk}/part/{query}", headers={"HX-Request": "true"}
    )


def test_it_is_the_comment_without_its_replies(client: Client) -> None:
    parent = build.published(author=cast.cleo(), body="The start.")
    build.published(parent=parent, body="The reply.", author=cast.cleo())
    response = part(client, parent)
    html = response.content.decode()
    assert response.status_code == HTTPStatus.OK
    assert html.count("<article") == html.count("</article>") == 1
    assert f'id="comment-{parent.pk}" data-state="published"' in html
    assert "The start." in html
    assert "The reply." not in html
    assert "<html" not in html


def test_it_is_kept_by_no_cache(client: Client) -> None:
    response = part(client, build.published())
    assert "no-store" in response.headers["Cache-Control"]
    assert "HX-Request" in response.headers["Vary"]


def test_whoever_opens_it_is_led_to_the_discussion(client: Client) -> None:
    comment = build.published()
    response = client.get(f"/comments/{comment.pk}/part/")
    assert response.status_code == HTTPStatus.FOUND
    assert response.headers["Location"] == f"/comments/{comment.pk}/"


@pytest.mark.parametrize("of", [build.comment, build.held, build.rejected])
def test_what_one_may_not_see_is_not_there(client: Client, of: Any) -> None:
    of(author=cast.ben())
    comment = Comment.objects.get()
    for viewer in (None, cast.cleo()):
        if viewer:
            client.force_login(viewer)
        assert part(client, comment).status_code == HTTPStatus.NOT_FOUND
        plain = client.get(f"/comments/{comment.pk}/part/")
        assert plain.status_code == HTTPStatus.NOT_FOUND
    client.force_login(cast.ben())
    assert part(client, comment).status_code == HTTPStatus.OK


def test_a_removed_one_is_a_tombstone(client: Client) -> None:
    comment = build.removed(author=cast.cleo(), body="Gone words.")
    html = part(client, comment).content.decode()
    assert "Gone words." not in html
    assert "Argue with the claim, not with the person" in html


def test_in_a_hidden_discussion_is_none(client: Client) -> None:
    comment = build.published(author=cast.cleo())
    comment.article.discussion = "hidden"
    comment.article.save()
    assert part(client, comment).status_code == HTTPStatus.NOT_FOUND


@pytest.mark.parametrize(
    ("of", "state", "every"),
    [(build.comment, "screening", "3s"), (build.held, "held", "20s")],
)
def test_ones_own_asks_again_while_it_waits(
    client: Client, of: Any, state: str, every: str
) -> None:
    of(author=cast.ben())
    comment = Comment.objects.get()
    client.force_login(cast.ben())
    html = part(client, comment).content.decode()
    address = f"/comments/{comment.pk}/part/?seen={state}"
    assert f'data-hx-get="{address}"' in html
    assert f'data-hx-trigger="every {every}"' in html
    unchanged = part(client, comment, f"?seen={state}")
    assert unchanged.status_code == HTTPStatus.NO_CONTENT
    assert not unchanged.content


def test_once_published_it_says_so_and_asks_no_more(client: Client) -> None:
    comment = build.comment(author=cast.ben())
    client.force_login(cast.ben())
    decide(build.text_of(comment), to=State.PUBLISHED, by=Decider.machine())
    html = part(client, comment, "?seen=screening").content.decode()
    assert 'data-state="published"' in html
    assert "Published: everybody can read it now." in html
    assert "hx-get" not in html
    later = part(client, comment).content.decode()
    assert "everybody can read it now" not in later


def test_once_rejected_it_says_why_and_asks_no_more(client: Client) -> None:
    decision = build.rejected(author=cast.ben())
    client.force_login(cast.ben())
    html = part(client, decision.comment, "?seen=held").content.decode()
    assert "About the person." in html
    assert "hx-get" not in html


def test_a_new_text_is_asked_about_like_a_new_comment(client: Client) -> None:
    comment = build.published(author=cast.ben(), body="The first text.")
    edit_comment(comment, body="The second text.")
    client.force_login(cast.ben())
    html = part(client, comment).content.decode()
    assert "?seen=screening" in html
    decide(build.text_of(comment), to=State.PUBLISHED, by=Decider.machine())
    html = part(client, comment, "?seen=screening").content.decode()
    assert "The second text." in html
    assert "hx-get" not in html


def test_others_never_ask(client: Client) -> None:
    build.hidden(author=cast.ben())
    comment = Comment.objects.get(author=cast.ben())
    assert "hx-get" not in part(client, comment).content.decode()


def test_an_answer_without_change_is_cheap(
    client: Client, django_assert_max_num_queries: Any
) -> None:
    comment = build.comment(author=cast.ben())
    client.force_login(cast.ben())
    with django_assert_max_num_queries(7):
        part(client, comment, "?seen=screening")


def test_a_strange_seen_shows_the_comment(client: Client) -> None:
    comment = build.published()
    assert part(client, comment, "?seen=%00").status_code == HTTPStatus.OK
    assert re.search(r"<article", part(client, comment, "?seen=").content.decode())
