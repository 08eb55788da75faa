"""`/articles/<slug>/print/`: the article and all of its discussion on one page."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from articles.models import Article
from comments.reading import whole
from ethicsforum.accounts.models import User
from ethicsforum.page_cache.marking import KEYS
from tests import build
from tests.comments.reading.build import grow, shown

pytestmark = pytest.mark.django_db
ALL = "print/"


def test_all_of_it_in_reading_order(client: Client) -> None:
    made = grow([None, 0, 0, *[2] * 30, None, 33])
    assert shown(client, ALL) == made
    html = client.get(f"/articles/triage/{ALL}").content.decode()
    assert "more repl" not in html
    assert build.article().body_html in html


def test_it_is_kept_for_readers_and_names_the_article_as_its_own_address(
    client: Client,
) -> None:
    article = build.article()
    answer = client.get(f"/articles/triage/{ALL}")
    assert answer.headers[KEYS] == f"article-{article.pk}"
    html = answer.content.decode()
    assert 'content="noindex"' in html
    assert 'rel="canonical" href="http://127.0.0.1:8000/articles/triage/"' in html


def test_a_member_reads_what_everybody_reads(client: Client, ben: User) -> None:
    build.held(author=ben, body="Waiting.")
    public = build.published(author=ben, body="Public.")
    client.force_login(ben)
    assert shown(client, ALL) == [public.pk]
    html = client.get(f"/articles/triage/{ALL}").content.decode()
    assert "Waiting." not in html
    assert "<form" not in html.split("discussion-title")[1].split("</main>")[0]


def test_a_longer_one_has_further_pages(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(whole, "MOST", 10)
    made = grow([None if n % 4 == 0 else n - n % 4 for n in range(20)])
    first = shown(client, ALL)
    assert first == made[:8], "a thread is never cut in two"
    html = client.get(f"/articles/triage/{ALL}").content.decode()
    assert f"?after={made[4]}#discussion" in html
    second = shown(client, f"{ALL}?after={made[4]}")
    last = shown(client, f"{ALL}?after={made[12]}")
    assert first + second + last == made


def test_a_thread_that_fills_more_than_a_page_leads_to_its_rest(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(whole, "MOST", 10)
    made = grow([None, *[0] * 20, None])
    assert shown(client, ALL) == made[:10]
    html = client.get(f"/articles/triage/{ALL}").content.decode()
    assert f"?thread={made[0]}#comment-{made[10]}" in html
    assert shown(client, f"{ALL}?after={made[0]}") == made[-1:]


def test_it_takes_as_many_queries_for_many_as_for_few(
    client: Client, django_assert_num_queries: Any
) -> None:
    grow([None, 0])
    with django_assert_num_queries(3):
        shown(client, ALL)
    grow([None, *range(200)])
    with django_assert_num_queries(3):
        shown(client, ALL)


@pytest.mark.parametrize(
    "fields",
    [
        {"status": Article.Status.DRAFT},
        {"publish_at": timezone.now() + timedelta(days=1)},
    ],
)
def test_what_is_not_published_is_not_there(
    client: Client, ben: User, fields: dict[str, Any]
) -> None:
    build.article(**fields)
    assert client.get(f"/articles/triage/{ALL}").status_code == 404


def test_a_hidden_discussion_is_left_out(client: Client) -> None:
    build.published(body="Nobody sees this.")
    Article.objects.update(discussion=Article.Discussion.HIDDEN)
    html = client.get(f"/articles/triage/{ALL}").content.decode()
    assert "Nobody sees this." not in html
    assert "The whole discussion" not in html


def test_nothing_to_print_says_so(client: Client) -> None:
    build.article()
    html = client.get(f"/articles/triage/{ALL}").content.decode()
    assert "Nobody has written here yet." in html


@pytest.mark.parametrize("after", ["x", "-1", "99999999999999999999", "0"])
def test_rubbish_is_left_out(client: Client, after: str) -> None:
    made = grow([None])
    assert shown(client, f"{ALL}?after={after}") == made
