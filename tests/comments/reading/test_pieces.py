"""A visitor's page from pieces: what is kept is what would be rendered."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import AnonymousUser
from django.test import Client
from django.utils import timezone

from comments.actions.deciding import Reason
from comments.actions.moderating import remove_comment, restore_comment
from comments.actions.posting import withdraw_comment
from comments.actions.voting import Axis, Choice, vote
from comments.models import Comment
from comments.reading import pieces
from comments.reading.pages import discussion_page
from ethicsforum.accounts.models import User
from ethicsforum.page_cache import here
from tests import build, cast
from tests.comments.reading.build import grow, page

pytestmark = pytest.mark.django_db
LATER = timedelta(days=2)


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The roots of the branches that are rendered, one after another."""
    roots: list[int] = []
    render = pieces._made

    def noted(entries: Any, article: Any, viewer: Any) -> pieces.Piece:
        roots.append(entries[0].comment.pk)
        return render(entries, article, viewer)

    monkeypatch.setattr(pieces, "_made", noted)
    return roots


def threads(count: int = 3) -> list[Comment]:
    roots = [build.published(body=f"Root {n}.") for n in range(count)]
    for root in roots:
        build.published(author=cast.cleo(), parent=root, body=f"On {root.pk}.")
    return roots


def test_a_page_is_rendered_once(client: Client, made: list[int]) -> None:
    roots = threads()
    before = page(client)
    assert sorted(made) == [root.pk for root in roots]
    assert page(client) == before
    assert len(made) == 3


def test_without_anything_new_no_text_is_fetched(
    client: Client, django_assert_num_queries: Any
) -> None:
    threads()
    page(client)
    with django_assert_num_queries(5):  # article, topics, count, roots, replies
        page(client)


def test_a_new_reply_costs_one_branch(client: Client, made: list[int]) -> None:
    roots = threads()
    page(client)
    made.clear()
    build.published(author=cast.cleo(), parent=roots[1], body="A new reply.")
    assert "A new reply." in page(client)
    assert made == [roots[1].pk]


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
        assert len(made) == 1
        clock.shift(60)
        page(client)
    assert len(made) == 2


def test_more_replies_than_are_shown_are_counted_anew(client: Client) -> None:
    grow([None, *[0] * 8])
    assert "2 more replies" in page(client)
    grow([None, *[0] * 200])
    assert "100+ more replies" in page(client)


def test_a_member_has_entries_and_a_visitor_branches(ben: User) -> None:
    threads(1)
    article = build.article()
    assert discussion_page(article, ben).entries
    visitor = discussion_page(article, AnonymousUser())
    assert (len(visitor.branches), visitor.entries) == (1, [])
