"""/comments/<id>/report/: who may, what it asks, what it says."""

from datetime import timedelta
from functools import partial
from http import HTTPStatus
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.test import Client
from django.utils import timezone

from comments.actions.deciding import Decider, lock_comment, record
from comments.actions.moderating import remove_comment
from comments.actions.posting import withdraw_comment
from comments.models import Comment, Report, Rule, Sanction
from comments.states import Measure
from ethicsforum.accounts.models import User
from tests import build, cast

pytestmark = pytest.mark.django_db
UNPROCESSABLE = HTTPStatus.UNPROCESSABLE_ENTITY


@pytest.fixture
def comment(db: None) -> Comment:
    return build.published(author=cast.ben(), body="The *reported* words.")


@pytest.fixture
def rosa(client: Client) -> User:
    user = build.reporter()
    client.force_login(user)
    return user


def at(comment: Comment) -> str:
    return f"/comments/{comment.pk}/report/"


def page(client: Client, comment: Comment) -> str:
    response = client.get(at(comment))
    assert response.status_code == HTTPStatus.OK
    return str(response.content.decode())


def send(client: Client, comment: Comment, **fields: Any) -> Any:
    return client.post(at(comment), {"rule": "harm", "note": "See the end.", **fields})


def test_the_page_shows_the_comment_and_every_rule_in_force(
    client: Client, comment: Comment, rosa: User
) -> None:
    Rule.objects.filter(code="quotation").update(retired_at=timezone.now())
    html = page(client, comment)
    assert "The <em>reported</em> words." in html
    assert html.count('type="radio" name="rule"') == Rule.objects.in_force().count()
    assert build.rule("harm").text in html
    assert "Quote, don’t copy" not in html
    assert f"/moderation/notice/?comment={comment.pk}" in html
    assert not Report.objects.exists()


def test_a_report_is_made_and_the_page_thanks(
    client: Client, comment: Comment, rosa: User
) -> None:
    response = send(client, comment)
    assert response.status_code == HTTPStatus.FOUND
    assert response.headers["Location"] == at(comment)
    report = Report.objects.get()
    assert (report.reporter, report.note) == (rosa, "See the end.")
    html = page(client, comment)
    assert "Thank you. Your report is with the moderators" in html
    assert "See the end." in html
    assert "<textarea" not in html


def test_a_second_report_hears_of_the_first(
    client: Client, comment: Comment, rosa: User
) -> None:
    send(client, comment)
    response = send(client, comment, rule="person")
    assert "with the moderators" in response.content.decode()
    assert Report.objects.get().rule == build.rule("harm")


@pytest.mark.parametrize(
    ("approves", "words"),
    [(True, "read the comment and left it up"), (False, "The comment was taken down.")],
)
def test_the_page_has_the_outcome(
    client: Client, comment: Comment, rosa: User, approves: bool, words: str
) -> None:
    send(client, comment)
    build.answer(build.reported_item(comment), approves)
    html = page(client, comment)
    assert words in html
    assert "The <em>reported</em> words." not in html


def test_a_dismissed_rule_is_said_to_be_so(
    client: Client, comment: Comment, rosa: User
) -> None:
    build.reported(comment, build.reporter("Sam"), "harm")
    build.leave_up(comment)
    send(client, comment)
    assert "under this rule before, and left it up" in page(client, comment)


@pytest.mark.parametrize("fields", [{"rule": ""}, {"rule": "none"}, {"rule": "\0"}])
def test_without_a_rule_nothing_is_lost(
    client: Client, comment: Comment, rosa: User, fields: dict[str, str]
) -> None:
    response = send(client, comment, **fields)
    assert response.status_code == UNPROCESSABLE
    html = response.content.decode()
    assert "See the end." in html
    assert 'id="rule-error"' in html
    assert not Report.objects.exists()


def test_the_chosen_rule_stays_chosen(
    client: Client, comment: Comment, rosa: User
) -> None:
    response = send(client, comment, note="x" * 2001)
    assert response.status_code == UNPROCESSABLE
    html = response.content.decode()
    assert 'value="harm" id="rule-harm" required checked' in html
    assert "x" * 2001 in html


def test_lines_count_as_the_browser_counts_them(
    client: Client, comment: Comment, rosa: User
) -> None:
    note = "\r\n".join("a" for _ in range(1000))
    assert send(client, comment, note=note).status_code == HTTPStatus.FOUND
    assert len(Report.objects.get().note) == 1999


