"""Finding, on whichever database the tests run on."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from articles.models import Article
from comments.models import SearchDocument
from comments.search import Kind, engine_of, finding
from comments.search.finding import Found, find
from comments.search.query import parse
from tests import build, cast

pytestmark = pytest.mark.django_db


def look(typed: str, *kinds: Kind, page: int = 1) -> Found:
    return find(parse(typed), kinds, page)


def found(typed: str, *kinds: Kind) -> list[int]:
    """Keys: an article's has a minus."""
    return [result.document.pk for result in look(typed, *kinds).results]


def test_articles_and_comments_are_found_by_their_words() -> None:
    article = build.article(title="Waiting lists", body="On **triage**.")
    comment = build.published(body="The *triage* nurse decides.")
    assert set(found("triage")) == {-article.pk, comment.pk}
    assert found("triage", Kind.ARTICLES) == [-article.pk]
    assert found("triage", Kind.COMMENTS) == [comment.pk]


def test_title_and_standfirst_count_and_the_title_counts_most() -> None:
    in_text = build.article(slug="one", body="Algorithms, here and there.", title="A")
    in_title = build.article(slug="two", body="Nothing.", title="Of algorithms")
    build.article(slug="three", body="No.", title="B", standfirst="Of algorithms.")
    assert found("algorithms")[0] == -in_title.pk
    assert -in_text.pk in found("algorithms")
    assert len(found("algorithms")) == 3


def test_every_word_must_be_there() -> None:
    both = build.published(body="A nurse and a doctor.")
    build.published(body="A nurse alone.")
    assert found("nurse doctor") == [both.pk]


def test_words_in_quotes_stand_side_by_side() -> None:
    together = build.published(body="The waiting list grows.")
    build.published(body="The list of those waiting.")
    assert found('"waiting list"', Kind.COMMENTS) == [together.pk]


def test_the_last_word_may_be_a_beginning() -> None:
    comment = build.published(body="Hospitals decide.")
    assert found("decide hosp", Kind.COMMENTS) == [comment.pk]
    assert found("hosp decide") == []


def test_the_word_itself_comes_before_what_begins_with_it() -> None:
    build.published(body="Some careless talk.")
    exact = build.published(body="Some careful car talk.")
    build.published(body="Some careless talk again.")
    assert found("car")[0] == exact.pk


def test_other_forms_of_a_word_are_found() -> None:
    comment = build.published(body="They were arguing.")
    assert found("argue") == [comment.pk]


@pytest.mark.parametrize("typed", ["café", "cafe", "CAFÉ", "cafe\u0301"])
def test_accents_make_no_difference(typed: str) -> None:
    comment = build.published(body="In the Café, later.")
    assert found(typed) == [comment.pk]
    assert "<mark>Café</mark>" in look(typed).results[0].snippet


@pytest.mark.parametrize(
    "typed",
    ["doctors", "patients", "model", "self", "driving", "self-driving", "won't"],
)
def test_punctuation_divides_words(typed: str) -> None:
    body = "For doctors/patients. The end.Model of self-driving; it won't help@all."
    comment = build.published(body=body)
    assert found(typed, Kind.COMMENTS) == [comment.pk]
    assert "<mark>" in look(typed, Kind.COMMENTS).results[0].snippet


def test_common_words_are_not_asked_for() -> None:
    comment = build.published(body="Judge not.")
    assert found("who is the judge") == [comment.pk]
    assert found("who is the") == []


def test_text_in_a_result_is_escaped() -> None:
    build.published(body="`<script>alert(1)</script>` is no argument & never was.")
    snippet = look("argument").results[0].snippet
    assert snippet == (
        "&lt;script&gt;alert(1)&lt;/script&gt; is no <mark>argument</mark> "
        "&amp; never was."
    )


def test_a_private_character_in_a_text_marks_nothing() -> None:
    comment = build.published(body="Two \ue000private\ue001 signs.")
    assert "\ue000" not in SearchDocument.objects.get(pk=comment.pk).text
    assert look("signs").results[0].snippet.endswith("<mark>signs</mark>.")


