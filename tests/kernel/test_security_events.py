"""What an operator asks after a bad night has a name in the log; people are numbers."""

from http import HTTPStatus
from typing import Any

import pytest
from allauth.usersessions.models import UserSession
from django.test import Client

from ethicsforum.accounts.models import User
from tests import cast
from tests.accounts.test_second_factor import set_up_app
from tests.log_output import captured

pytestmark = pytest.mark.django_db


def sign_in(client: Client, password: str = cast.PASSWORD) -> None:
    client.post("/accounts/login/", {"login": "ann@example.org", "password": password})


def test_in_and_out_again(client: Client, ann: User) -> None:
    with captured() as output:
        sign_in(client)
        client.post("/accounts/logout/")
    assert output.events() == ["login", "logout"]
    assert {line["user"] for line in output.of("ethicsforum.security")} == {ann.pk}
    assert all(line["request_id"] for line in output.of("ethicsforum.security"))


def test_a_wrong_password(client: Client, ann: User) -> None:
    with captured() as output:
        sign_in(client, "wrong")
    assert output.events() == ["login_failed"]
    assert "wrong" not in output.text
    assert ann.email not in output.text


def test_another_password(client: Client, ann: User) -> None:
    sign_in(client)
    words = "another phrase of my own"
    fields = {"oldpassword": cast.PASSWORD, "password1": words, "password2": words}
    with captured() as output:
        client.post("/accounts/password/change/", fields)
    assert "password_changed" in output.events()
    assert words not in output.text


def test_what_one_may_not_do(client: Client, mia: User) -> None:
    client.force_login(mia)
    with captured() as output:
        response = client.get("/admin/accounts/user/add/")
    assert response.status_code == HTTPStatus.FORBIDDEN
    (line,) = output.of("ethicsforum.security")
    assert (line["event"], line["user"]) == ("permission_refused", mia.pk)
    assert line["route"] == "/admin/accounts/user/add/"
    assert line["level"] == "warning"


def test_too_often(client: Client, settings: Any) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"signup": "1/m/ip"}
    with captured() as output:
        for _ in range(2):
            client.post("/accounts/signup/")
    (line,) = output.of("ethicsforum.security")
    assert (line["event"], line["route"]) == ("rate_limited", "/accounts/signup/")


def test_the_admin_is_opened_once_for_each_session(client: Client, mia: User) -> None:
    with captured() as output:
        for _ in range(2):
            client.force_login(mia)
            client.get("/admin/")
            client.get("/admin/comments/queueitem/")
            client.logout()
        client.get("/admin/")
    assert output.events().count("admin_opened") == 2
    assert {line["user"] for line in output.of("ethicsforum.security")} == {mia.pk}


def test_nobody_is_looked_up_for_a_line(client: Client, ann: User) -> None:
    client.force_login(ann)
    with captured() as output:
        client.get("/robots.txt")
    (line,) = output.of("ethicsforum.requests")
    assert line["user"] is None


@pytest.mark.django_db(transaction=True)  # it is told after commit
def test_a_factor_comes_and_goes(client: Client, ann: User) -> None:
    with captured() as output:
        set_up_app(client, ann)
        client.post("/accounts/2fa/totp/deactivate/")
    told = output.of("ethicsforum.security")
    added = [line for line in told if line["event"] == "factor_added"]
    assert ("totp", ann.pk) in {(line["factor"], line["user"]) for line in added}
    assert "factor_removed" in output.events()


def test_a_session_that_is_ended_from_elsewhere(client: Client, ann: User) -> None:
    sign_in(client)
    with captured() as output:
        UserSession.objects.get(user=ann).end()
    (line,) = output.of("ethicsforum.security")
    assert (line["event"], line["user"]) == ("session_ended", ann.pk)
