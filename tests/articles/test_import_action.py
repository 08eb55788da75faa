"""A draft becomes an article, once."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from articles.actions import Outcome, import_draft
from articles.importing import CannotImport, Draft
from articles.models import Article, Topic
from tests import build

pytestmark = pytest.mark.django_db

DRAFT = Draft(
    title="Who may decide?",
    slug="who-may-decide",
    body="It begins with *one* patient.",
    standfirst="A model orders the list.",
    topics=("Health", "Who decides"),
)


def imported(draft: Draft = DRAFT, *, publish: bool = False) -> Article:
    return import_draft(draft, publish=publish)[0]


def test_a_new_draft_makes_an_article_that_nobody_sees_yet() -> None:
    article, outcome = import_draft(DRAFT, publish=False)
    article.refresh_from_db()
    assert outcome == Outcome.CREATED
    assert article.status == Article.Status.DRAFT
    assert article.body_html == "<p>It begins with <em>one</em> patient.</p>\n"
    assert article.standfirst == "A model orders the list."
    assert [topic.slug for topic in article.topics.all()] == ["health", "who-decides"]


def test_publishing_makes_it_readable_now() -> None:
    article, outcome = import_draft(DRAFT, publish=True)
    assert outcome == Outcome.CREATED
    assert article in Article.objects.published()


def test_the_same_draft_twice_is_one_article_and_changes_nothing() -> None:
    first = imported()
    second, outcome = import_draft(DRAFT, publish=False)
    assert outcome == Outcome.UNCHANGED
    assert second.pk == first.pk
    assert second.updated_at == first.updated_at


def test_publishing_a_draft_that_is_already_there() -> None:
    imported()
    article, outcome = import_draft(DRAFT, publish=True)
    assert outcome == Outcome.PUBLISHED
    assert article.is_published
    assert import_draft(DRAFT, publish=True)[1] == Outcome.UNCHANGED


def test_another_text_at_the_same_address_updates_the_article() -> None:
    first = imported(publish=True)
    article, outcome = import_draft(replace(DRAFT, body="Two."), publish=False)
    assert outcome == Outcome.UPDATED
    assert (article.pk, article.body_html) == (first.pk, "<p>Two.</p>\n")
    assert article.is_published


def test_what_the_file_leaves_out_stays_as_an_editor_wrote_it() -> None:
    article = imported()
    article.question = "Would you sign?"
    article.save()
    again = imported(Draft(DRAFT.title, DRAFT.slug, "Two."))
    assert again.question == "Would you sign?"
    assert again.standfirst == DRAFT.standfirst
    assert again.topics.count() == 2


def test_the_same_file_does_not_undo_what_an_editor_changed() -> None:
    article = imported()
    article.title = "Who should decide?"
    article.save()
    assert imported().title == "Who should decide?"


def test_an_article_written_here_is_never_overwritten() -> None:
    build.article(DRAFT.slug, title="Mine")
    with pytest.raises(CannotImport, match="the address of an article written here"):
        imported()
    assert Article.objects.get().title == "Mine"


# --- Time -----------------------------------------------------------------


def test_a_time_to_come_makes_it_scheduled() -> None:
    later = timezone.now() + timedelta(days=2)
    article = imported(replace(DRAFT, publish_at=later), publish=True)
    assert article.status == Article.Status.SCHEDULED
    assert not article.is_published


def test_a_time_that_has_passed_is_kept() -> None:
    earlier = timezone.now() - timedelta(days=200)
    article = imported(replace(DRAFT, publish_at=earlier), publish=True)
    assert article.publish_at == earlier
    assert article.is_published


def test_the_date_of_a_published_article_is_not_moved() -> None:
    before = imported(publish=True).publish_at
    later = timezone.now() + timedelta(days=2)
    article = imported(replace(DRAFT, publish_at=later), publish=True)
    assert article.publish_at == before
    assert article.is_published


# --- Topics ---------------------------------------------------------------


def test_a_topic_that_is_there_is_used_whatever_its_spelling_and_address() -> None:
    topic = Topic.objects.create(name="Health", slug="medicine")
    article = imported(replace(DRAFT, topics=("health",)))
    assert list(article.topics.all()) == [topic]


def test_topics_in_any_script_have_an_address() -> None:
    article = imported(replace(DRAFT, topics=("ეთიკა", "სამართალი")))
    assert article.topics.count() == 2
    assert all(topic.slug.startswith("topic-") for topic in article.topics.all())


# --- At the same time -----------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_two_imports_at_once_make_one_article() -> None:
    def run(number: int) -> str:
        try:
            return str(import_draft(DRAFT, publish=True)[1])
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as threads:
        outcomes = sorted(threads.map(run, range(4)))
    assert outcomes == ["created", "unchanged", "unchanged", "unchanged"]
    assert Article.objects.count() == 1
    assert Topic.objects.count() == 2