def test_markup_in_a_note_is_text(client: Client, comment: Comment, rosa: User) -> None:
    send(client, comment, note="<script>alert(1)</script>{{ 7|add:7 }}")
    html = page(client, comment)
    assert "&lt;script&gt;alert(1)&lt;/script&gt;{{ 7|add:7 }}" in html


def test_a_nul_is_refused(client: Client, comment: Comment, rosa: User) -> None:
    assert send(client, comment, note="a\0b").status_code == UNPROCESSABLE


# --- Who may ----------------------------------------------------------------


def test_visitors_sign_in_first_or_file_a_notice(
    client: Client, comment: Comment
) -> None:
    strict = Client(enforce_csrf_checks=True)
    for response in (client.get(at(comment)), strict.post(at(comment))):
        assert response.status_code == HTTPStatus.FOUND
        assert response.headers["Location"] == f"/accounts/login/?next={at(comment)}"
    html = client.get(at(comment), follow=True).content.decode()
    assert f'<a href="/moderation/notice/?comment={comment.pk}">file a notice' in html


def test_a_member_needs_the_token(comment: Comment) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(build.reporter())
    assert strict.post(at(comment)).status_code == HTTPStatus.FORBIDDEN


def refused(client: Client, comment: Comment) -> str:
    """The reason, which the page gives before and after sending."""
    asked = page(client, comment)
    assert "<form class" not in asked
    response = send(client, comment)
    assert response.status_code == UNPROCESSABLE
    assert not Report.objects.exists()
    html: str = response.content.decode()
    assert "See the end." in html
    return html


def test_not_ones_own(client: Client, comment: Comment) -> None:
    client.force_login(cast.ben())
    assert "This comment is your own" in refused(client, comment)


def test_not_without_a_verified_address(
    client: Client, comment: Comment, rosa: User
) -> None:
    EmailAddress.objects.filter(user=rosa).update(verified=False)
    assert "confirm your e-mail address" in refused(client, comment)


def test_not_while_suspended(client: Client, comment: Comment, rosa: User) -> None:
    theirs = build.published(author=rosa, body="Mine.")
    lock_comment(theirs.pk)
    decision = record(
        build.text_of(theirs),
        Measure.SUSPEND,
        by=Decider.moderator(cast.mia()),
        reason=build.reason(),
        until=timezone.now() + timedelta(days=3),
    )
    Sanction.objects.create(decision=decision, member=rosa)
    assert "your account is suspended" in refused(client, comment)


# --- What is no longer there ------------------------------------------------


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize(
    ("state", "words"),
    [
        ("hidden", "already looking at this comment"),
        ("removed", "has removed this comment already"),
        ("withdrawn", "Its author has withdrawn this comment"),
    ],
)
def test_what_is_no_longer_public(
    client: Client, rosa: User, method: str, state: str, words: str
) -> None:
    sam = build.reporter("Sam")
    make = partial(build.hidden, by=sam) if state == "hidden" else build.published
    comment = make(author=cast.ben(), body="Secret words.")
    if state == "removed":
        remove_comment(comment, moderator=cast.mia(), reason=build.reason())
    if state == "withdrawn":
        withdraw_comment(comment)
    fields = {"rule": "harm", "note": "My note."} if method == "post" else {}
    response = getattr(client, method)(at(comment), fields)
    html = response.content.decode()
    expected = HTTPStatus.CONFLICT if method == "post" else HTTPStatus.OK
    assert response.status_code == expected
    assert words in html
    assert "Secret words." not in html
    assert ("My note." in html) == (method == "post")


@pytest.mark.parametrize("path", ["/comments/{}/report/", "/comments/9{}/report/"])
def test_what_was_never_public_does_not_exist(
    client: Client, rosa: User, path: str
) -> None:
    held = build.held().comment
    response = client.get(path.format(held.pk))
    assert response.status_code == HTTPStatus.NOT_FOUND


# --- The link ---------------------------------------------------------------


def test_the_link_is_offered_to_everybody_but_the_author(
    client: Client, comment: Comment
) -> None:
    link = f'href="{at(comment)}"'
    for viewer, offered in ((None, 1), (cast.cleo(), 1), (cast.ben(), 0)):
        if viewer:
            client.force_login(viewer)
        html = client.get("/articles/triage/").content.decode()
        assert html.count(link) == offered


def test_the_page_costs_a_fixed_number_of_queries(
    client: Client, comment: Comment, rosa: User, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(7):
        page(client, comment)
    with django_assert_num_queries(20):
        send(client, comment)
