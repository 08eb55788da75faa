"""What moderators and editors keep in the admin: words, rules, thresholds."""

from http import HTTPStatus

import pytest
from django.test import Client

from comments.models import Rule, ScreeningPolicy, WatchedWord
from ethicsforum.accounts.models import User
from tests import build, cast

pytestmark = pytest.mark.django_db


def test_moderators_keep_the_watched_words(client: Client, mia: User) -> None:
    client.force_login(mia)
    client.post("/admin/comments/watchedword/add/", {"phrase": "free money*"})
    assert WatchedWord.objects.get().phrase == "free money*"


@pytest.mark.parametrize("phrase", ["*", " ", "a", "a*b c", "!!"])
def test_a_phrase_that_would_hold_everything_is_refused(
    client: Client, mia: User, phrase: str
) -> None:
    client.force_login(mia)
    response = client.post("/admin/comments/watchedword/add/", {"phrase": phrase})
    assert response.status_code == HTTPStatus.OK
    assert not WatchedWord.objects.exists()


def test_editors_change_a_rule_but_not_its_code(client: Client, eda: User) -> None:
    rule = build.rule("question")
    client.force_login(eda)
    fields = {"title": "Stay here", "text": "T", "template": "E", "position": 1}
    fields["dsa_category"] = rule.dsa_category
    client.post(f"/admin/comments/rule/{rule.pk}/change/", {"code": "x", **fields})
    rule.refresh_from_db()
    assert (rule.code, rule.title) == ("question", "Stay here")


def test_a_rule_is_never_deleted(client: Client) -> None:
    client.force_login(cast.root())
    rule = build.rule("question")
    response = client.post(f"/admin/comments/rule/{rule.pk}/delete/", {"post": "yes"})
    assert response.status_code == HTTPStatus.FORBIDDEN
    assert Rule.objects.filter(pk=rule.pk).exists()


def test_the_thresholds_are_one_row_with_a_version(client: Client, eda: User) -> None:
    client.force_login(eda)
    response = client.get("/admin/comments/screeningpolicy/")
    address = response.headers["Location"]
    before = ScreeningPolicy.current()
    names = [
        f.name for f in ScreeningPolicy._meta.fields if f.editable and f.name != "id"
    ]
    fields = {name: getattr(before, name) for name in names}
    client.post(address, {**fields, "max_links": 7})
    after = ScreeningPolicy.current()
    assert (after.max_links, after.version) == (7, before.version + 1)


def test_a_look_alike_name_is_refused_in_the_admin_too(client: Client) -> None:
    cast.member("Ann")
    client.force_login(cast.root())
    fields = {
        "email": "other@example.org",
        "username": "An-n",
        "usable_password": "true",
        "password1": cast.PASSWORD,
        "password2": cast.PASSWORD,
    }
    response = client.post("/admin/accounts/user/add/", fields)
    assert response.status_code == HTTPStatus.OK
    assert "Somebody already has this name" in response.content.decode()


def test_nobody_deletes_themselves_in_the_admin(client: Client) -> None:
    root = cast.root()
    client.force_login(root)
    response = client.post(f"/admin/accounts/user/{root.pk}/delete/", {"post": "yes"})
    assert response.status_code == HTTPStatus.FORBIDDEN
