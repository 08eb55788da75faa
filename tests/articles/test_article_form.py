"""What an editor is told beside the field."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib import admin
from django.http import QueryDict
from django.test import RequestFactory
from django.utils import timezone

from articles.admin import ArticleAdmin
from articles.forms import ArticleForm
from articles.models import Article
from ethicsforum.accounts.models import User
from tests import build

pytestmark = pytest.mark.django_db


def form(article: Article | None = None, **typed: Any) -> ArticleForm:
    """The admin's own form, filled in."""
    data: dict[str, Any] = {
        "title": "Who?",
        "slug": "who",
        "body": "Text.",
        "status": "draft",
    }
    data |= {"discussion": "open", **typed}
    moment = data.pop("publish_at", None)
    if moment is not None:
        local = timezone.localtime(moment)
        data["publish_at_0"] = local.date().isoformat()
        data["publish_at_1"] = local.time().isoformat()
    posted = QueryDict(mutable=True)
    posted.update(data)
    request = RequestFactory().get("/")
    request.user = User(is_superuser=True)
    desk = ArticleAdmin(Article, admin.site)
    made = desk.get_form(request, article)(posted, instance=article)
    assert isinstance(made, ArticleForm)
    return made


HOUR = timedelta(hours=1)


def test_a_draft_needs_a_title_and_a_text() -> None:
    assert form().is_valid()
    assert set(form(title="", body="").errors) == {"title", "body"}


def test_without_an_address_the_title_makes_it() -> None:
    made = form(title="Who may decide?", slug="").save()
    assert made.slug == "who-may-decide"


def test_an_address_that_is_taken_is_said_beside_it() -> None:
    build.article("who")
    assert set(form().errors) == {"slug"}
    assert set(form(title="Who", slug="").errors) == {"slug"}


def test_scheduled_needs_a_time() -> None:
    assert form(status="scheduled").errors == {
        "publish_at": ["Say when it should be published."]
    }


def test_scheduled_needs_a_time_to_come() -> None:
    refused = form(status="scheduled", publish_at=timezone.now() - HOUR)
    assert refused.errors == {
        "publish_at": ["This time has passed: choose a later one."]
    }
    assert form(status="scheduled", publish_at=timezone.now() + HOUR).is_valid()


def test_published_is_not_for_later() -> None:
    refused = form(status="published", publish_at=timezone.now() + HOUR)
    assert refused.errors == {
        "publish_at": ["This is still to come: choose ‘scheduled’."]
    }
    assert form(status="published", publish_at=timezone.now() - HOUR).is_valid()


def test_published_without_a_time_means_now() -> None:
    assert form(status="published").save().is_published


def test_a_scheduled_article_whose_time_has_come_can_be_corrected() -> None:
    moment = timezone.now().replace(microsecond=0) - HOUR
    article = build.article(status="scheduled", publish_at=moment)
    same = {"slug": article.slug, "status": "scheduled", "publish_at": moment}
    assert form(article, title="Corrected", **same).is_valid()


def test_a_time_that_cannot_be_read_is_said_once() -> None:
    refused = form(status="scheduled", publish_at_0="soon", publish_at_1="09:00")
    assert set(refused.errors) == {"publish_at"}
    assert len(refused.errors["publish_at"]) == 1


# --- Two editors ----------------------------------------------------------


def test_an_editor_hears_that_somebody_saved_in_the_meantime() -> None:
    article = build.article("who")
    seen = article.updated_at.isoformat()
    Article.objects.get(pk=article.pk).save()
    article.refresh_from_db()
    late = form(article, title="Mine", seen=seen)
    assert "Somebody else saved this article" in late.errors["__all__"][0]
    assert late["title"].value() == "Mine"


def test_saving_again_after_that_goes_through() -> None:
    article = build.article("who")
    late = form(article, seen="2020-01-01T00:00:00+00:00")
    assert not late.is_valid()
    assert form(article, seen=late["seen"].value()).is_valid()


def test_an_editor_alone_hears_nothing() -> None:
    article = build.article("who")
    assert form(article, seen=article.updated_at.isoformat()).is_valid()
