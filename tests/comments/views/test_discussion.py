"""The discussion on the article's page: who sees what, in which marks."""

import re
from http import HTTPStatus
from typing import Any

import pytest
from django.test import Client

from comments.actions.posting import withdraw_comment
from ethicsforum.accounts.models import User
from ethicsforum.page_cache import here
from tests import build, cast

pytestmark = pytest.mark.django_db
HERE = "/articles/triage/"


def page(client: Client, query: str = "") -> str:
    response = client.get(f"{HERE}{query}")
    assert response.status_code == HTTPStatus.OK
    return str(response.content.decode())


def marks(html: str) -> list[tuple[str, str]]:
    """(id, state) of each comment on the page, in order."""
    opening = r'<article class="comment[^"]*" id="(comment-\d+)" data-state="(\w+)"'
    return re.findall(opening, html)


def test_an_empty_discussion_invites(client: Client) -> None:
    build.article()
    assert "Nobody has written here yet." in page(client)


def test_readers_see_what_is_published_and_tombstones(client: Client) -> None:
    cleo = cast.cleo()
    public = build.published(author=cleo, body="Public.")
    removed = build.removed(author=cleo, body="Removed words.")
    build.held(author=cleo, body="Held words.")
    build.rejected(author=cleo, body="Rejected words.")
    build.comment(author=cleo, body="Words in screening.")
    html = page(client)
    assert marks(html) == [
        (f"comment-{public.pk}", "published"),
        (f"comment-{removed.pk}", "removed"),
    ]
    for secret in ("Removed words", "Held words", "Rejected words", "in screening."):
        assert secret not in html
    assert "Argue with the claim, not with the person" in html
    assert "1 comment<" in html


def test_authors_see_their_own_with_what_happens_next(client: Client) -> None:
    ben = cast.ben()
    build.comment(author=ben, body="In screening.")
    build.held(author=ben, body="Held.")
    build.rejected(author=ben, body="Rejected.")
    client.force_login(ben)
    html = page(client)
    assert [state for _id, state in marks(html)] == ["screening", "held", "rejected"]
    assert "first comments of a new member are read by a person" in html
    assert "About the person." in html
    assert "Decided by a moderator." in html


def test_replies_stand_inside_what_they_answer(client: Client) -> None:
    parent = build.published(author=cast.cleo(), body="First.")
    build.published(parent=parent, body="Reply.", author=cast.cleo())
    html = page(client)
    inside = html[html.index("First.") : html.index("Reply.")]
    assert "</article>" not in inside
    assert '<ol class="thread">' in inside


def test_replies_to_a_removed_comment_stay(client: Client, mia: User) -> None:
    from comments.actions.moderating import remove_comment

    parent = build.published(author=cast.cleo(), body="Gone words.")
    build.published(parent=parent, body="The answer.", author=cast.cleo())
    remove_comment(parent, moderator=mia, reason=build.reason())
    html = page(client)
    assert "Gone words." not in html
    assert "The answer." in html


def test_a_withdrawn_comment_leaves_a_line_only_where_it_was_answered(
    client: Client,
) -> None:
    cleo = cast.cleo()
    alone = build.published(author=cleo, body="Alone.")
    parent = build.published(author=cleo, body="Answered.")
    build.published(parent=parent, body="The answer.", author=cleo)
    withdraw_comment(alone)
    withdraw_comment(parent)
    html = page(client)
    assert "Withdrawn by its author." in html
    assert html.count("Withdrawn by its author.") == 1
    assert "Answered." not in html


def test_visitors_get_no_form_and_no_cookie(client: Client) -> None:
    build.published()
    response = client.get(HERE)
    assert not response.cookies
    html = response.content.decode()
    assert "<form" not in html
    assert "Sign in" in html


def test_members_get_the_form(client: Client, ben: User) -> None:
    build.article()
    client.force_login(ben)
    html = page(client)
    assert '<form id="comment-form"' in html
    assert 'name="body"' in html
    assert 'name="parent"' not in html


def test_a_reply_form_carries_its_parent(client: Client, ben: User) -> None:
    parent = build.published(author=cast.cleo())
    client.force_login(ben)
    html = page(client, f"?reply_to={parent.pk}")
    assert f'name="parent" value="{parent.pk}"' in html
    assert "Cleo" in html


def test_who_wants_to_answer_what_is_gone_is_told(client: Client, ben: User) -> None:
    gone = build.removed(author=cast.cleo())
    client.force_login(ben)
    said = "The comment you wanted to answer is no longer there."
    html = page(client, f"?reply_to={gone.pk}")
    assert said in html
    assert 'name="parent"' not in html
    assert said not in page(client)


@pytest.mark.parametrize("query", ["?reply_to=x", "?from=999", "?sort=x"])
def test_a_strange_query_shows_the_page(client: Client, query: str) -> None:
    comment = build.published()
    assert comment.author is not None
    client.force_login(comment.author)
    assert "A thought worth having." in page(client, query)


def test_a_closed_discussion_is_readable(client: Client, ben: User) -> None:
    build.published(body="Still here.")
    article = build.article()
    article.discussion = "closed"
    article.save()
    client.force_login(ben)
    html = page(client)
    assert "Still here." in html
    assert "<textarea" not in html
    assert "discussion is closed" in html


def test_a_hidden_discussion_is_not_there(client: Client) -> None:
    build.published(body="Not shown.")
    article = build.article()
    article.discussion = "hidden"
    article.save()
    html = page(client)
    assert "Not shown." not in html
    assert 'class="discussion"' not in html


def test_names_are_escaped_and_isolated(client: Client) -> None:
    cleo = cast.cleo()
    build.published(author=cleo)
    User.objects.filter(pk=cleo.pk).update(username="<b>\u202eolC</b>")
    html = page(client)
    assert "<bdi>&lt;b&gt;" in html


def test_a_page_costs_the_same_whatever_its_length(
    client: Client, django_assert_num_queries: Any
) -> None:
    cleo = cast.cleo()
    build.removed(author=cleo, body="Removed.")
    parent = build.published(author=cleo, body="Number 0.")
    with django_assert_num_queries(7):
        page(client)
    for number in range(1, 30):
        parent = build.published(author=cleo, parent=parent, body=f"Number {number}.")
    here.memory.clear()
    with django_assert_num_queries(7):
        page(client)


def test_a_members_page_costs_the_same_whatever_its_length(
    client: Client, django_assert_max_num_queries: Any
) -> None:
    ben = cast.ben()
    for number in range(10):
        build.held(author=ben, body=f"Held {number}.")
        build.rejected(author=ben, body=f"Rejected {number}.")
    client.force_login(ben)
    with django_assert_max_num_queries(22):  # two of them note the first visit
        page(client)
