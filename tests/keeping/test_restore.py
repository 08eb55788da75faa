"""`restore FILE`: the site of the backup, whole, or the site that was there."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from articles.models import Article, Topic
from comments.actions.sealing import verify
from comments.audit import audit
from comments.models import Comment, Decision
from comments.search.finding import find
from comments.search.query import parse
from ethicsforum.accounts.privacy.actions import leaving
from ethicsforum.keeping import media, places, restoring
from ethicsforum.keeping.schema import Schema, schema_of_database
from tests import build, cast
from tests.keeping import archives, site

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def backup(tmp_path: Path) -> Path:
    """Of a site that has some of everything, and goes on afterwards."""
    site.fill()
    path = tmp_path / "site.zip"
    site.backup(path)
    return path


def replace(path: Path) -> str:
    return site.command("restore", path, "--replace", "--no-input")


@pytest.mark.by_migrations
def test_the_site_is_that_of_the_backup(backup: Path) -> None:
    before = site.everything()
    build.published(body="Written after the backup.")
    Article.objects.filter(slug="triage").update(title="Another title")
    site.upload("later.webp", b"uploaded after the backup")
    last = Comment.objects.latest("pk").pk

    assert "check_forum and verify_log" in replace(backup)

    assert site.everything() == before
    assert (list(audit()), verify()) == ([], None)
    # The database guards decisions as ever, finds what is public, and goes on counting.
    with pytest.raises(IntegrityError), transaction.atomic():
        Decision.objects.order_by("pk").update(explanation="Changed.")
    assert [found.document.comment_id for found in find(parse("Ärzte")).results]
    assert build.comment(author=cast.ben(), body="And on.").pk >= last
    assert find(parse("Ärzte")).count == 1


def test_a_number_once_given_is_not_given_again(backup: Path, tmp_path: Path) -> None:
    gone = Topic.objects.create(name="Gone", slug="gone").pk
    Topic.objects.filter(pk=gone).delete()
    again = tmp_path / "again.zip"
    site.backup(again)
    replace(again)
    assert Topic.objects.create(name="New", slug="new").pk > gone


def test_whoever_left_since_is_named_by_number(backup: Path) -> None:
    ann, mia = cast.ann(), cast.mia()
    assert "no longer had" not in replace(backup)
    # One is gone; the other decided, so a number stays.
    for member in (ann, mia):
        while not leaving.carry_out(leaving.order_deletion(member).pk):
            pass
    said = replace(backup)
    assert f"no longer had: {ann.pk}, {mia.pk}. If they were deleted" in said


def test_a_site_with_something_in_it_is_left_alone(backup: Path) -> None:
    before = site.everything()
    with pytest.raises(CommandError, match="say --replace"):
        site.command("restore", backup)
    assert site.everything() == before


@pytest.mark.parametrize("answer", ["no", "", "yes"])
def test_replacing_asks(
    backup: Path, answer: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = site.everything()
    monkeypatch.setattr("builtins.input", lambda question: answer)
    with pytest.raises(CommandError, match="nothing was changed"):
        site.command("restore", backup, "--replace")
    assert site.everything() == before


def test_a_damaged_one_changes_nothing(backup: Path) -> None:
    before = site.everything()
    content = bytearray(backup.read_bytes())
    content[len(content) // 2] ^= 0xFF
    backup.write_bytes(content)
    with pytest.raises(CommandError, match="is damaged"):
        replace(backup)
    assert site.everything() == before


def test_one_of_newer_code_changes_nothing(backup: Path) -> None:
    before = site.everything()
    said = archives.manifest(backup)["migrations"]
    said["comments"].append("9999_of_tomorrow")
    archives.rewrite(backup, {}, migrations=said)
    with pytest.raises(CommandError, match=r"newer version.*comments 9999_of_tomorrow"):
        replace(backup)
    assert site.everything() == before


def test_one_with_other_columns_changes_nothing(backup: Path) -> None:
    before = site.everything()
    tables = archives.manifest(backup)["tables"]
    tables["comments.comment"]["columns"][0] = "id; DROP TABLE comments_comment"
    archives.rewrite(backup, {}, tables=tables)
    with pytest.raises(CommandError, match=r"other columns of comments\.Comment"):
        replace(backup)
    assert site.everything() == before


@pytest.mark.parametrize(
    ("label", "content", "why"),
    [
        ("comments.revision", b"", "rows, not"),
        ("articles.topic", b"{broken\n", "nothing was changed"),
    ],
)
def test_rows_that_do_not_fit_change_nothing(
    backup: Path, label: str, content: bytes, why: str
) -> None:
    """Sound as a file, so it fails while the new site is being built."""
    before = site.everything()
    archives.rewrite(backup, {f"tables/{label}.jsonl": content})
    with pytest.raises(CommandError, match=why):
        replace(backup)
    assert site.everything() == before
    assert list(audit()) == []


def test_rows_that_name_what_is_not_there_change_nothing(backup: Path) -> None:
    before = site.everything()
    tables = archives.manifest(backup)["tables"]
    tables["articles.topic"]["rows"] = 0
    archives.rewrite(backup, {"tables/articles.topic.jsonl": b""}, tables=tables)
    with pytest.raises(CommandError, match=r"nothing was changed: .*topic"):
        replace(backup)
    assert site.everything() == before


def test_uploads_come_before_the_rows_and_go_after(
    backup: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.upload("later.webp", b"uploaded after the backup")
    (media.root() / "pictures" / "owl-800.webp").unlink()
    seen = []

    def look(build: Any) -> None:
        build()
        seen.append(sorted(site.uploads()))

    monkeypatch.setattr(
        restoring, "replaced_by", lambda build: places.replaced_by(lambda: look(build))
    )
    replace(backup)
    assert seen == [["pictures/later.webp", "pictures/owl-800.webp"]]
    assert site.uploads() == {"pictures/owl-800.webp": site.OWL}


def test_a_link_among_the_uploads_leads_nowhere(backup: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    folder = media.root() / "pictures"
    (folder / "owl-800.webp").unlink()
    folder.rmdir()
    folder.symlink_to(outside)
    before = site.rows()
    with pytest.raises(CommandError, match="leads out of"):
        replace(backup)
    assert list(outside.iterdir()) == []
    assert site.rows() == before


@pytest.mark.by_migrations
def test_an_older_one_is_brought_up_to_date(tmp_path: Path) -> None:
    path = tmp_path / "older.zip"
    today = schema_of_database().migrations
    migrations = dict(today)
    migrations["comments"] = [n for n in migrations["comments"] if n < "0007"]
    with site.another_database(tmp_path):
        older = Schema(migrations)
        older.make_tables()
        older.models["articles.article"]._base_manager.create(
            slug="older",
            title="An older question",
            body="Text.",
            body_html="<p>Text.</p>",
            status="published",
            publish_at=timezone.now(),
        )
        site.backup(path)
    assert archives.manifest(path)["tables"]["comments.searchdocument"]["rows"] == 0

    replace(path)

    assert site.titles() == ["An older question"]
    assert (list(audit()), find(parse("older question")).count) == ([], 1)
    assert schema_of_database().migrations == today


@contextmanager
def somebody_else_restores() -> Iterator[None]:
    if connection.vendor == "sqlite":
        lock = Path(f"{connection.settings_dict['NAME']}.restoring.lock")
        with lock.open("w") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield
        return
    other = connection.copy()
    with other.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [places.LOCK])
    yield
    other.close()


def test_two_at_once_are_one(backup: Path) -> None:
    before = site.everything()
    with (
        somebody_else_restores(),
        pytest.raises(CommandError, match="somebody else restores this site"),
    ):
        replace(backup)
    assert site.everything() == before


@pytest.mark.skipif(connection.vendor == "sqlite", reason="it has no pooler")
def test_a_pooler_that_passes_nothing_on_is_refused(
    backup: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = site.everything()
    monkeypatch.setattr(places, "BUILDING", "")
    with pytest.raises(CommandError, match="a pooler is in between"):
        replace(backup)
    assert site.everything() == before
