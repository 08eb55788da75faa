"""Migrations keep nobody waiting on a site with ten million comments.

From the first release on: those before it ran on no such site.
"""

from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, models
from django.db.migrations import Migration
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState

from ethicsforum.live_migrations import AddIndexMeanwhile, RemoveIndexMeanwhile
from tests.architecture.locks import waits

OURS = ("accounts", "articles", "comments", "limits", "privacy")
BEFORE_THE_FIRST_RELEASE = {
    "accounts": "0001",
    "articles": "0003",
    "comments": "0009",
    "limits": "0001",
    "privacy": "0001",
}
"""The last one of each app; nothing is added here."""
MEANT: dict[tuple[str, str], str] = {}
"""What has to be, with the reason; the upgrade notes say how long it takes."""

on_postgres = pytest.mark.skipif(
    connection.vendor != "postgresql", reason="its SQL, and its locks"
)


def since_the_first_release() -> Iterator[tuple[str, str]]:
    for app, name in MigrationLoader(None).disk_migrations:
        last = BEFORE_THE_FIRST_RELEASE.get(app, "0000")
        if app in OURS and name[:4] > last and (app, name) not in MEANT:
            yield app, name


def sql_of(app: str, name: str) -> list[str]:
    loader = MigrationLoader(connection)
    found: list[str] = loader.collect_sql([(loader.graph.nodes[app, name], False)])
    return found


def test_every_app_of_ours_is_looked_at() -> None:
    with_tables = {model._meta.app_config for model in apps.get_models()}
    here = {
        app.label
        for app in with_tables
        if app.name.startswith(("ethicsforum", "articles", "comments"))
    }
    assert here == set(OURS)


@on_postgres
@pytest.mark.django_db
def test_none_keeps_readers_or_writers_waiting() -> None:
    guilty = [
        f"{app} {name}: {statement} -- {why}"
        for app, name in since_the_first_release()
        for statement, why in waits(sql_of(app, name))
    ]
    assert guilty == []


@on_postgres
@pytest.mark.django_db
def test_those_before_show_that_it_sees() -> None:
    found = {
        why.split(":")[0]
        for _sql, why in waits(sql_of("comments", "0005_reading_and_writing"))
    }
    assert "makes an index while nobody may write" in found
    assert "reads every row while nobody may" in found


def test_one_that_cannot_be_in_a_transaction_says_so() -> None:
    loader = MigrationLoader(None)
    for key in since_the_first_release():
        migration = loader.disk_migrations[key]
        if any("Meanwhile" in type(each).__name__ for each in migration.operations):
            assert migration.atomic is False, key


@pytest.mark.parametrize(
    "statement",
    [
        'CREATE INDEX "i" ON "comments_comment" ("state")',
        'CREATE UNIQUE INDEX "i" ON "comments_vote" ("member_id")',
        'DROP INDEX IF EXISTS "i"',
        'ALTER TABLE "comments_comment" ADD COLUMN "n" integer NOT NULL',
        'ALTER TABLE "comments_vote" ADD COLUMN "x" bigint NULL CONSTRAINT "f" '
        'REFERENCES "accounts_user"("id") DEFERRABLE INITIALLY DEFERRED',
        'ALTER TABLE "comments_vote" ADD COLUMN "x" timestamptz DEFAULT now() NOT NULL',
        'ALTER TABLE "comments_revision" ALTER COLUMN "html" TYPE varchar(9)',
        'ALTER TABLE "comments_revision" ALTER COLUMN "html" SET NOT NULL',
        'ALTER TABLE "comments_vote" ADD CONSTRAINT "c" CHECK ("value" < 2)',
        'ALTER TABLE "comments_vote" ADD CONSTRAINT "u" UNIQUE ("member_id")',
        'ALTER TABLE "comments_vote" RENAME COLUMN "value" TO "worth"',
        'UPDATE "comments_comment" SET "rank" = 0',
        "VACUUM FULL",
    ],
)
def test_what_is_refused(statement: str) -> None:
    assert [said for said, _why in waits([statement])] == [statement]


@pytest.mark.parametrize(
    "statement",
    [
        'CREATE INDEX CONCURRENTLY "i" ON "comments_comment" ("state")',
        'DROP INDEX CONCURRENTLY IF EXISTS "i"',
        'ALTER TABLE "comments_comment" ADD COLUMN "n" integer DEFAULT 0 NOT NULL',
        'ALTER TABLE "comments_comment" ADD COLUMN "n" integer NULL',
        'ALTER TABLE "comments_comment" ALTER COLUMN "n" DROP DEFAULT',
        'ALTER TABLE "comments_vote" ADD CONSTRAINT "c" CHECK ("value" < 2) NOT VALID',
        'ALTER TABLE "comments_vote" VALIDATE CONSTRAINT "c"',
        'ALTER TABLE "comments_vote" ADD CONSTRAINT "u" UNIQUE USING INDEX "i"',
        'CREATE INDEX "i" ON "comments_rule" ("code")',
        "-- Raw Python operation",
    ],
)
def test_what_is_not(statement: str) -> None:
    assert list(waits([statement])) == []


def test_a_table_that_is_made_here_is_still_empty() -> None:
    made = 'CREATE TABLE "comments_vote" ("id" bigint)'
    assert list(waits([made, 'CREATE INDEX "i" ON "comments_vote" ("id")'])) == []


def index_named(name: str) -> models.Index:
    return models.Index(fields=["credit"], name=name)


def indexes() -> set[str]:
    with connection.cursor() as cursor:
        found = connection.introspection.get_constraints(cursor, "articles_picture")
    return set(found)


@pytest.mark.django_db(transaction=True)
def test_an_index_comes_and_goes_meanwhile_on_both() -> None:
    before = ProjectState.from_apps(apps)
    add = AddIndexMeanwhile("picture", index_named("meanwhile"))
    after = run([add], before)
    assert "meanwhile" in indexes()
    run([RemoveIndexMeanwhile("picture", "meanwhile")], after)
    assert "meanwhile" not in indexes()


@on_postgres
@pytest.mark.django_db(transaction=True)
def test_on_postgres_it_is_made_concurrently() -> None:
    add = AddIndexMeanwhile("picture", index_named("meanwhile"))
    with connection.schema_editor(collect_sql=True, atomic=False) as editor:
        before = ProjectState.from_apps(apps)
        after = before.clone()
        add.state_forwards("articles", after)
        add.database_forwards("articles", editor, before, after)
    assert editor.collected_sql[0].startswith("CREATE INDEX CONCURRENTLY")


def run(operations: list[Any], state: ProjectState) -> ProjectState:
    made = type("Made", (Migration,), {"atomic": False, "operations": operations})
    migration = made("of_a_test", "articles")
    with connection.schema_editor(atomic=False) as editor:
        after: ProjectState = migration.apply(state.clone(), editor)
        return after
