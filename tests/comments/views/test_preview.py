"""POST /comments/preview/"""

from http import HTTPStatus
from typing import Any
from urllib.parse import unquote

import pytest
from django.test import Client

from comments.models import Comment
from ethicsforum.accounts.models import User
from tests import build

pytestmark = pytest.mark.django_db
HERE = "/comments/preview/"
LINKS = "https://a.example https://b.example https://c.example"


@pytest.fixture
def member(client: Client, ben: User) -> Client:
    client.force_login(ben)
    return client


def preview(client: Client, **fields: Any) -> str:
    response = client.post(HERE, fields)
    assert response.status_code == HTTPStatus.OK
    assert "no-store" in response.headers["Cache-Control"]
    return response.content.decode()


def test_the_text_as_it_will_stand_there(member: Client) -> None:
    html = preview(member, body="Some *stress* and <script>x</script>.")
    assert "<em>stress</em>" in html
    assert "<script>" not in html
    assert "<html" not in html
    assert not Comment.objects.exists()


def test_what_the_other_person_means_comes_first(member: Client) -> None:
    html = preview(member, body="But no.", steelman="You mean yes.", parent="1")
    assert html.index("As I understand you:") < html.index("But no.")


def test_a_text_that_would_wait(member: Client) -> None:
    html = preview(member, body=LINKS)
    assert "will wait for a moderator" in html
    assert "send it as it is" in html
    assert 'name="looked"' not in html
    assert "will wait" not in preview(member, body="Nothing to see.")


def test_the_text_that_is_edited_is_no_repeat_of_itself(
    member: Client, ben: User
) -> None:
    made = build.published(author=ben, body="Word for word.")
    assert "posted before" in preview(member, body="Word for word.")
    assert "posted before" not in preview(
        member, body="Word for word.", comment=made.pk
    )
    assert "posted before" in preview(member, body="Word for word.", comment="x")


@pytest.mark.parametrize(
    ("body", "says"), [("x" * 10_001, "10,001"), ("a\x00b", "NUL"), ("\ufffd", "�")]
)
def test_what_is_wrong_is_said(member: Client, body: str, says: str) -> None:
    assert says in preview(member, body=body)


def test_both_parts_together_have_the_limit_of_a_comment(member: Client) -> None:
    html = preview(member, body="x" * 9_990, steelman="y" * 100)
    assert "at most 10,000" in html


def test_nothing_written_nothing_shown(member: Client) -> None:
    assert preview(member, body=" \n").strip() == ""


def led_to(client: Client, page: str, **fields: str) -> str:
    """Where a visitor comes back to who writes on that page."""
    headers = {"HX-Request": "true", "HX-Current-URL": page}
    answer = client.post(HERE, {"body": "x", **fields}, headers=headers)
    address, _, back = answer.headers["HX-Redirect"].partition("?next=")
    assert address == "/accounts/login/"
    return unquote(back)


def test_a_visitor_is_sent_to_sign_in(client: Client) -> None:
    response = client.post(HERE, {"body": "x"})
    assert response.status_code == HTTPStatus.FOUND
    assert led_to(client, "http://evil.example/x/") == "/"


def test_and_back_to_the_form_that_holds_the_draft(client: Client) -> None:
    page = "http://testserver/articles/triage/"
    here = "/articles/triage/"
    assert led_to(client, page) == f"{here}#comment-form"
    assert led_to(client, page, parent="7") == f"{here}?reply_to=7#comment-form"
    assert led_to(client, page, parent="x&y") == f"{here}#comment-form"
    edit = "/comments/7/edit/"
    assert led_to(client, f"http://testserver{edit}", comment="7") == edit


def test_a_token_is_needed(ben: User) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(ben)
    assert strict.post(HERE, {"body": "x"}).status_code == HTTPStatus.FORBIDDEN


def test_get_is_not_allowed(member: Client) -> None:
    assert member.get(HERE).status_code == HTTPStatus.METHOD_NOT_ALLOWED
