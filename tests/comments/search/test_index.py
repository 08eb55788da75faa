"""The index follows every decision, in its transaction."""

from collections.abc import Callable
from importlib import import_module
from io import StringIO
from types import SimpleNamespace

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.db.migrations.loader import MigrationLoader
from django.test import override_settings

from articles.models import Article
from comments import search
from comments.actions.deciding import Decider, Reason, decide
from comments.actions.indexing import out_of_line
from comments.actions.judging import judge_item
from comments.actions.moderating import remove_comment, restore_comment
from comments.actions.posting import edit_comment, withdraw_comment
from comments.actions.undoing import undo
from comments.actions.verdicts import Verdict
from comments.audit import audit
from comments.models import Comment, Decision, SearchDocument
from comments.search.finding import find
from comments.search.query import parse
from comments.states import State
from tests import build, cast

pytestmark = pytest.mark.django_db
filling = import_module("comments.migrations.0008_search_filled")


def finds(word: str) -> bool:
    return bool(find(parse(word)).results)


def in_index(comment: Comment) -> bool:
    return SearchDocument.objects.filter(pk=comment.pk).exists()


@pytest.fixture(autouse=True)
def in_line_afterwards(db: None):  # type: ignore[no-untyped-def]  # a generator
    yield
    assert list(out_of_line()) == []


def screening() -> Comment:
    return build.comment(body="A zebra.")


def held() -> Comment:
    return build.held(body="A zebra.").comment


def rejected() -> Comment:
    return build.rejected(body="A zebra.").comment


def removed() -> Comment:
    return build.removed(body="A zebra.")


def hidden() -> Comment:
    return build.hidden(body="A zebra.")


def withdrawn() -> Comment:
    made = build.published(body="A zebra.")
    withdraw_comment(made)
    return made


def taken_down_after_reports() -> Comment:
    made = build.hidden(body="A zebra.")
    build.take_down(made)
    return made


@pytest.mark.parametrize(
    "make",
    [screening, held, rejected, removed, hidden, withdrawn, taken_down_after_reports],
)
def test_what_is_not_public_is_not_in_the_index(make: Callable[[], Comment]) -> None:
    made = make()
    assert not in_index(made)
    assert not finds("zebra")


def test_what_a_machine_or_a_moderator_publishes_is_found() -> None:
    build.published(body="A zebra.")
    item = build.held(body="An okapi.")
    decide(item.revision, to=State.PUBLISHED, by=Decider.moderator(cast.mia()))
    assert finds("zebra")
    assert finds("okapi")


def test_what_is_restored_is_found_again() -> None:
    made = build.removed(body="A zebra.")
    why = Reason(explanation="It was no breach.")
    restore_comment(made, moderator=cast.max_(), reason=why)
    assert finds("zebra")


def test_what_is_shown_again_after_reports_is_found_again() -> None:
    made = build.hidden(body="A zebra.")
    build.leave_up(made)
    assert finds("zebra")


def test_an_undone_approval_takes_it_out_again() -> None:
    with override_settings(UNDO_SECONDS=15):
        item = build.held(body="A zebra.")
        verdict = Verdict(True, item.version, Reason())
        decision = judge_item(item, verdict, moderator=cast.mia())
        assert isinstance(decision, Decision)
        assert finds("zebra")
        assert isinstance(decision, Decision)
        undo(decision, moderator=cast.mia())
    assert not finds("zebra")


def test_an_undone_edit_brings_back_the_text_before_it() -> None:
    made = build.published(body="A zebra.")
    text = edit_comment(made, body="An okapi.")
    held = decide(text, to=State.HELD, by=Decider.machine(), reason=build.reason())
    item = held.revision.comment.queue_items.waiting().get()
    verdict = Verdict(True, item.version, Reason())
    with override_settings(UNDO_SECONDS=15):
        decision = judge_item(item, verdict, moderator=cast.mia())
        assert isinstance(decision, Decision)
        assert (finds("zebra"), finds("okapi")) == (False, True)
        assert isinstance(decision, Decision)
        undo(decision, moderator=cast.mia())
    assert (finds("zebra"), finds("okapi")) == (True, False)


def test_an_undone_removal_is_found_again() -> None:
    made = build.published(body="A zebra.")
    with override_settings(UNDO_SECONDS=15):
        decision = remove_comment(made, moderator=cast.mia(), reason=build.reason())
        undo(decision, moderator=cast.mia())
    assert finds("zebra")


