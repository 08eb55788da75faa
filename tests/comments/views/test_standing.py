"""What a limited or suspended member sees, can do, and can't."""

from datetime import timedelta
from http import HTTPStatus
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from comments.actions.sanctioning import lift
from comments.actions.screening import screen
from comments.models import Comment, Sanction
from comments.policies import Action, actions_for, why_not_comment
from comments.screening.reasons import for_author, for_moderator
from comments.states import State
from ethicsforum.accounts.models import User
from tests import build, cast

pytestmark = pytest.mark.django_db
ARTICLE = "/articles/triage/"


@pytest.fixture
def suspension(ann: User) -> Sanction:
    return build.suspended(author=ann, body="The occasion.")


@pytest.fixture
def site(client: Client, ann: User) -> Client:
    client.force_login(ann)
    return client


def page(client: Client, address: str = ARTICLE) -> str:
    response = client.get(address)
    assert response.status_code == HTTPStatus.OK
    return str(response.content.decode())


# --- Suspended ------------------------------------------------------------


def test_the_sentence_stands_where_the_form_was(
    site: Client, suspension: Sanction
) -> None:
    html = page(site)
    assert "your account is suspended" in html
    assert f'href="/decisions/{suspension.decision_id}/"' in html
    assert 'name="body"' not in html
    assert "confirm your e-mail" not in html
    assert html.count('id="comment-form"') == 1


def test_limited_as_well_it_is_said_twice_at_one_place(
    site: Client, suspension: Sanction, ann: User
) -> None:
    build.limited(author=ann, body="Another occasion.")
    html = page(site)
    assert html.count('class="notice-box"') == 2
    assert html.count('id="comment-form"') == 1


def test_a_post_is_refused_and_the_text_kept(
    site: Client, suspension: Sanction
) -> None:
    before = Comment.objects.count()
    fields = {"body": "Words of <mine>."}
    response = site.post(f"{ARTICLE}comments/", fields)
    html = response.content.decode()
    assert response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "Words of &lt;mine&gt;." in html
    assert html.count("your account is suspended") == 1
    assert f'<a href="/decisions/{suspension.decision_id}/">' in html
    assert Comment.objects.count() == before


def test_an_edit_is_refused_and_the_text_kept(
    site: Client, suspension: Sanction
) -> None:
    comment = suspension.decision.comment
    address = f"/comments/{comment.pk}/edit/"
    asked = page(site, address)
    assert "your account is suspended" in asked
    assert 'name="body"' not in asked
    response = site.post(address, {"body": "Other words."})
    assert response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "Other words." in response.content.decode()
    assert comment.revisions.count() == 1


def test_the_buttons_that_would_be_refused_are_gone(
    suspension: Sanction, ann: User
) -> None:
    comment = build.fresh(suspension.decision.comment)
    assert actions_for(ann, comment) == {Action.WITHDRAW}


def test_what_is_left_to_a_suspended_member(site: Client, suspension: Sanction) -> None:
    statement = page(site, f"/decisions/{suspension.decision_id}/")
    assert "About the person." in statement
    assert "your account is suspended" in page(site, "/notices/")
    comment = suspension.decision.comment
    site.post(f"/comments/{comment.pk}/withdraw/")
    assert build.fresh(comment).state == State.WITHDRAWN


def test_it_ends_by_itself(site: Client, suspension: Sanction) -> None:
    with time_machine.travel(timezone.now() + timedelta(days=8)):
        assert 'name="body"' in page(site)
        response = site.post(f"{ARTICLE}comments/", {"body": "Back again."})
    assert response.status_code == HTTPStatus.FOUND


def test_it_ends_when_it_is_lifted(site: Client, suspension: Sanction) -> None:
    lift(suspension, moderator=cast.max_(), explanation="An error.")
    assert 'name="body"' in page(site)
    assert "is suspended" not in page(site)
    assert "A moderator has taken back" in page(site, "/notices/")


def test_others_are_not_told(client: Client, suspension: Sanction) -> None:
    assert "suspended" not in page(client)
    client.force_login(cast.cleo())
    assert "suspended" not in page(client)
    response = client.get(f"/decisions/{suspension.decision_id}/")
    assert response.status_code == HTTPStatus.NOT_FOUND


def test_a_closed_discussion_comes_first(
    site: Client, suspension: Sanction, ann: User
) -> None:
    article = build.article()
    article.discussion = article.Discussion.CLOSED
    article.save()
    assert "closed" in why_not_comment(ann, article)
    assert "is suspended" not in page(site)


# --- Limited --------------------------------------------------------------


def test_a_limited_member_is_told_beside_the_form(site: Client, ann: User) -> None:
    limit = build.limited(author=ann)
    html = page(site)
    assert "a moderator reads each of your comments" in html
    assert f'href="/decisions/{limit.decision_id}/"' in html
    assert 'name="body"' in html
    assert "a moderator reads each" in page(site, "/notices/")


def test_each_text_of_theirs_is_held(ann: User) -> None:
    build.limited(author=ann)
    decision = screen(build.text_of(build.comment(author=ann, body="Harmless.")).pk)
    assert decision is not None
    assert decision.to_state == State.HELD
    (finding,) = decision.findings
    assert finding["screener"] == "limited"
    year = str((timezone.now() + timedelta(days=7)).year)
    assert f"{year}, " in for_moderator(finding)
    assert for_author(finding).startswith("until ")


def test_a_limit_that_is_over_holds_nothing(ann: User) -> None:
    lift(build.limited(author=ann), moderator=cast.max_(), explanation="Enough.")
    decision = screen(build.text_of(build.comment(author=ann, body="Free.")).pk)
    assert decision is not None
    assert decision.to_state == State.PUBLISHED


def test_a_suspension_alone_does_not_hold(ann: User) -> None:
    """What was accepted before it is screened like any other text."""
    waiting = build.text_of(build.comment(author=ann, body="Sent before."))
    build.suspended(author=ann)
    decision = screen(waiting.pk)
    assert decision is not None
    assert decision.to_state == State.PUBLISHED


# --- Cost and hostility ---------------------------------------------------


def test_it_costs_a_member_one_query(site: Client, ann: User) -> None:
    for number in range(5):
        build.published(author=ann, body=f"Number {number}.")
    with CaptureQueriesContext(connection) as seen:
        page(site)
    asked = [q for q in seen.captured_queries if "comments_sanction" in q["sql"]]
    assert len(asked) == 1


def test_it_costs_a_reader_none(client: Client, ann: User) -> None:
    with CaptureQueriesContext(connection) as seen:
        page(client)
    assert not [q for q in seen.captured_queries if "comments_sanction" in q["sql"]]


def test_hostile_words_stay_words(
    site: Client, ann: User, mia: User, settings: Any
) -> None:
    from comments.actions.deciding import Reason
    from comments.actions.sanctioning import warn

    words = "<script>alert(1)</script>\r\nBcc: all@example.org {{ 7|add:7 }}"
    occasion = build.text_of(build.published(author=ann, body="An occasion."))
    warn(occasion, moderator=mia, reason=Reason(build.rule(), words))
    assert "<script>alert" not in page(site, "/notices/")
