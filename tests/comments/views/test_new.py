"""What came under an article since a page was made."""

from datetime import timedelta
from http import HTTPStatus
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from comments.actions.deciding import Reason
from comments.actions.moderating import remove_comment, restore_comment
from comments.actions.posting import withdraw_comment
from comments.models import Comment, Mute, Visit
from comments.reading import news
from comments.reading.news import moment_of, token_of
from tests import build, cast

pytestmark = pytest.mark.django_db
ADDRESS = "/articles/triage/new/"


def ask(client: Client, since: Any = 0, more: str = "", **headers: str) -> Any:
    return client.get(f"{ADDRESS}?since={since}{more}", headers=headers)


def ids(client: Client, since: Any = 0) -> list[int]:
    found: list[int] = ask(client, since).json()["ids"]
    return found


def test_it_names_what_was_published_since(client: Client) -> None:
    with time_machine.travel(timezone.now() - timedelta(hours=1)):
        build.published(author=cast.cleo())
    since = token_of(timezone.now())
    newer = [build.published(author=cast.cleo(), body=words).pk for words in "ab"]
    build.published(author=cast.cleo(), under=build.article("elsewhere"))
    assert ask(client, since).json() == {"count": 2, "ids": newer, "states": {}}


def test_only_what_everybody_can_see_and_only_of_others(client: Client) -> None:
    ben = cast.ben()
    withdraw_comment(build.published(author=ben, body="Withdrawn."))
    build.comment(author=ben, body="In screening.")
    build.held(author=ben, body="Held.")
    build.rejected(author=ben, body="Rejected.")
    build.removed(author=ben, body="Removed.")
    mine = build.published(author=ben)
    assert ids(client) == [mine.pk]
    client.force_login(ben)
    assert ids(client) == []


def test_it_names_what_was_taken_down_or_put_up_again(client: Client) -> None:
    with time_machine.travel(timezone.now() - timedelta(hours=1)):
        before = build.removed(author=cast.cleo(), body="Removed long ago.")
        back = build.removed(author=cast.cleo(), body="Not for long.")
        gone = [build.published(author=cast.ben(), body=words) for words in "ab"]
        build.published(author=cast.ben(), body="Stays.")
        build.rejected(author=cast.ben(), body="Never seen.")
    since = token_of(timezone.now())
    withdraw_comment(gone[0])
    remove_comment(gone[1], moderator=cast.mia(), reason=build.reason())
    reason = Reason(explanation="It was no breach.")
    restore_comment(back, moderator=cast.mia(), reason=reason)
    build.rejected(author=cast.ben(), body="Nor this.")
    assert ask(client, since).json()["states"] == {
        str(gone[0].pk): "withdrawn",
        str(gone[1].pk): "removed",
        str(back.pk): "published",
    }
    assert str(before.pk) not in ask(client, since).json()["states"]


def test_a_new_comment_that_was_taken_down_is_named(client: Client) -> None:
    """Pages ask with a moment before their own: they may show it."""
    gone = build.removed(author=cast.cleo())
    build.published(author=cast.cleo(), body="New, and as it was.")
    assert ask(client).json()["states"] == {str(gone.pk): "removed"}


def test_of_what_was_decided_long_ago_no_page_is_told(client: Client) -> None:
    with time_machine.travel(timezone.now() - news.LONGEST_OPEN - timedelta(hours=1)):
        build.removed(author=cast.cleo())
    assert ask(client).json()["states"] == {}


def test_whom_one_mutes_brings_nothing_new(client: Client) -> None:
    build.published(author=cast.cleo())
    Mute.objects.create(member=cast.ben(), person=cast.cleo())
    client.force_login(cast.ben())
    assert ids(client) == []


def test_of_a_former_member_too(client: Client) -> None:
    comment = build.published(author=cast.cleo())
    Comment.objects.update(author=None)
    client.force_login(cast.ben())
    assert ids(client) == [comment.pk]


@pytest.mark.parametrize("since", ["", "x", "-1", "1e3", "²", "9" * 11, "%00"])
def test_a_since_that_is_none(client: Client, since: str) -> None:
    build.article()
    assert ask(client, since).status_code == HTTPStatus.BAD_REQUEST


def test_there_is_none_where_no_discussion_is(client: Client) -> None:
    build.article("draft", status="draft")
    build.article("mute", discussion="hidden")
    for slug in ("draft", "mute", "nowhere"):
        response = client.get(f"/articles/{slug}/new/?since=0")
        assert response.status_code == HTTPStatus.NOT_FOUND


