"""An admin deletes a member: the same deletion, begun at once."""

from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission
from django.test import Client

from comments.models import Decision
from ethicsforum.accounts.models import User
from ethicsforum.accounts.privacy.actions.leaving import (
    CARRY_OUT,
    ask_deletion,
    carry_out,
)
from ethicsforum.accounts.privacy.models import Deletion
from tests import build, cast

pytestmark = pytest.mark.django_db


def address(member: User) -> str:
    return f"/admin/accounts/user/{member.pk}/delete/"


@pytest.fixture
def admin() -> Client:
    client = Client()
    client.force_login(cast.root())
    return client


def test_the_worker_does_it_and_the_history_forgets_the_name(
    admin: Client,
    ben: User,
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: Any,
) -> None:
    sent: list[tuple[str, int]] = []

    def note(task: str, pk: int, *, after: float = 0) -> bool:
        sent.append((task, pk))
        return True

    monkeypatch.setattr("ethicsforum.dispatch.send", note)
    made = build.published(author=ben)
    with django_capture_on_commit_callbacks(execute=True):
        assert admin.post(address(ben), {"post": "yes"}).status_code == 302
    deletion = Deletion.objects.get()
    assert (CARRY_OUT, deletion.pk) in sent
    assert LogEntry.objects.get().object_repr == "Ben"
    assert carry_out(deletion.pk)
    assert not User.objects.filter(pk=ben.pk).exists()
    assert build.fresh(made).author_name == "former member"
    assert LogEntry.objects.get().object_repr == ""


def test_a_moderator_can_be_deleted_and_their_decisions_stay(admin: Client) -> None:
    decision = build.rejected(by=cast.max_())
    page = admin.get(address(cast.max_())).content.decode()
    assert "your votes" in page
    admin.post(address(cast.max_()), {"post": "yes"})
    assert carry_out(Deletion.objects.get().pk)
    assert Decision.objects.filter(pk=decision.pk).exists()


def test_what_was_asked_for_is_only_begun_sooner(admin: Client, ben: User) -> None:
    ask_deletion(ben, comments=Deletion.Comments.WITHDRAW)
    admin.post(address(ben), {"post": "yes"})
    [deletion] = Deletion.objects.all()
    assert deletion.comments == Deletion.Comments.WITHDRAW
    assert carry_out(deletion.pk)


def test_nobody_deletes_the_last_who_may_do_everything() -> None:
    eda = cast.eda()
    eda.user_permissions.add(Permission.objects.get(codename="delete_user"))
    client = Client()
    client.force_login(eda)
    assert client.post(address(cast.root()), {"post": "yes"}).status_code == 403
    assert not Deletion.objects.exists()
