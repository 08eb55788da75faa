"""A session begins anew with each sign-in, and ends the moment it must."""

from http import HTTPStatus

import pytest
from django.test import Client

from ethicsforum.accounts.models import User
from tests import cast

pytestmark = pytest.mark.django_db
PRIVATE = "/notices/"
WORDS = "another phrase of my own"


def sign_in(client: Client) -> str:
    fields = {"login": cast.ann().email, "password": cast.PASSWORD}
    client.post("/accounts/login/", fields)
    return client.cookies["sessionid"].value


def is_in(client: Client) -> bool:
    return client.get(PRIVATE).status_code == HTTPStatus.OK


def test_a_session_that_was_planted_is_not_the_one_that_signs_in() -> None:
    """Fixation: whoever set the cookie before knows nothing afterwards."""
    attacker, victim = Client(), Client()
    attacker.session.save()
    planted = str(attacker.session.session_key)
    victim.cookies["sessionid"] = attacker.cookies["sessionid"] = planted
    assert sign_in(victim) != planted
    assert is_in(victim)
    assert not is_in(attacker)


def test_each_sign_in_has_a_session_of_its_own(ann: User) -> None:
    assert sign_in(Client()) != sign_in(Client())


def test_who_may_no_longer_sign_in_is_out_at_once(client: Client, ann: User) -> None:
    sign_in(client)
    assert is_in(client)
    User.objects.filter(pk=ann.pk).update(is_active=False)
    assert not is_in(client)


def test_another_password_ends_the_other_sessions(client: Client, ann: User) -> None:
    elsewhere = Client()
    sign_in(elsewhere)
    sign_in(client)
    fields = {"oldpassword": cast.PASSWORD, "password1": WORDS, "password2": WORDS}
    client.post("/accounts/password/change/", fields)
    assert not is_in(elsewhere)


def test_who_is_no_longer_staff_is_out_of_the_admin_at_once(
    client: Client, mia: User
) -> None:
    client.force_login(mia)
    desk = "/admin/comments/queueitem/"
    assert client.get(desk).status_code == HTTPStatus.OK
    User.objects.filter(pk=mia.pk).update(is_staff=False)
    assert client.get(desk).status_code == HTTPStatus.FOUND
