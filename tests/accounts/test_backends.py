"""A person's permissions: Django's own answers, in one query."""

from typing import Any

import pytest
from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.models import Permission

from ethicsforum.accounts.models import User
from tests import cast

pytestmark = pytest.mark.django_db


def fresh(user: User) -> User:
    """With nothing read yet."""
    return User.objects.get(pk=user.pk)


def test_own_and_groups_in_one_query(mia: User, django_assert_num_queries: Any) -> None:
    mia.user_permissions.add(Permission.objects.get(codename="change_article"))
    user = fresh(mia)
    with django_assert_num_queries(1):
        assert user.has_perm("comments.decide_queueitem")
        assert user.has_perm("articles.change_article")
        assert not user.has_perm("comments.change_rule")
        assert user.get_user_permissions() == {"articles.change_article"}
        assert "comments.decide_queueitem" in user.get_group_permissions()


@pytest.mark.parametrize("who", ["mia", "eda", "root", "ben", "gone"])
def test_the_answers_are_djangos(who: str) -> None:
    people = {"mia": cast.mia, "eda": cast.eda, "root": cast.root, "ben": cast.ben}
    user = people.get(who, cast.mia)()
    if who == "gone":
        User.objects.filter(pk=user.pk).update(is_active=False)
    user.user_permissions.add(Permission.objects.get(codename="change_article"))
    djangos, ours = ModelBackend(), fresh(user)
    theirs = fresh(user)
    assert ours.get_all_permissions() == djangos.get_all_permissions(theirs)
    assert ours.get_user_permissions() == djangos.get_user_permissions(theirs)
    assert ours.get_group_permissions() == djangos.get_group_permissions(theirs)


def test_about_one_object_nobody_has_a_permission(mia: User) -> None:
    assert not fresh(mia).has_perm("comments.decide_queueitem", mia)


def test_members_sign_in_through_it(client: Any, ben: User) -> None:
    sent = {"login": ben.email, "password": cast.PASSWORD}
    client.post("/accounts/login/", sent)
    backend = client.session["_auth_user_backend"]
    assert backend == "ethicsforum.accounts.backends.OneQueryBackend"
