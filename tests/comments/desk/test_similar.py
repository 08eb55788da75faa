"""What waits and is like an item."""

import pytest

from comments.desk.similar import MOST, count_alike, similar_to
from comments.models import QueueItem
from ethicsforum.accounts.models import User
from tests import build, cast
from tests.comments.desk import build as desk

pytestmark = pytest.mark.django_db


def groups(item: QueueItem, viewer: User | None = None) -> dict[str, list[QueueItem]]:
    found = similar_to(desk.desk_item(item), viewer)
    return {group.heading: list(group.items) for group in found}


def test_the_same_text_by_others() -> None:
    item = build.held(author=cast.ben(), body="Same words.")
    other = build.held(author=cast.cleo(), body="same   WORDS.")
    build.held(author=cast.cleo(), body="Other words.")
    assert groups(item) == {"The same text": [other]}


def test_by_the_same_author() -> None:
    item = build.held(author=cast.ben(), body="One.")
    other = build.held(author=cast.ben(), body="Two.")
    assert groups(item) == {"By the same author": [other]}


def test_with_a_link_to_the_same_site() -> None:
    item = build.held(author=cast.ben(), body="See https://Clocks.example/a")
    other = build.held(author=cast.cleo(), body="[x](http://clocks.example/b)")
    build.held(author=cast.cleo(), body="See https://other.example/")
    assert groups(item) == {"With a link to clocks.example": [other]}


def test_a_strange_address_is_no_error() -> None:
    assert groups(build.held(body="https://[x/ http://[::1]:x/")) is not None


def test_a_few_of_each_and_whether_there_are_more() -> None:
    item = build.held(author=cast.ben(), body="Number 0.")
    for number in range(MOST + 1):
        build.held(author=cast.ben(), body=f"Number {number + 1}.")
    (group,) = similar_to(desk.desk_item(item), None)
    assert (len(group.items), group.more) == (MOST, True)


def test_neither_appeals_nor_what_the_viewer_decided_before(mia: User) -> None:
    item = build.held(author=cast.ben(), body="Same words.")
    refusal = build.rejected(by=mia, author=cast.ben(), body="No.")
    desk.appeal(refusal)
    again = desk.second_opinion(refusal)
    assert groups(item, mia) == {}
    assert groups(item, cast.max_()) == {"By the same author": [again]}


def test_counts_leave_out_the_item_itself() -> None:
    one = build.held(author=cast.ben(), body="Same words.")
    build.held(author=cast.cleo(), body="Same words.")
    build.held(author=cast.ben(), body="Other words.")
    rows = [desk.desk_item(one)]
    assert count_alike(rows, None).beside(rows[0]) == (1, 1)


def test_counts_stop_and_old_comments_are_not_gone_through(
    ben: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = build.held(author=ben, body="Same words.")
    for number in range(4):
        build.held(author=cast.member(f"Member{number}"), body="Same words.")
        build.held(author=ben, body=f"Other words, {number}.")
    rows = [desk.desk_item(one)]
    assert count_alike(rows, None).beside(rows[0]) == (4, 4)
    monkeypatch.setattr("comments.desk.similar.STOP", 3)
    assert count_alike(rows, None).beside(rows[0]) == (2, 2)
    monkeypatch.setattr("comments.desk.similar.LATEST", 2)
    assert count_alike(rows, None).authors[ben.pk] == 2
