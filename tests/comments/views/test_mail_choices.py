"""`/notices/mail/`, and `/unsubscribe/<token>/`, which needs nobody signed in."""

from http import HTTPStatus

import pytest
from django.core.signing import Signer
from django.test import Client

from comments.mailing.choices import TOPICS
from comments.mailing.tokens import read_token, token_for
from comments.models import Delivery, MailChoice
from ethicsforum.accounts.models import User

pytestmark = pytest.mark.django_db

PAGE = "/notices/mail/"
ALL = {
    "replies": "weekly",
    "mentions": "daily",
    "followed": "never",
    "decisions": "at-once",
}


@pytest.fixture
def site(client: Client, ben: User) -> Client:
    client.force_login(ben)
    return client


@pytest.fixture
def stranger() -> Client:
    """A mail program: no session, and the site is strict about forms."""
    return Client(enforce_csrf_checks=True)


# --- The page of choices --------------------------------------------------------------


def test_it_shows_what_holds_and_saves_what_is_chosen(site: Client, ben: User) -> None:
    html = site.get(PAGE).content.decode()
    assert html.count('value="at-once" selected') == 3
    assert html.count('value="daily" selected') == 1
    response = site.post(PAGE, ALL, follow=True)
    assert response.redirect_chain == [(PAGE, HTTPStatus.FOUND)]
    assert "Saved." in response.content.decode()
    row = MailChoice.objects.get(member=ben)
    assert {name: getattr(row, name) for name in ALL} == ALL
    assert 'value="weekly" selected' in site.get(PAGE).content.decode()


def test_nonsense_is_refused(site: Client) -> None:
    response = site.post(PAGE, {**ALL, "replies": "hourly"})
    assert response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert not MailChoice.objects.exists()


def test_visitors_are_asked_to_sign_in(client: Client) -> None:
    response = client.get(PAGE)
    assert response.headers["Location"].startswith("/accounts/login/")


@pytest.mark.parametrize("address", ["/notices/", "/accounts/"])
def test_notices_and_the_account_lead_there(site: Client, address: str) -> None:
    assert site.get(address).content.decode().count(f'href="{PAGE}"') == 1


# --- One click ------------------------------------------------------------------------


def address(member: User, topic: str = "replies") -> str:
    return f"/unsubscribe/{token_for(member.pk, topic)}/"


def test_a_mail_program_switches_it_off(stranger: Client, ben: User) -> None:
    for _ in range(2):
        body = {"List-Unsubscribe": "One-Click"}
        response = stranger.post(address(ben), body)
        assert response.status_code == HTTPStatus.OK
        assert "Switched off" in response.content.decode()
    row = MailChoice.objects.get(member=ben)
    assert (row.replies, row.mentions) == (Delivery.NEVER, Delivery.AT_ONCE)


def test_to_look_at_it_changes_nothing(stranger: Client, ben: User) -> None:
    response = stranger.get(address(ben))
    html = response.content.decode()
    assert "replies to your comments" in html
    assert 'method="post"' in html
    assert f'href="{PAGE}"' in html
    assert "no-store" in response.headers["Cache-Control"]
    stranger.head(address(ben))
    assert not MailChoice.objects.exists()


def test_the_page_names_nobody_and_signs_nobody_in(stranger: Client, ben: User) -> None:
    html = stranger.post(address(ben)).content.decode()
    assert ben.username not in html
    assert ben.email not in html
    assert stranger.get(PAGE).status_code == HTTPStatus.FOUND
    assert not stranger.cookies


@pytest.mark.parametrize("topic", TOPICS)
def test_each_topic_has_its_words(topic: str, stranger: Client, ben: User) -> None:
    assert stranger.post(address(ben, topic)).status_code == HTTPStatus.OK
    assert read_token(token_for(ben.pk, topic)) == (ben.pk, topic)


@pytest.mark.parametrize("how", ["changed", "unsigned", "other salt", "other topic"])
def test_a_token_that_the_site_did_not_make(
    how: str, stranger: Client, ben: User
) -> None:
    token = {
        "changed": token_for(ben.pk, "replies").replace("replies", "decisions"),
        "unsigned": f"{ben.pk}-replies",
        "other salt": Signer(sep=".").sign(f"{ben.pk}-replies"),
        "other topic": token_for(ben.pk, "password"),
    }[how]
    for response in (
        stranger.get(f"/unsubscribe/{token}/"),
        stranger.post(f"/unsubscribe/{token}/"),
    ):
        assert response.status_code == HTTPStatus.NOT_FOUND
    assert not MailChoice.objects.exists()


def test_who_left_has_nothing_to_switch_off(stranger: Client, ben: User) -> None:
    link = address(ben)
    ben.delete()
    assert stranger.post(link).status_code == HTTPStatus.NOT_FOUND
