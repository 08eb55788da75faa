"""follow, mute and back: once each, and never both."""

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest

from comments.actions.following import CannotFollow, follow, mute, unfollow, unmute
from comments.models import Follow, Mute
from comments.reading.attention import attention_of, muted_among
from ethicsforum.accounts.models import User
from tests import build, cast
from tests.comments.actions.test_at_once import at_once

pytestmark = pytest.mark.django_db


@pytest.fixture(params=[build.article, cast.cleo])
def thing(db: None, request: pytest.FixtureRequest) -> Any:
    """An article, or a person."""
    return request.param()


def stands(member: User, thing: Any) -> tuple[bool, bool]:
    found = attention_of(member, thing)
    return found.follows, found.mutes


def test_each_twice_is_once(ben: User, thing: Any) -> None:
    for __ in range(2):
        follow(thing, member=ben)
    assert Follow.objects.count() == 1
    for __ in range(2):
        mute(thing, member=ben)
    assert Mute.objects.count() == 1


def test_one_lifts_the_other(ben: User, thing: Any) -> None:
    mute(thing, member=ben)
    follow(thing, member=ben)
    assert stands(ben, thing) == (True, False)
    mute(thing, member=ben)
    assert stands(ben, thing) == (False, True)


@pytest.mark.parametrize(("choose", "undo"), [(follow, unfollow), (mute, unmute)])
def test_and_back(
    ben: User, thing: Any, choose: Callable[..., None], undo: Callable[..., None]
) -> None:
    choose(thing, member=ben)
    for __ in range(2):
        undo(thing, member=ben)
    assert stands(ben, thing) == (False, False)


def test_each_for_oneself(ben: User, thing: Any) -> None:
    other = cast.member("Dora")
    mute(thing, member=other)
    follow(thing, member=ben)
    unmute(thing, member=ben)
    assert stands(other, thing) == (False, True)


@pytest.mark.parametrize("choose", [follow, mute])
def test_nobody_follows_or_mutes_themselves(
    ben: User, choose: Callable[..., None]
) -> None:
    with pytest.raises(CannotFollow):
        choose(ben, member=ben)


def test_whose_comments_are_folded(ben: User, django_assert_num_queries: Any) -> None:
    cleo = cast.cleo()
    authors = [cleo.pk, ben.pk, cast.ann().pk, None]
    mute(cleo, member=ben)
    with django_assert_num_queries(1):
        assert muted_among(ben, authors) == {cleo.pk}
    assert muted_among(cleo, authors) == set()


@pytest.mark.django_db(transaction=True)
def test_both_at_once_leave_one() -> None:
    ben = cast.ben()
    for number in range(5):
        thing = build.article(f"piece-{number}")
        deeds = [partial(follow, thing, member=ben), partial(mute, thing, member=ben)]
        at_once(*deeds * 2)
        assert sum(stands(ben, thing)) == 1