@time_machine.travel("2026-03-01", tick=False)
def test_a_scheduled_article_is_found_when_its_time_has_come() -> None:
    later = timezone.now() + timedelta(hours=1)
    scheduled = Article.Status.SCHEDULED
    article = build.article(status=scheduled, publish_at=later)
    assert found("hospital") == []
    with time_machine.travel(later + timedelta(seconds=1)):
        assert found("hospital") == [-article.pk]


def test_a_draft_is_not_found_and_neither_are_comments_under_one() -> None:
    article = build.article()
    build.published(body="About a hospital.")
    article.status = Article.Status.DRAFT
    article.save()
    assert found("hospital") == []


def test_comments_of_a_hidden_discussion_are_not_found() -> None:
    article = build.article()
    build.published(body="About a hospital.")
    article.discussion = Article.Discussion.HIDDEN
    article.save()
    assert found("hospital") == [-article.pk]


def test_what_is_not_public_is_not_found_even_if_the_index_has_it() -> None:
    removed = build.removed(body="A terrible insult.")
    SearchDocument.objects.create(
        pk=removed.pk,
        comment=removed,
        article=removed.article,
        text="A terrible insult.",
        public_at=timezone.now(),
    )
    assert found("insult") == []


def test_only_a_page_is_shown_and_so_many_pages(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(finding, "PAGE", 2)
    monkeypatch.setattr(finding, "MOST", 4)
    for number in range(5):
        build.published(body=f"Thought {number} on triage.", author=cast.ann())
    first, second = look("triage"), look("triage", page=2)
    assert (len(first.results), len(second.results)) == (2, 2)
    assert (first.count, first.more, first.further) == (4, True, True)
    assert not second.further
    keys = {result.document.pk for result in [*first.results, *second.results]}
    assert len(keys) == 4


def test_only_the_newest_of_very_many_matches_are_ranked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(engine_of(connection), "CANDIDATES", 2)
    made = [build.published(body=f"Triage, {n}.", author=cast.ann()) for n in range(3)]
    article = build.article(slug="old", body="Triage.")
    assert set(found("triage")) == {made[1].pk, made[2].pk, -article.pk}


def test_the_number_of_queries_does_not_depend_on_what_is_found() -> None:
    build.published(body="One triage.")
    with CaptureQueriesContext(connection) as few:
        look("triage")
    for number in range(5):
        build.published(body=f"Triage {number}.", author=cast.ann())
    with CaptureQueriesContext(connection) as many:
        look("triage")
    assert len(few) == len(many)


SYNTAX = "ab\"'*():&|!<->^+\\%{}\x00 "
HOSTILE = [
    '"',
    '""" OR "',
    "a OR NOT b AND (c",
    "NEAR(a b, 2)",
    "title : secret",
    "^first *",
    "- + * : ^ ( ) { } [ ]",
    "'; DROP TABLE comments_searchdocument; --",
    "%s %(x)s %% \\",
    "a & b | !c <-> d:*",
    "it's:*",
    "nul\x00byte",
    "🙂 🏳️‍🌈 word",
    "\ud800 half",
    "x" * 10_000,
    "word " * 2_000,
    "\u0301\u0301",
    "ﬁne ① ² ½",
    "क्षमा العربية 漢字",
]


@pytest.mark.parametrize("typed", HOSTILE)
def test_nothing_that_is_typed_breaks_it(typed: str) -> None:
    build.published(body="A word is a word.")
    look(typed)
    look(typed, Kind.COMMENTS)


@settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@example("\u1e9e\U0001e900x")
@given(
    st.text(max_size=80) | st.text(alphabet="ab\"'*():&|!<->^+\\%{}\x00 ", max_size=40)
)
def test_anything_can_be_looked_for(db: None, typed: str) -> None:
    if not SearchDocument.objects.exists():
        build.article(body="a ab b, and a b.")
    look(f"{typed} ab")
    look(typed)
