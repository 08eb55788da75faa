"""Queries written once: about anybody else they answer what Django's own do."""

from datetime import timedelta
from functools import cache
from typing import Any

import pytest
from django.utils import timezone

from comments.models import Comment
from ethicsforum import written
from ethicsforum.accounts.models import User
from ethicsforum.written import (
    ONE_OF_THEM,
    SOME_TIME,
    SOMEBODY,
    Written,
    about,
    among,
    ask,
    write,
)
from tests import build, cast

pytestmark = pytest.mark.django_db


@cache
def since() -> Written:
    rows = Comment.objects.filter(author=SOMEBODY, created_at__gte=SOME_TIME)
    return write(rows.order_by("pk").values_list("pk"))


@cache
def of_these() -> Written:
    rows = Comment.objects.filter(author=SOMEBODY, pk__in=[ONE_OF_THEM])
    return write(rows.order_by("pk").values_list("pk"))


def test_each_question_is_about_those_it_names(ann: User, ben: User) -> None:
    mine = [build.published(author=ann, body=f"Thought {n}.").pk for n in range(2)]
    build.published(author=ben, body="Another.")
    an_hour_ago = timezone.now() - timedelta(hours=1)
    given = {SOMEBODY: ann.pk, SOME_TIME: an_hour_ago}
    assert [(pk,) for pk in mine] == ask(about(since(), given))[-2:]
    later = given | {SOME_TIME: timezone.now() + timedelta(hours=1)}
    assert ask(about(since(), later)) == []


def test_one_stands_for_several(ann: User) -> None:
    pks = [build.published(author=ann, body=f"Thought {n}.").pk for n in range(3)]
    for wanted in (pks[:1], pks):
        asked = among(about(of_these(), {SOMEBODY: ann.pk}), wanted)
        assert ask(asked) == [(pk,) for pk in wanted]


def test_no_row_is_ever_a_stand_in(ann: User) -> None:
    """A question that names nobody is about nobody."""
    build.published(author=ann)
    assert ask(about(since(), {SOME_TIME: timezone.now() - timedelta(days=1)})) == []
    numbers = [value for name, value in vars(written).items() if name.isupper()]
    assert all(number < 0 for number in numbers if isinstance(number, int))


def test_a_text_goes_as_a_parameter(ann: User, django_assert_num_queries: Any) -> None:
    rows = User.objects.filter(username=written.SOME_TEXT).values_list("pk")
    asked = about(write(rows), {written.SOME_TEXT: "' OR 1=1 --"})
    with django_assert_num_queries(1):
        assert ask(asked) == []
    assert ask(about(write(rows), {written.SOME_TEXT: ann.username})) == [(ann.pk,)]
    assert cast.ben().pk != ann.pk
