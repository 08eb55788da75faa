"""What search engines read: the article and the published comments under it."""

import json
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from articles.models import Article
from comments.reading.structured import MOST, comment_data, nested
from ethicsforum.accounts.models import User
from tests import build
from tests.comments.reading.build import fan

pytestmark = pytest.mark.django_db
START = '<script type="application/ld+json">'


def data(client: Client, address: str = "/articles/triage/") -> Any:
    html = client.get(address).content.decode()
    assert html.count(START) == 1
    return json.loads(html.split(START)[1].split("</script>")[0])


def test_the_article_and_a_thread_below_it(client: Client, ann: User) -> None:
    first = build.published(body="One *thought*.")
    answer = build.published(author=ann, parent=first, body="An answer.")
    found = data(client)
    address = f"{settings.SITE_URL}/articles/triage/"
    assert (found["@type"], found["@id"]) == ("Article", address)
    assert found["headline"] == "Who decides who waits?"
    assert found["image"] == f"{address}share.png"
    assert found["author"]["name"] == settings.SITE_NAME
    mine = next(one for one in found["comment"] if one["author"]["name"] == "Ben")
    assert mine["text"] == "One thought."
    assert mine["url"] == settings.SITE_URL + first.get_absolute_url()
    assert [one["text"] for one in mine["comment"]] == ["An answer."]
    assert mine["comment"][0]["datePublished"]
    assert answer.published_at is not None


def test_only_what_is_published(client: Client, ben: User) -> None:
    build.comment(body="Secret one.")
    build.held(body="Secret two.")
    build.rejected(body="Secret three.")
    build.removed(body="Secret four.")
    client.force_login(ben)
    found = data(client)
    assert found["comment"] == []
    assert found["commentCount"] == 0
    assert "Secret" not in json.dumps(found)


def test_an_answer_to_what_is_gone_stands_by_itself(client: Client) -> None:
    gone = build.published(body="Gone.")
    build.published(parent=gone, body="Still here.")
    build.removed(parent=None, body="Other.")
    found = data(client)
    assert "Gone." in json.dumps(found)
    gone.state = "removed"
    assert comment_data(gone) is None
    kept = build.published(parent=build.fresh(gone), body="Later.")
    found = [(c.path, told) for c in (gone, kept) if (told := comment_data(c))]
    assert [one["text"] for one in nested(found)] == ["Later."]


def test_at_most_so_many(client: Client) -> None:
    for _root in range(MOST // 7 + 2):
        fan(8)
    told = data(client)["comment"]
    count = sum(1 + len(one.get("comment", [])) for one in told)
    assert count == MOST // 7 * 7  # whole branches, seven shown of each


@pytest.mark.parametrize("sign", ["<", ">", "&"])
def test_nothing_in_it_can_end_it(client: Client, sign: str) -> None:
    title = "</script><script>alert(1)</script> & <!-- \u2028"
    build.article(title=title)
    build.published(body="`</script><!--` & <b>")
    html = client.get("/articles/triage/").content.decode()
    assert sign not in html.split(START)[1].split("</script>")[0]
    assert data(client)["headline"] == title
    assert data(client)["comment"][0]["text"] == "</script><!-- & <b>"


def test_a_hidden_discussion_leaves_the_article(client: Client) -> None:
    build.published()
    Article.objects.update(discussion=Article.Discussion.HIDDEN, byline="Ida")
    found = data(client)
    assert "comment" not in found
    assert found["author"] == {"@type": "Person", "name": "Ida"}


def test_a_preview_has_none(client: Client, eda: User) -> None:
    build.article(status=Article.Status.DRAFT)
    client.force_login(eda)
    html = client.get("/articles/triage/").content.decode()
    assert START not in html
    assert "oembed" not in html