def test_readers_share_an_answer_for_a_moment(client: Client) -> None:
    build.published()
    response = ask(client)
    assert response.headers["Cache-Control"] == "public, no-cache"
    assert "Cookie" in response.headers["Vary"]
    assert not response.cookies
    again = ask(client, **{"If-None-Match": response.headers["ETag"]})
    assert again.status_code == HTTPStatus.NOT_MODIFIED
    build.published(author=cast.cleo(), body="One more.")
    changed = ask(client, **{"If-None-Match": response.headers["ETag"]})
    assert changed.status_code == HTTPStatus.OK


def test_a_members_answer_is_their_own(client: Client) -> None:
    build.published()
    client.force_login(cast.cleo())
    assert "private" in ask(client).headers["Cache-Control"]
    assert "private" in ask(client, more="&show=1").headers["Cache-Control"]


@pytest.mark.parametrize("count", [1, 20])
def test_its_queries_are_three(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries, count: int
) -> None:
    for number in range(2 * count):
        build.published(author=cast.cleo(), body=f"Number {number}.")
    for comment in Comment.objects.order_by("pk")[:count]:
        remove_comment(comment, moderator=cast.mia(), reason=build.reason())
    with django_assert_num_queries(3):
        ask(client)
    client.force_login(cast.ben())
    with django_assert_num_queries(4):  # and who it is
        ask(client)


@pytest.mark.parametrize("count", [1, 20])
def test_the_comments_themselves_cost_the_same_however_many(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries, count: int
) -> None:
    for number in range(count):
        build.published(author=cast.cleo(), body=f"Number {number}.")
    with django_assert_num_queries(2):
        ask(client, more="&show=1")


def test_the_comments_say_what_they_answer(client: Client) -> None:
    cleo = cast.cleo()
    parent = build.published(author=cleo, body="The start.")
    reply = build.published(author=cleo, body="The reply.", parent=parent)
    other = build.published(author=cleo, body="Another.")
    html = ask(client, more="&show=1").content.decode()
    order = [html.index(f'id="comment-{c.pk}"') for c in (parent, reply, other)]
    assert order == sorted(order)
    assert html.count("<article") == html.count("</article>") == 3
    assert html.count("data-parent=") == 1
    assert f'<li data-parent="{parent.pk}">' in html
    assert html.count("data-new") == 3
    assert "<html" not in html


def test_the_comments_are_kept_by_no_cache(client: Client) -> None:
    build.published()
    response = ask(client, more="&show=1")
    assert "no-store" in response.headers["Cache-Control"]


def test_whoever_is_shown_them_has_seen_them(client: Client) -> None:
    build.published()
    client.force_login(cast.cleo())
    ask(client)
    assert not Visit.objects.exists()
    ask(client, more="&show=1")
    assert Visit.objects.of(cast.cleo(), build.article()).exists()


def test_many_come_in_several_answers(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(news, "MOST_AT_ONCE", 2)
    start = timezone.now().replace(microsecond=0) - timedelta(hours=1)
    made = []
    for minute in range(3):
        with time_machine.travel(start + timedelta(minutes=minute)):
            made.append(build.published(author=cast.cleo(), body=f"No {minute}.").pk)
    assert ids(client) == made[:2]
    html = ask(client, more="&show=1").content.decode()
    until = int(html.split('data-until="')[1].split('"')[0])
    assert until == int((start + timedelta(minutes=1)).timestamp())
    assert ids(client, until)[-1] == made[2]


def test_pages_made_together_ask_the_same() -> None:
    moment = timezone.now().replace(second=12, microsecond=0)
    tokens = {token_of(moment + timedelta(seconds=n)) for n in range(10)}
    assert len(tokens) <= 2
    token = token_of(moment)
    since = moment_of(str(token))
    assert since is not None
    assert timedelta(seconds=10) <= moment - since < timedelta(seconds=25)


def test_it_is_found_by_its_index() -> None:
    found = news._new(build.article(), _nobody(), timezone.now())
    if connection.vendor == "sqlite":
        assert "comment_new_since" in found.values_list("pk")[:100].explain()


def _nobody() -> Any:
    from django.contrib.auth.models import AnonymousUser

    return AnonymousUser()
