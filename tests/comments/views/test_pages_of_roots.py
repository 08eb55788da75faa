"""`/articles/<slug>/?sort=…&after=…`: the discussion, a page of roots at a time."""

import re
from html import unescape

import pytest
from django.test import Client

from comments.actions.posting import withdraw_comment
from comments.models import Comment
from comments.reading import outline
from ethicsforum.accounts.models import User
from tests import build, cast
from tests.comments.reading.build import HERE, fan, grow, page, shown

pytestmark = pytest.mark.django_db


@pytest.fixture
def three_a_page(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outline, "ROOTS", 3)
    monkeypatch.setattr("comments.reading.pages.ROOTS", 3)


def next_page(client: Client, query: str) -> str | None:
    link = re.search(r'rel="next" href="[^"?]*([^"#]*)', page(client, query))
    return unescape(link[1]) if link else None


def test_each_order_by_what_its_link_says(client: Client) -> None:
    one, two, three = grow([None] * 3)
    Comment.objects.filter(pk=two).update(rank=5)
    assert shown(client) == [two, one, three]
    assert shown(client, "?sort=newest") == [three, two, one]
    assert shown(client, "?sort=oldest") == [one, two, three]
    html = page(client, "?sort=newest")
    assert f'href="{HERE}?sort=newest#discussion" aria-current="true">Newest' in html
    assert f'href="{HERE}#discussion">Most valued' in html


@pytest.mark.parametrize("sort", ["", "valued", "newest", "oldest"])
def test_pages_follow_each_other_without_gap_or_double(
    client: Client, three_a_page: None, sort: str
) -> None:
    made = grow([None] * 8)
    for pk in made[::3]:
        Comment.objects.filter(pk=pk).update(rank=pk % 2)
    whole: list[int] = []
    query: str | None = f"?sort={sort}"
    while query:
        whole += shown(client, query)
        query = next_page(client, query)
    ranks = dict(Comment.objects.values_list("pk", "rank"))
    expected = sorted(made, reverse=sort == "newest")
    if sort in ("", "valued"):
        expected.sort(key=lambda pk: -ranks[pk])
    assert whole == expected


def test_the_link_to_the_next_page_keeps_the_order(
    client: Client, three_a_page: None
) -> None:
    made = grow([None] * 4)
    html = page(client, "?sort=oldest")
    assert f'href="{HERE}?sort=oldest&amp;after={made[2]}#discussion"' in html
    html = page(client, f"?sort=oldest&after={made[2]}")
    assert f'href="{HERE}?sort=oldest#discussion">From the first' in html
    assert "More comments" not in html


def test_a_further_page_shows_the_article_by_its_head(client: Client) -> None:
    build.article(body="A hospital lets a model decide.", standfirst="In short.")
    one, two = grow([None, None])
    assert "A hospital lets" in page(client)
    html = page(client, f"?sort=oldest&after={one}")
    assert "A hospital lets" not in html
    assert "In short." in html
    assert f'<a href="{HERE}">Read the article</a>' in html
    assert f'<link rel="canonical" href="http://127.0.0.1:8000{HERE}">' in html
    assert shown(client, f"?sort=oldest&after={one}") == [two]


def test_of_each_thread_the_first_six_replies_and_how_many_more(
    client: Client,
) -> None:
    made = fan(9)
    assert shown(client) == made[:7]
    html = page(client)
    assert "<summary>9 replies</summary>" in html
    assert "3 more replies</a>" in html
    assert f'href="{HERE}?thread={made[0]}#comment-{made[7]}"' in html
    assert f'hx-select="#comment-{made[0]} > .replies"' in html


def test_six_replies_are_all_shown(client: Client) -> None:
    made = fan(6)
    assert shown(client) == made
    assert "more repl" not in page(client)


def test_replies_come_depth_first_with_what_is_below_each(client: Client) -> None:
    made = grow([None, 0, 0, 1, 3, None])
    assert shown(client) == [made[n] for n in (0, 1, 3, 4, 2, 5)]
    html = page(client)
    counts = ["4 replies", "2 replies", "1 reply"]
    assert [html.count(f"<summary>{words}</summary>") for words in counts] == [1, 1, 1]


def test_more_than_can_be_counted_is_said_so(client: Client) -> None:
    fan(108)
    html = page(client)
    assert "100+ more replies</a>" in html
    assert "<summary>100+ replies</summary>" in html


def test_a_hundred_more_are_counted_exactly(client: Client) -> None:
    fan(106)
    html = page(client)
    assert "100 more replies</a>" in html
    assert "<summary>100+ replies</summary>" in html


def test_withdrawn_roots_without_answers_take_no_place(
    client: Client, three_a_page: None
) -> None:
    cleo = cast.cleo()
    made = [build.published(author=cleo, body=f"Number {n}.") for n in range(6)]
    for comment in made[:3]:
        withdraw_comment(comment)
    assert shown(client) == [comment.pk for comment in made[3:]]
    assert "More comments" not in page(client)
    assert shown(client, f"?after={made[0].pk}") == [c.pk for c in made[3:]]


def test_withdrawn_replies_without_answers_are_not_counted(client: Client) -> None:
    cleo = cast.cleo()
    root = build.published(author=cleo, body="The start.")
    for number in range(8):
        reply = build.published(author=cleo, parent=root, body=f"Number {number}.")
        if number < 3:
            withdraw_comment(reply)
    html = page(client)
    assert "<summary>5 replies</summary>" in html
    assert "more repl" not in html


def test_ones_own_wait_where_nobody_else_sees_them(client: Client, ben: User) -> None:
    root = build.published(author=cast.cleo())
    own = build.comment(author=ben, parent=root, body="In screening.")
    assert shown(client) == [root.pk]
    client.force_login(ben)
    assert shown(client) == [root.pk, own.pk]


@pytest.mark.parametrize(
    "query",
    [
        "?sort=",
        "?sort=best",
        "?sort=valued&sort=x",
        "?after=x",
        "?after=0",
        "?after=-1",
        "?after=999999",
        "?after=99999999999999999999",
        "?after=%00",
        "?after=٣",
        "?from=1",
    ],
)
def test_what_makes_no_sense_shows_the_first_page(client: Client, query: str) -> None:
    made = grow([None] * 2)
    assert shown(client, query) == made


def test_a_reply_or_anothers_comment_is_no_place_to_go_on_from(
    client: Client,
) -> None:
    made = grow([None, 0, None])
    other = build.published(under=build.article("other"), author=cast.cleo())
    for pk in (made[1], other.pk):
        assert shown(client, f"?after={pk}") == made
