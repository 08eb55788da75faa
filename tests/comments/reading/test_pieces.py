"""A page from pieces: what is kept is what would be rendered, for whoever reads it."""

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from comments.actions.deciding import Reason
from comments.actions.following import mute
from comments.actions.moderating import remove_comment, restore_comment
from comments.actions.posting import withdraw_comment
from comments.actions.voting import Axis, Choice, vote
from comments.models import Comment
from comments.reading import pieces
from comments.reading.entries import Entry
from ethicsforum.accounts.models import User
from ethicsforum.page_cache import here
from tests import build, cast
from tests.comments.reading.build import grow, page

pytestmark = pytest.mark.django_db
LATER = timedelta(days=2)


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The comments that are rendered, one after another."""
    found: list[int] = []
    render = pieces._made

    def noted(entry: Entry, article: Any, viewer: Any) -> pieces.Piece:
        found.append(entry.comment.pk)
        return render(entry, article, viewer)

    monkeypatch.setattr(pieces, "_made", noted)
    return found


def threads(count: int = 3) -> list[Comment]:
    roots = [build.published(body=f"Root {n}.") for n in range(count)]
    for root in roots:
        build.published(author=cast.cleo(), parent=root, body=f"On {root.pk}.")
    return roots


def test_a_page_is_rendered_once(client: Client, made: list[int]) -> None:
    threads()
    before = page(client)
    assert len(made) == 6
    assert page(client) == before
    assert len(made) == 6


def test_without_anything_new_no_text_is_fetched(
    client: Client, django_assert_num_queries: Any
) -> None:
    threads()
    page(client)
    with django_assert_num_queries(5):  # article, topics, count, roots, replies
        page(client)


def test_a_new_reply_is_all_that_is_rendered(client: Client, made: list[int]) -> None:
    roots = threads()
    page(client)
    made.clear()
    new = build.published(author=cast.cleo(), parent=roots[1], body="A new reply.")
    assert "A new reply." in page(client)
    assert made == [new.pk]


def test_it_is_the_same_page_as_without_pieces(client: Client) -> None:
    roots = threads()
    remove_comment(roots[0], moderator=cast.mia(), reason=build.reason())
    with time_machine.travel(timezone.now(), tick=False):
        page(client)
        kept = page(client)
        here.memory.clear()
        assert page(client) == kept


def test_what_is_removed_restored_edited_or_withdrawn_shows_at_once(
    client: Client, ben: User, mia: User
) -> None:
    one = build.published(author=ben, body="First wording.")
    assert "First wording." in page(client)
    remove_comment(one, moderator=mia, reason=build.reason())
    assert "First wording." not in page(client)
    restore_comment(build.fresh(one), moderator=mia, reason=Reason(explanation="So."))
    assert "First wording." in page(client)
    build.edited(build.fresh(one), body="Second wording.")
    assert "Second wording." in page(client)
    withdraw_comment(build.fresh(one))
    assert "Second wording." not in page(client)


def test_votes_show(client: Client) -> None:
    (root,) = threads(1)
    page(client)
    with time_machine.travel(timezone.now() + LATER):
        page(client)
        vote(build.fresh(root), member=cast.mia(), axis=Axis.VALUE, choice=Choice.UP)
        assert "1 yes, 0 no" in page(client)


def test_how_long_ago_keeps_up(client: Client, made: list[int]) -> None:
    threads(1)
    with time_machine.travel(timezone.now(), tick=False) as clock:
        page(client)
        clock.shift(59)
        page(client)
        assert len(made) == 2
        clock.shift(60)
        page(client)
    assert len(made) == 4


def test_more_replies_than_are_shown_are_counted_anew(client: Client) -> None:
    grow([None, *[0] * 8])
    assert "2 more replies" in page(client)
    grow([None, *[0] * 200])
    assert "100+ more replies" in page(client)


# What members see.


def test_members_who_see_a_comment_alike_share_it(
    client: Client, made: list[int]
) -> None:
    threads()
    for member in (cast.member("Zoe"), cast.member("Yan")):
        client.force_login(member)
        page(client)
    assert len(made) == 6


def test_no_text_is_fetched_for_a_member_when_all_are_kept(client: Client) -> None:
    threads()
    client.force_login(cast.member("Zoe"))
    page(client)
    with CaptureQueriesContext(connection) as asked:
        page(client)
    texts = [one for one in asked.captured_queries if '."html"' in one["sql"]]
    assert texts == []


def test_ones_own_comments_are_rendered_each_time(
    client: Client, ben: User, made: list[int]
) -> None:
    mine = build.published(author=ben)
    client.force_login(ben)
    page(client)
    page(client)
    assert made == [mine.pk, mine.pk]


def test_each_form_has_the_token_of_its_reader(client: Client, ann: User) -> None:
    threads()
    tokens = set()
    for member in (ann, cast.member("Zoe")):
        client.force_login(member)
        html = page(client)
        found = set(re.findall(r'name="csrfmiddlewaretoken" value="(\w+)"', html))
        assert (len(found), pieces.TOKEN in html) == (1, False)
        tokens |= found
    assert len(tokens) == 2


def test_kept_or_not_a_member_sees_the_same(client: Client, ann: User) -> None:
    """Votes, mutes, what is new, what is gone: nobody gets it from somebody else."""
    roots, zoe = threads(6), cast.member("Zoe")
    own = build.published(author=ann, body="My own.")
    remove_comment(roots[0], moderator=cast.mia(), reason=build.reason())
    vote(roots[1], member=ann, axis=Axis.VALUE, choice=Choice.UP)
    vote(roots[2], member=zoe, axis=Axis.AGREE, choice=Choice.DOWN)
    mute(cast.cleo(), member=ann)
    people = [ann, zoe, cast.ben(), cast.cleo(), cast.mia(), None]
    with time_machine.travel(timezone.now(), tick=False) as clock:
        for person in people:
            as_seen_by(client, person)
        clock.shift(timedelta(hours=2))
        build.published(author=cast.cleo(), parent=own, body="Since then.")
        kept = [as_seen_by(client, person) for person in people * 2]
        anew = []
        for person in people * 2:
            here.memory.clear()
            anew.append(as_seen_by(client, person))
    assert kept == anew
    assert len(set(kept)) == len(people)


def as_seen_by(client: Client, person: User | None) -> str:
    client.logout()
    if person is not None:
        client.force_login(person)
    return re.sub(r'value="\w{64}"', "", page(client))


def test_what_is_decided_between_two_queries_is_not_kept_under_the_old_name(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    (root,) = threads(1)
    fetch = pieces._entries

    def late(*given: Any) -> list[Entry]:
        monkeypatch.setattr(pieces, "_entries", fetch)
        remove_comment(root, moderator=cast.mia(), reason=build.reason())
        return fetch(*given)

    monkeypatch.setattr(pieces, "_entries", late)
    page(client)
    restore_comment(
        build.fresh(root), moderator=cast.mia(), reason=Reason(explanation="So.")
    )
    assert "Root 0." in page(client)
