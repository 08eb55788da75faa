"""`/articles/<slug>/?thread=…&from=…`: one branch of a discussion."""

import re

import pytest
from django.test import Client

from comments.models import Comment
from comments.reading import pages
from ethicsforum.accounts.models import User
from tests import build, cast
from tests.comments.reading.build import HERE, chain, fan, grow, page, shown

pytestmark = pytest.mark.django_db
LOST = "not here any more"


def test_a_branch_and_nothing_beside_it(client: Client) -> None:
    made = grow([None, 0, 1, 0, None])
    assert shown(client, f"?thread={made[0]}") == made[:4]
    assert shown(client, f"?thread={made[1]}") == made[1:3]
    assert shown(client, f"?thread={made[3]}") == [made[3]]


def test_it_leads_back_to_the_discussion_and_up(client: Client) -> None:
    made = chain(3)
    html = page(client, f"?thread={made[0]}")
    assert f'href="{HERE}#discussion">The whole discussion: 3 comments' in html
    assert "The whole thread" not in html
    html = page(client, f"?thread={made[2]}")
    assert f'href="{HERE}?thread={made[0]}#discussion">The whole thread' in html
    assert f'href="/comments/{made[1]}/">What this answers' in html


def test_the_article_shows_by_its_head(client: Client) -> None:
    build.article()
    made = chain(1)
    html = page(client, f"?thread={made[0]}")
    assert 'class="prose"' not in html
    assert f'<a href="{HERE}">Read the article</a>' in html


def test_eight_levels_down_it_goes_on_at_another_address(client: Client) -> None:
    made = chain(20)
    html = page(client, f"?thread={made[0]}")
    assert shown(client, f"?thread={made[0]}") == made[:9]
    assert html.count("Continue this thread") == 1
    assert f'href="{HERE}?thread={made[8]}#comment-{made[8]}">Continue' in html
    assert "<summary>8+ replies</summary>" in html
    assert shown(client, f"?thread={made[8]}") == made[8:17]
    assert "Continue this thread" not in page(client, f"?thread={made[16]}")


def test_what_is_deeper_and_seen_by_nobody_is_no_reason_to_go_on(
    client: Client, ben: User
) -> None:
    made = chain(9)
    last = Comment.objects.get(pk=made[-1])
    build.comment(author=ben, parent=last, body="In screening.")
    assert "Continue this thread" not in page(client, f"?thread={made[0]}")
    client.force_login(ben)
    assert "Continue this thread" in page(client, f"?thread={made[0]}")


def test_a_long_one_goes_on_inside_with_what_is_above(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pages, "BRANCH", 4)
    made = grow([None, 0, 1, 2, 2, 2, 0])
    first = f"?thread={made[0]}"
    assert shown(client, first) == made[:4]
    link = f'href="{HERE}?thread={made[0]}&amp;from={made[4]}#comment-{made[4]}"'
    assert link in page(client, first)
    rest = f"{first}&from={made[4]}"
    assert shown(client, rest) == [*made[:3], *made[4:]]
    assert "More of this thread" not in page(client, rest)


def test_a_count_that_leaves_out_what_is_elsewhere_says_so(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pages, "BRANCH", 3)
    made = fan(5)
    html = page(client, f"?thread={made[0]}")
    assert "<summary>2+ replies</summary>" in html
    html = page(client, f"?thread={made[0]}&from={made[3]}")
    assert "<summary>3+ replies</summary>" in html


@pytest.mark.parametrize("start", ["x", "0", "999999", "-1", "9" * 30])
def test_a_start_that_makes_no_sense_is_the_beginning(
    client: Client, start: str
) -> None:
    made = chain(3)
    assert shown(client, f"?thread={made[0]}&from={start}") == made


def test_a_start_elsewhere_is_the_beginning(client: Client) -> None:
    made = grow([None, 0, None, *range(2, 13)])
    for start in (made[2], made[0]):
        assert shown(client, f"?thread={made[1]}&from={start}") == [made[1]]
    deep = shown(client, f"?thread={made[2]}&from={made[-1]}")
    assert deep == made[2:11]


@pytest.mark.parametrize("thread", ["999999", "9" * 18])
def test_one_that_never_was_shows_the_discussion(client: Client, thread: str) -> None:
    made = chain(2)
    assert shown(client, f"?thread={thread}") == made
    assert LOST in page(client, f"?thread={thread}")


@pytest.mark.parametrize("thread", ["", "x", "0", "-1", "9" * 30, "%00", "٣"])
def test_what_is_no_number_shows_the_discussion(client: Client, thread: str) -> None:
    made = chain(2)
    assert shown(client, f"?thread={thread}") == made


def test_what_one_may_not_see_looks_like_what_never_was(
    client: Client, ben: User
) -> None:
    held = build.held(author=ben).comment
    elsewhere = build.published(under=build.article("other"), author=cast.cleo())
    unseen = page(client, "?thread=999999")
    for pk in (held.pk, elsewhere.pk):
        assert page(client, f"?thread={pk}") == unseen
    client.force_login(ben)
    assert shown(client, f"?thread={held.pk}") == [held.pk]


def test_a_removed_top_names_its_rule(client: Client) -> None:
    removed = build.removed(author=cast.cleo())
    html = page(client, f"?thread={removed.pk}")
    assert "Removed by a moderator under the rule" in html


def test_what_is_fetched_in_place_is_on_the_page(client: Client) -> None:
    """The link's own selector finds the list there, and nothing around it."""
    made = fan(9)
    link = re.search(
        r'data-hx-get="([^"]+)" data-hx-select="#(comment-\d+) > \.replies"',
        page(client),
    )
    assert link
    html = page(client, link[1].removeprefix(HERE))
    inside = html[html.index(f'id="{link[2]}"') :]
    assert inside.index('<details open class="replies">') < inside.index("</article>")
    assert shown(client, f"?thread={made[0]}") == made
