"""The editor's desk: the list, the form and what is done to many."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.test import Client
from django.utils import timezone

from articles.models import Article, Topic
from ethicsforum.accounts.models import User
from tests import build

pytestmark = pytest.mark.django_db

LIST = "/admin/articles/article/"
ADD = "/admin/articles/article/add/"
TYPED = {
    "title": "Who may decide?",
    "slug": "",
    "standfirst": "Standfirst",
    "body": "Text.",
    "status": "draft",
    "discussion": "open",
}


@pytest.fixture
def desk(client: Client, eda: User) -> Client:
    client.force_login(eda)
    return client


def act(desk: Client, action: str, *articles: Article) -> None:
    chosen = [article.pk for article in articles]
    response = desk.post(LIST, {"action": action, "_selected_action": chosen})
    assert response.status_code == 302


# --- The list -------------------------------------------------------------


def test_the_list_shows_where_an_article_stands(desk: Client) -> None:
    article = build.article("triage", title="Triage")
    article.topics.add(Topic.objects.create(name="Health", slug="health"))
    later = timezone.now() + timedelta(days=1)
    build.article("later", status="scheduled", publish_at=later)
    page = desk.get(LIST).content.decode()
    assert re.findall(r'field-standing">(\w+)<', page) == ["scheduled", "published"]
    assert 'field-topic_names">Health<' in page


def test_a_scheduled_article_that_is_out_is_called_published(desk: Client) -> None:
    earlier = timezone.now() - timedelta(days=1)
    build.article(status="scheduled", publish_at=earlier)
    assert 'field-standing">published<' in desk.get(LIST).content.decode()


@pytest.mark.parametrize(
    "query", ["q=orders", "status=draft", "discussion=closed", "publish_at__year=2026"]
)
def test_the_list_can_be_searched_and_narrowed(desk: Client, query: str) -> None:
    build.article()
    assert desk.get(f"{LIST}?{query}").status_code == 200


def test_the_list_takes_a_fixed_number_of_queries(
    desk: Client, django_assert_max_num_queries: Any
) -> None:
    topic = Topic.objects.create(name="Health", slug="health")
    for number in range(30):
        build.article(f"n-{number}").topics.add(topic)
    with django_assert_max_num_queries(12):
        desk.get(LIST)


# --- The form -------------------------------------------------------------


def test_an_article_is_written_and_published(desk: Client) -> None:
    assert desk.post(ADD, TYPED | {"status": "published"}).status_code == 302
    article = Article.objects.get()
    assert article.slug == "who-may-decide"
    assert article.is_published
    assert article.body_html == "<p>Text.</p>\n"


def test_a_mistake_keeps_everything_that_was_typed(desk: Client) -> None:
    topic = Topic.objects.create(name="Health", slug="health")
    typed = TYPED | {"status": "scheduled", "topics": [topic.pk]}
    page = desk.post(ADD, typed).content.decode()
    assert "Say when it should be published." in page
    for words in ("Who may decide?", "Standfirst", "Text."):
        assert words in page
    assert re.search(rf'<option value="{topic.pk}" selected', page)
    assert not Article.objects.exists()


def test_an_article_sent_back_empty_keeps_its_address(desk: Client) -> None:
    """The form that comes back with what is missing links to the article."""
    article = build.article("who")
    page = desk.post(f"/admin/articles/article/{article.pk}/change/", {"title": ""})
    assert page.status_code == 200
    assert "/articles/who/" in page.text
    assert Article.objects.get(pk=article.pk).title == article.title


def test_two_editors_do_not_overwrite_each_other_unawares(desk: Client) -> None:
    article = build.article("triage")
    change = f"{LIST}{article.pk}/change/"
    page = desk.get(change).content.decode()
    seen = re.search(r'name="seen" value="([^"]+)"', page)
    assert seen is not None
    article.title = "Theirs"
    article.save()
    mine = TYPED | {"title": "Mine", "slug": "triage", "seen": seen[1]}
    refused = desk.post(change, mine)
    assert refused.status_code == 200
    assert "Somebody else saved this article" in refused.content.decode()
    assert Article.objects.get().title == "Theirs"
    again = re.search(r'name="seen" value="([^"]+)"', refused.content.decode())
    assert again is not None
    assert desk.post(change, mine | {"seen": again[1]}).status_code == 302
    assert Article.objects.get().title == "Mine"


def test_a_text_longer_than_percent_encoding_allows_is_saved(desk: Client) -> None:
    page = desk.get(ADD).content.decode()
    assert 'enctype="multipart/form-data"' in page
    body = ("слово " * 60_000).strip()
    assert desk.post(ADD, TYPED | {"body": body}).status_code == 302
    assert Article.objects.get().body == body


def test_the_form_has_nothing_that_the_policy_forbids(desk: Client) -> None:
    article = build.article()
    for address in (LIST, ADD, f"{LIST}{article.pk}/change/"):
        page = desk.get(address).content.decode()
        assert not re.search(r"<style|\sstyle=|\son\w+=|<script(?![^>]*\bsrc=)", page)


def test_who_may_only_look_can_open_it(client: Client, mia: User) -> None:
    client.force_login(mia)
    change = f"{LIST}{build.article().pk}/change/"
    assert client.get(change).status_code == 200
    assert client.post(change, TYPED).status_code == 403


# --- What is done to many -------------------------------------------------


def test_publishing_many(desk: Client) -> None:
    drafts = [build.article(f"n-{number}", status="draft") for number in range(2)]
    out = build.article("out")
    act(desk, "publish", *drafts, out)
    assert Article.objects.published().count() == 3
    assert LogEntry.objects.count() == 2


def test_closing_the_discussion_of_many(desk: Client) -> None:
    hidden = build.article("hidden", discussion="hidden")
    act(desk, "close_discussion", build.article("open"), hidden)
    found = Article.objects.order_by("slug").values_list("discussion", flat=True)
    assert list(found) == ["hidden", "closed"]


@pytest.mark.parametrize("action", ["publish", "close_discussion"])
def test_who_may_only_look_can_do_neither(
    client: Client, mia: User, action: str
) -> None:
    client.force_login(mia)
    draft = build.article(status="draft")
    client.post(LIST, {"action": action, "_selected_action": [draft.pk]})
    draft.refresh_from_db()
    assert (draft.status, draft.discussion) == ("draft", "open")


# --- Topics ---------------------------------------------------------------


def test_topics_show_how_much_is_about_them(desk: Client) -> None:
    topic = Topic.objects.create(name="Health", slug="health")
    build.article().topics.add(topic)
    page = desk.get("/admin/articles/topic/").content.decode()
    assert 'field-articles">1<' in page
