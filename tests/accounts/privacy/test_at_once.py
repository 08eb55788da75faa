"""Exports and deletions while others are at it: each is done once, and whole."""

from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from comments.actions.voting import Axis, CannotVote, Choice, vote
from comments.audit import audit
from comments.models import Comment
from ethicsforum.accounts.models import User
from ethicsforum.accounts.privacy import files
from ethicsforum.accounts.privacy.actions.exporting import ask_export, make_export
from ethicsforum.accounts.privacy.actions.leaving import (
    ask_deletion,
    carry_out,
    order_deletion,
)
from ethicsforum.accounts.privacy.models import Deletion, Export
from tests import build, cast
from tests.comments.actions.test_at_once import at_once

pytestmark = pytest.mark.django_db(transaction=True)
KEEP = Deletion.Comments.KEEP


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, settings: Any) -> None:
    settings.DATA_DIR = tmp_path


def test_one_button_pressed_many_times() -> None:
    ben = cast.ben()
    asked = at_once(*[partial(ask_export, ben)] * 4)
    assert set(asked) == {Export.objects.get()}
    asked = at_once(*[partial(ask_deletion, ben, comments=KEEP)] * 4)
    assert set(asked) == {Deletion.objects.get()}


def test_of_two_workers_one_makes_the_export() -> None:
    export = ask_export(cast.ben())
    done = at_once(*[partial(make_export, export.pk)] * 3)
    assert sorted(done) == [False, False, True]
    assert [path.name for path in files.folder().iterdir()] == [
        Export.objects.get().file
    ]


def test_two_workers_carry_out_one_deletion() -> None:
    ben = cast.ben()
    others = [build.published(author=cast.cleo(), body=f"{n}.") for n in range(4)]
    for comment in others:
        vote(comment, member=ben, axis=Axis.VALUE, choice=Choice.UP)
        build.published(author=ben, body=f"To {comment.pk}.", parent=comment)
    deletion = order_deletion(ben)
    at_once(*[partial(carry_out, deletion.pk)] * 2)
    while Deletion.objects.exists():
        carry_out(deletion.pk)
    assert not User.objects.filter(pk=ben.pk).exists()
    assert Comment.objects.filter(author=None).count() == 4
    assert not Comment.objects.exclude(value_up=0).exists()
    assert list(audit()) == []


def test_others_vote_while_somebody_leaves() -> None:
    ben, ann = cast.ben(), cast.ann()
    mine = build.published(author=ben)
    theirs = build.published(author=cast.cleo(), body="Another.")
    vote(theirs, member=ben, axis=Axis.VALUE, choice=Choice.UP)
    deletion = order_deletion(ben)

    def say(comment: Comment) -> None:
        with suppress(CannotVote):
            vote(comment, member=ann, axis=Axis.VALUE, choice=Choice.UP)

    at_once(partial(carry_out, deletion.pk), partial(say, mine), partial(say, theirs))
    while Deletion.objects.exists():
        carry_out(deletion.pk)
    counts = Comment.objects.filter(pk__in=[mine.pk, theirs.pk])
    assert set(counts.values_list("value_up", flat=True)) == {1}
    assert list(audit()) == []
