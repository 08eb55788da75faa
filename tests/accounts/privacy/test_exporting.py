"""An export: row first, made by one worker, told by mail, fetched by its owner."""

import json
import zipfile
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core import mail
from django.utils import timezone

from comments.actions.following import follow
from ethicsforum.accounts.models import User
from ethicsforum.accounts.privacy import files
from ethicsforum.accounts.privacy.actions import exporting
from ethicsforum.accounts.privacy.actions.exporting import (
    MAIL,
    MAKE,
    ask_export,
    deliver,
    make_export,
    resend,
)
from ethicsforum.accounts.privacy.models import LOST, MOST_TRIES, STALLED, Export
from ethicsforum.accounts.privacy.package import exported
from ethicsforum.accounts.privacy.registry import holdings
from tests import build, cast

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, settings: Any) -> None:
    settings.DATA_DIR = tmp_path


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, int]]:
    nudges: list[tuple[str, int]] = []

    def note(task: str, pk: int, *, after: float = 0) -> bool:
        nudges.append((task, pk))
        return True

    monkeypatch.setattr("ethicsforum.dispatch.send", note)
    return nudges


def made(member: User) -> Export:
    export = ask_export(member)
    assert make_export(export.pk)
    return Export.objects.get(pk=export.pk)


def data_of(export: Export) -> dict[str, Any]:
    with zipfile.ZipFile(files.path_of(export.file)) as archive:
        assert sorted(archive.namelist()) == ["data.json", "index.html"]
        loaded: dict[str, Any] = json.loads(archive.read("data.json"))
    return loaded


def section(data: dict[str, Any], key: str) -> Any:
    return next(part["rows"] for part in data["sections"] if part["key"] == key)


def test_the_row_is_there_before_a_worker_hears_of_it(
    ben: User, sent: list[Any], django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        export = ask_export(ben)
        assert sent == []
    assert sent == [(MAKE, export.pk)]


def test_one_at_a_time(ben: User) -> None:
    first = ask_export(ben)
    assert ask_export(ben) == first
    make_export(first.pk)
    assert ask_export(ben) == first
    Export.objects.update(expires_at=timezone.now())
    old = files.path_of(Export.objects.get().file)
    assert ask_export(ben) != first
    assert not old.exists()


def test_everything_the_registry_names_is_in_it(ben: User) -> None:
    data = data_of(made(ben))
    assert [part["key"] for part in data["sections"]] == [e.key for e in exported()]
    left_out = [str(each.what) for each in holdings() if not each.fields]
    assert [part["what"] for part in data["left_out"]] == left_out


def test_it_says_what_they_wrote_chose_and_were_told(ben: User) -> None:
    build.published(author=ben, body="My <b>thought</b>.")
    decision = build.rejected(author=ben, body="Too sharp.")
    build.appeal(decision, "I see it so.")
    follow(cast.cleo(), member=ben)
    data = data_of(made(ben))
    assert section(data, "accounts.User.pk")[0]["email"] == "ben@example.org"
    texts = section(data, "comments.Revision.comment__author")
    assert [row["source"] for row in texts] == ["My <b>thought</b>.", "Too sharp."]
    decided = section(data, "comments.Decision.comment__author")
    assert "About the person." in [row["explanation"] for row in decided]
    said = section(data, "comments.AppealMessage.sender")
    assert [row["text"] for row in said] == ["I see it so."]
    assert section(data, "comments.Follow.member")[0]["person username"] == "Cleo"
    kinds = [row["kind"] for row in section(data, "comments.Notification.recipient")]
    assert kinds == ["rejected", "appeal-received"]


def test_nothing_of_others_is_in_it(ben: User) -> None:
    mine = build.published(author=ben)
    build.reported(mine, by=build.reporter())
    build.published(author=cast.cleo(), body="What Cleo wrote.", parent=mine)
    build.rejected(author=ben, by=cast.mia(), body="Refused.")
    said = json.dumps(data_of(made(ben)))
    for other in ("What Cleo wrote.", "rosa@", "Rosa", "cleo@", "Mia", "mia@"):
        assert other not in said


def test_the_page_in_it_shows_words_and_no_markup_of_theirs(ben: User) -> None:
    build.published(author=ben, body="<script>alert(1)</script> & more")
    with zipfile.ZipFile(files.path_of(made(ben).file)) as archive:
        page = archive.read("index.html").decode()
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; more" in page
    assert "<script" not in page
    assert page.count("http-equiv") == 1 and "src=" not in page


def test_its_file_lies_where_no_address_leads_and_for_its_owner_alone(
    ben: User,
) -> None:
    path = files.path_of(made(ben).file)
    assert path.parent == Path(settings.DATA_DIR) / "exports"
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700


def test_a_second_worker_makes_nothing(ben: User) -> None:
    export = made(ben)
    assert make_export(export.pk) is False
    again = Export.objects.get()
    assert (again.file, again.ready_at) == (export.file, export.ready_at)


def test_progress_can_be_seen(ben: User, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[tuple[int, int]] = []
    note = exporting._note

    def look(pk: int, done: int) -> None:
        note(pk, done)
        seen.append(Export.objects.values_list("done", "total").get(pk=pk))

    monkeypatch.setattr(exporting, "_note", look)
    made(ben)
    total = len(exported())
    assert seen == [(number, total) for number in range(1, total + 1)]


def test_a_worker_that_died_is_followed_by_another(ben: User, sent: list[Any]) -> None:
    export = ask_export(ben)
    begun = timezone.now()
    Export.objects.update(started_at=begun, tries=1, file=files.new_name())
    assert make_export(export.pk) is False
    assert resend() == 0
    Export.objects.update(started_at=begun - STALLED, asked_at=begun - STALLED)
    assert resend() == 1
    assert sent == [(MAKE, export.pk)]
    assert make_export(export.pk)


def test_a_nudge_that_was_lost_is_sent_again(ben: User, sent: list[Any]) -> None:
    export = ask_export(ben)
    assert resend() == 0
    Export.objects.update(asked_at=timezone.now() - LOST)
    assert resend() == 1
    assert sent == [(MAKE, export.pk)]


def test_what_fails_again_and_again_is_said_to_have_failed(
    ben: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*args: Any) -> None:
        raise OSError("the disk is full")

    monkeypatch.setattr(exporting, "write_package", fail)
    export = ask_export(ben)
    for _try in range(MOST_TRIES):
        assert Export.objects.get().is_pending
        with pytest.raises(OSError, match="disk"):
            make_export(export.pk)
    assert Export.objects.get().has_failed
    assert make_export(export.pk) is False
    assert ask_export(ben) != export


def test_one_mail_says_that_it_is_ready(ben: User) -> None:
    export = made(ben)
    assert deliver(export.pk)
    assert not deliver(export.pk)
    [sent] = mail.outbox
    assert sent.to == ["ben@example.org"]
    assert sent.subject == "Your data from Ethics Forum is ready"
    assert f"{settings.SITE_URL}/accounts/privacy/" in str(sent.body)
    assert export.file not in str(sent.message())


def test_a_mail_that_was_lost_is_sent_again(ben: User, sent: list[Any]) -> None:
    export = made(ben)
    Export.objects.update(mail_due_at=timezone.now() - timedelta(minutes=1))
    assert resend() == 1
    assert sent == [(MAIL, export.pk)]
