"""Votes, follow and mute on the article's page: who is offered and shown what."""

import re
from datetime import timedelta
from http import HTTPStatus
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from comments.actions.following import follow, mute
from comments.actions.voting import Axis, Choice, vote
from comments.models import Comment
from ethicsforum.accounts.models import User
from ethicsforum.page_cache import here
from tests import build, cast

pytestmark = pytest.mark.django_db
LATER = timedelta(minutes=settings.VOTES_SHOWN_AFTER_MINUTES)


@pytest.fixture
def comment(db: None) -> Comment:
    return build.published(author=cast.cleo(), body="Worth a vote.")


@pytest.fixture
def reader(client: Client, ben: User) -> User:
    client.force_login(ben)
    return ben


def page(client: Client) -> str:
    response = client.get("/articles/triage/")
    assert response.status_code == HTTPStatus.OK
    return str(response.content.decode()).split('id="discussion"')[1]


def pressed(html: str) -> list[str]:
    found = re.findall(r'<button id="vote-\d+-([\w-]+)"[^>]*aria-pressed="true"', html)
    return [str(one) for one in found]


def test_members_are_offered_both(
    client: Client, reader: User, comment: Comment
) -> None:
    html = page(client)
    assert html.count(f'action="/comments/{comment.pk}/votes/"') == 2
    assert html.count("<button id=") == html.count("aria-pressed=")
    assert pressed(html) == []


def test_and_find_their_own_again(
    client: Client, reader: User, comment: Comment
) -> None:
    vote(comment, member=reader, axis=Axis.VALUE, choice=Choice.UP)
    vote(comment, member=reader, axis=Axis.AGREE, choice=Choice.DOWN)
    vote(comment, member=cast.ann(), axis=Axis.AGREE, choice=Choice.UP)
    assert pressed(page(client)) == ["value-up", "agree-down"]


@pytest.mark.parametrize("make", [build.removed, build.hidden])
def test_what_is_gone_has_no_votes(client: Client, reader: User, make: Any) -> None:
    make(author=cast.cleo())
    assert "/votes/" not in page(client)


def test_authors_see_counts_like_everybody_else(
    client: Client, comment: Comment
) -> None:
    vote(comment, member=cast.ben(), axis=Axis.VALUE, choice=Choice.UP)
    vote(comment, member=cast.ben(), axis=Axis.AGREE, choice=Choice.DOWN)
    client.force_login(cast.cleo())
    assert "/votes/" not in page(client)
    assert "disagree" not in page(client)
    with time_machine.travel(timezone.now() + LATER):
        client.force_login(cast.cleo())
        html = page(client)
    assert "1 yes, 0 no" in html
    assert "0 agree, 1 disagree" in html
    assert "/votes/" not in html


def test_visitors_see_counts_and_no_buttons(client: Client, comment: Comment) -> None:
    vote(comment, member=cast.ben(), axis=Axis.VALUE, choice=Choice.UP)
    assert "1 yes" not in page(client)
    with time_machine.travel(timezone.now() + LATER):
        html = page(client)
    assert "1 yes, 0 no" in html
    assert "/votes/" not in html


def test_suspended_members_are_offered_none(
    client: Client, reader: User, comment: Comment
) -> None:
    build.suspended(author=reader, under=build.article("elsewhere"))
    assert "/votes/" not in page(client)


def test_what_a_muted_person_wrote_is_folded(
    client: Client, reader: User, comment: Comment
) -> None:
    build.published(author=cast.ann(), body="Somebody else.")
    assert '<details class="comment-self"' not in page(client)
    mute(cast.cleo(), member=reader)
    html = page(client)
    assert html.count('<details class="comment-self"') == 1
    client.logout()
    assert '<details class="comment-self"' not in page(client)


def test_a_tombstone_does_not_say_whose_it_is(client: Client, reader: User) -> None:
    build.removed(author=cast.cleo())
    mute(cast.cleo(), member=reader)
    assert "Cleo" not in page(client)


def test_the_discussion_can_be_followed_from_its_head(
    client: Client, reader: User, comment: Comment
) -> None:
    assert 'action="/articles/triage/follow/"' in page(client)
    follow(comment.article, member=reader)
    assert "You hear of new comments here." in page(client)
    client.logout()
    assert "/follow/" not in page(client)


def test_names_lead_to_their_page(client: Client, comment: Comment) -> None:
    address = f"/members/{cast.cleo().pk}/"
    assert f'<a href="{address}"><bdi>Cleo</bdi></a>' in page(client)
    cast.cleo().delete()
    assert "/members/" not in page(client)


def test_votes_cost_the_same_for_many(
    client: Client, reader: User, comment: Comment
) -> None:
    def look() -> int:
        here.memory.clear()
        with CaptureQueriesContext(connection) as queries:
            page(client)
        return len(queries)

    vote(comment, member=reader, axis=Axis.VALUE, choice=Choice.UP)
    mute(cast.ann(), member=reader)
    look()  # the first visit is noted
    few = look()
    for number in range(6):
        more = build.published(author=cast.member(f"Writer {number}"), body=f"{number}")
        vote(more, member=reader, axis=Axis.AGREE, choice=Choice.UP)
        mute(more.author, member=reader)
    assert look() == few
