"""The chain of comments above one."""

import pytest

from comments.desk.conversation import ancestors, chain_of, far_ancestors
from comments.models import Comment
from comments.threads import MAX_DEPTH
from tests import build

pytestmark = pytest.mark.django_db


def chain(length: int) -> list[Comment]:
    made = [build.published(body="Number 0.")]
    for number in range(1, length):
        made.append(build.published(body=f"Number {number}.", parent=made[-1]))
    return made


def test_the_last_three_in_full_and_how_many_before() -> None:
    made = chain(6)
    above = ancestors([made[-1]])[made[-1].pk]
    assert list(above.near) == made[2:5]
    assert above.far_count == 2
    assert far_ancestors(made[-1]) == made[:2]


def test_a_first_comment_answers_nothing() -> None:
    made = build.published()
    assert ancestors([made])[made.pk].near == []
    assert far_ancestors(made) == []


def test_below_the_deepest_level_the_parent_is_the_rows_own() -> None:
    made = chain(MAX_DEPTH + 3)
    assert chain_of(made[-1])[-1] == made[-2].pk
