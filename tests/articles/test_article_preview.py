"""The Preview button of the article form: the real page, and nothing written."""

import re
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.contrib.admin.models import LogEntry
from django.test import Client
from django.utils import timezone

from articles.models import Article, Topic
from ethicsforum.accounts.models import User
from tests import build

if TYPE_CHECKING:
    # What the test client answers with; a name of the stubs only.
    from django.test.client import _MonkeyPatchedWSGIResponse as Response

pytestmark = pytest.mark.django_db

NEW = "/admin/articles/article/add/preview/"
TYPED = {
    "title": "Typed *title*",
    "slug": "typed",
    "standfirst": "Typed standfirst",
    "byline": "Edda",
    "body": "Typed **text** <script>alert(1)</script>",
    "question": "Typed question?",
    "status": "draft",
    "discussion": "open",
}


def of(article: Article) -> str:
    return f"/admin/articles/article/{article.pk}/change/preview/"


@pytest.fixture
def desk(client: Client, eda: User) -> Client:
    client.force_login(eda)
    return client


def shown(response: "Response") -> str:
    assert response.status_code == 200
    assert response.context["is_preview"] is True
    assert "articles/detail.html" in [part.name for part in response.templates]
    return response.content.decode()


def test_it_shows_what_was_typed_before_anything_is_saved(desk: Client) -> None:
    topic = Topic.objects.create(name="Health", slug="health")
    page = shown(desk.post(NEW, {**TYPED, "topics": [topic.pk]}))
    assert "Typed *title*" in page
    assert "<p>Typed <strong>text</strong> &lt;script&gt;" in page
    assert "Typed standfirst" in page
    assert "Health" in page


def test_nothing_is_written(desk: Client) -> None:
    article = build.article("triage", title="Saved", body="Saved.")
    article.topics.add(Topic.objects.create(name="Health", slug="health"))
    before = Article.objects.values().get()
    assert "Typed *title*" in shown(desk.post(of(article), {**TYPED, "topics": []}))
    shown(desk.post(NEW, TYPED))
    assert Article.objects.values().get() == before
    assert article.topics.count() == 1
    assert not LogEntry.objects.exists()


def test_an_unfinished_article_has_a_preview(desk: Client) -> None:
    shown(desk.post(NEW, {}))
    page = shown(desk.post(NEW, {**TYPED, "title": "x" * 300, "slug": "no slug!"}))
    assert "x" * 300 in page


def test_a_mistake_elsewhere_does_not_hide_what_was_typed(desk: Client) -> None:
    article = build.article("triage")
    build.article("typed")
    late = {"status": "scheduled", "publish_at_0": "soon", "seen": "long ago"}
    assert "Typed *title*" in shown(desk.post(of(article), TYPED | late))


@pytest.mark.parametrize("status", ["draft", "scheduled", "published"])
def test_every_status_has_a_preview(desk: Client, status: str) -> None:
    later = timezone.localtime() + timedelta(days=1)
    time = {
        "publish_at_0": later.date().isoformat(),
        "publish_at_1": later.strftime("%H:%M:%S"),
    }
    shown(desk.post(NEW, {**TYPED, **time, "status": status}))


# --- Who may --------------------------------------------------------------


def test_strangers_are_sent_to_sign_in(client: Client) -> None:
    response = client.post(NEW, TYPED)
    assert response.status_code == 302
    assert (
        "/accounts/login/" in response["Location"]
        or "/admin/login/" in (response["Location"])
    )


def test_staff_who_may_not_write_articles_are_refused(
    client: Client, mia: User
) -> None:
    client.force_login(mia)
    assert client.post(NEW, TYPED).status_code == 403
    assert client.post(of(build.article()), TYPED).status_code == 403


def test_an_article_that_is_gone_is_not_found(desk: Client) -> None:
    article = Article(pk=999)
    assert desk.post(of(article), TYPED).status_code == 404


def test_it_needs_the_form_s_token(eda: User) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(eda)
    assert client.post(NEW, TYPED).status_code == 403


def test_who_signs_in_on_the_way_comes_back_to_the_form(desk: Client) -> None:
    article = build.article()
    assert desk.get(NEW)["Location"] == "/admin/articles/article/add/"
    form = f"/admin/articles/article/{article.pk}/change/"
    assert desk.get(of(article))["Location"] == form


# --- The button -----------------------------------------------------------


def buttons(page: str) -> list[str]:
    return re.findall(r"<input[^>]*formaction[^>]*>", page)


def test_the_button_sends_the_form_to_a_new_tab_without_a_script(desk: Client) -> None:
    article = build.article()
    (new,) = buttons(desk.get("/admin/articles/article/add/").content.decode())
    change = f"/admin/articles/article/{article.pk}/change/"
    (saved,) = buttons(desk.get(change).content.decode())
    assert f'formaction="{NEW}"' in new
    assert f'formaction="{of(article)}"' in saved
    for button in (new, saved):
        assert 'formtarget="_blank"' in button
        assert "formnovalidate" in button


def test_who_may_only_look_has_no_button(client: Client, mia: User) -> None:
    client.force_login(mia)
    change = f"/admin/articles/article/{build.article().pk}/change/"
    assert buttons(client.get(change).content.decode()) == []


@pytest.mark.parametrize(
    ("status", "word"), [("draft", "Preview"), ("published", "View on site")]
)
def test_a_saved_article_has_a_link_to_its_page(
    desk: Client, status: str, word: str
) -> None:
    article = build.article("triage", status=status)
    change = f"/admin/articles/article/{article.pk}/change/"
    page = desk.get(change).content.decode()
    assert re.search(rf'<a href="/articles/triage/"[^>]*>{word}</a>', page)