def test_an_edit_is_found_once_it_is_accepted() -> None:
    made = build.published(body="A zebra.")
    text = edit_comment(made, body="An okapi.")
    assert (finds("zebra"), finds("okapi")) == (True, False)
    decide(text, to=State.HELD, by=Decider.machine(), reason=build.reason())
    assert (finds("zebra"), finds("okapi")) == (True, False)
    text.refresh_from_db()
    decide(text, to=State.PUBLISHED, by=Decider.moderator(cast.mia()))
    assert (finds("zebra"), finds("okapi")) == (False, True)


def test_a_decision_that_is_rolled_back_changes_nothing() -> None:
    made = build.comment(body="A zebra.")
    with pytest.raises(RuntimeError), transaction.atomic():
        decide(build.text_of(made), to=State.PUBLISHED, by=Decider.machine())
        raise RuntimeError
    assert not in_index(made)


def test_an_article_follows_its_changes() -> None:
    article = build.article(title="On zebras", body="Stripes.")
    assert finds("zebras")
    article.title = "On okapis"
    article.save()
    assert not finds("zebras")
    assert finds("okapis")
    article.status = Article.Status.DRAFT
    article.save()
    assert not SearchDocument.objects.exists()
    article.status = Article.Status.PUBLISHED
    article.save()
    assert finds("okapis")
    article.delete()
    assert not SearchDocument.objects.exists()


def test_reindexing_mends_what_is_out_of_line_and_leaves_the_rest() -> None:
    build.article(title="On zebras")
    lost, changed, gone = (build.published(body=f"Thought {n}.") for n in range(3))
    SearchDocument.objects.filter(pk=lost.pk).delete()
    SearchDocument.objects.filter(pk=changed.pk).update(text="An okapi.")
    withdraw_comment(gone)
    SearchDocument.objects.create(
        pk=gone.pk,
        comment=gone,
        article=gone.article,
        text="A zebra.",
        public_at=gone.created_at,
    )
    assert sorted(audit()) == [
        f"comment {key}: its words in the search index are {wrong}; run reindex_search"
        for key, wrong in zip(
            (lost.pk, changed.pk, gone.pk),
            ("missing", "different", "superfluous"),
            strict=True,
        )
    ]
    said = StringIO()
    call_command("reindex_search", stdout=said)
    assert "3 texts were not" in said.getvalue()
    assert list(out_of_line()) == []
    assert not finds("okapi")


def test_an_index_that_is_gone_is_named_and_built_again() -> None:
    build.published(body="A zebra.")
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("DROP TRIGGER comments_searchwords_update")
        else:
            cursor.execute("DROP INDEX search_words")
    assert any("search: its index" in breach for breach in audit())
    SearchDocument.objects.update(text="An okapi.")
    connection.check_constraints()  # PostgreSQL alters no table that has some to come
    search.install(connection)
    assert not any("search: its index" in breach for breach in audit())
    assert finds("okapi")
    call_command("reindex_search", stdout=StringIO())
    assert finds("zebra")


def test_the_migration_fills_it_with_what_is_public_already() -> None:
    build.article(title="On zebras")
    build.published(body="An okapi.")
    build.removed(body="A gnu.")
    build.article(slug="draft", title="On gnus", status=Article.Status.DRAFT)
    SearchDocument.objects.all().delete()
    node = ("comments", "0007_search")
    apps = MigrationLoader(connection).project_state([node]).apps
    for _ in range(2):  # what was cut off starts again
        filling.fill(apps, SimpleNamespace(connection=connection))
    assert finds("zebras")
    assert finds("okapi")
    assert SearchDocument.objects.count() == 2


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "sqlite", reason="SQLite rebuilds tables")
def test_a_migration_that_rebuilds_the_table_loses_nothing() -> None:
    made = build.published(body="A zebra.")
    with connection.schema_editor() as editor:
        editor._remake_table(SearchDocument)  # type: ignore[attr-defined]  # SQLite's own
    assert not search.engine_of(connection).installed(connection)
    search.install(connection)
    assert search.engine_of(connection).installed(connection)
    assert finds("zebra")
    withdraw_comment(made)
    assert not finds("zebra")
