"""What is older than its period goes; what is younger stays."""

import os
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.admin.models import CHANGE
from django.contrib.admin.models import LogEntry as AdminLog
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.db import connection
from django.db.models import Model
from django.utils import timezone

from comments.audit import audit
from comments.models import (
    Comment,
    Decision,
    Delivery,
    Digest,
    Notification,
    Report,
    Revision,
    Visit,
    guard,
)
from ethicsforum.accounts.privacy import files
from ethicsforum.accounts.privacy.actions import tidying
from ethicsforum.accounts.privacy.actions.exporting import ask_export, make_export
from ethicsforum.accounts.privacy.actions.tidying import tidy
from ethicsforum.accounts.privacy.models import Export
from ethicsforum.accounts.privacy.retention import retentions
from ethicsforum.limits.models import Bucket
from ethicsforum.limits.rows import TICKS
from tests import build, cast

pytestmark = pytest.mark.django_db
A_BIT = timedelta(minutes=5)
Aged = Callable[[timedelta], bool]
"""Makes a row that is so much older than its period; then says if it is still there."""


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, settings: Any) -> None:
    settings.DATA_DIR = tmp_path


def there(model: type[Model], **wanted: Any) -> bool:
    return model._default_manager.filter(**wanted).exists()


def a_session(past: timedelta) -> Callable[[], bool]:
    store = SessionStore()
    store.create()
    key = store.session_key
    Session.objects.filter(pk=key).update(expire_date=timezone.now() - past)
    return lambda: there(Session, pk=key)


def an_export(past: timedelta) -> Callable[[], bool]:
    export = ask_export(cast.ben())
    make_export(export.pk)
    Export.objects.filter(pk=export.pk).update(expires_at=timezone.now() - past)
    path = files.path_of(Export.objects.get().file)
    return lambda: there(Export, pk=export.pk) and path.exists()


def a_line_of_the_admin(past: timedelta) -> Callable[[], bool]:
    when = timezone.now() - timedelta(days=365) - past
    line = AdminLog.objects.create(
        user=cast.mia(), action_flag=CHANGE, object_repr="Ben", action_time=when
    )
    return lambda: there(AdminLog, pk=line.pk)


def words_of_a_report(past: timedelta) -> Callable[[], bool]:
    report = build.noticed(build.published(author=cast.cleo()))
    build.leave_up(report.comment)
    when = timezone.now() - timedelta(days=183) - past
    Report.objects.filter(pk=report.pk).update(decided_at=when)
    return lambda: there(Report, pk=report.pk, name="Lex", note__contains="libels")


def a_notice(past: timedelta) -> Callable[[], bool]:
    decision = build.rejected(author=cast.ben())
    when = timezone.now() - timedelta(days=365) - past
    Notification.objects.filter(decision=decision).update(created_at=when)
    return lambda: there(Notification, decision=decision)


def a_digest(past: timedelta) -> Callable[[], bool]:
    day = timezone.localdate() - timedelta(days=365)
    digest = Digest.objects.create(recipient=cast.ben(), period=Delivery.DAILY, day=day)
    when = timezone.now() - timedelta(days=365) - past
    Digest.objects.filter(pk=digest.pk).update(created_at=when)
    return lambda: there(Digest, pk=digest.pk)


def a_visit(past: timedelta) -> Callable[[], bool]:
    when = timezone.now() - timedelta(days=365) - past
    visit = Visit.objects.create(
        member=cast.ben(), article=build.article(), seen_at=when
    )
    return lambda: there(Visit, pk=visit.pk)


def a_limit(past: timedelta) -> Callable[[], bool]:
    when = (timezone.now() - past).timestamp()
    bucket = Bucket.objects.create(key="posting:digest", empty_at=int(when * TICKS))
    return lambda: there(Bucket, pk=bucket.pk)


def a_device(past: timedelta) -> Callable[[], bool]:
    label, name = "usersessions", "UserSession"
    sessions = apps.get_model(label, name)._default_manager
    when = timezone.now() - timedelta(seconds=settings.SESSION_COOKIE_AGE) - past
    device = sessions.create(
        user=cast.ben(),
        ip="203.0.113.7",
        user_agent="A browser",
        session_key="key",
        last_seen_at=when,
    )
    return lambda: there(sessions.model, pk=device.pk)


AGED: dict[str, Callable[[timedelta], Callable[[], bool]]] = {
    "sessions": a_session,
    "exports": an_export,
    "admin-log": a_line_of_the_admin,
    "reports": words_of_a_report,
    "notices": a_notice,
    "digests": a_digest,
    "visits": a_visit,
    "limits": a_limit,
}
if apps.is_installed("allauth.usersessions"):
    AGED["devices"] = a_device
NOT_BY_AGE = {"texts"}


def test_each_kind_is_tested() -> None:
    assert {each.name for each in retentions()} == set(AGED) | NOT_BY_AGE


@pytest.mark.parametrize("name", AGED)
def test_what_is_past_its_time_goes(name: str) -> None:
    is_there = AGED[name](A_BIT)
    assert is_there()
    assert tidy() == {name: 1}
    assert not is_there()
    assert tidy() == {}


@pytest.mark.parametrize("name", AGED)
def test_what_is_younger_stays(name: str) -> None:
    is_there = AGED[name](-A_BIT)
    assert tidy() == {}
    assert is_there()


def test_the_audit_does_not_miss_notices_that_are_past_their_time() -> None:
    decision = build.rejected(author=cast.ben())
    long_ago = timezone.now() - timedelta(days=365) - A_BIT
    Notification.objects.update(created_at=long_ago)
    tidy()
    assert [line for line in audit() if "was not told" in line] == [
        f"decision {decision.pk}: its author was not told"
    ]
    with guard.lifted(connection):
        Decision.objects.update(created_at=long_ago)
    assert not [line for line in audit() if "was not told" in line]


def test_a_report_stays_when_its_words_go() -> None:
    words_of_a_report(A_BIT)
    before = list(Decision.objects.values())
    tidy()
    report = Report.objects.get()
    assert (report.name, report.email, report.note) == ("", "", "")
    assert report.outcome == Report.Outcome.KEPT
    assert list(Decision.objects.values()) == before


def test_a_digest_waits_for_its_notices_or_they_would_be_gathered_anew() -> None:
    a_digest(A_BIT)
    decision = build.rejected(author=cast.ben())
    Notification.objects.filter(decision=decision).update(digest=Digest.objects.get())
    assert tidy() == {}
    assert Digest.objects.exists()


def test_texts_of_former_members_go_once_nobody_decides_about_them() -> None:
    made = build.hidden(author=cast.ben(), body="Reported.")
    Comment.objects.filter(pk=made.pk).update(author=None)
    assert tidy() == {}
    build.take_down(made)
    assert tidy() == {"texts": 1}
    assert not Revision.objects.filter(comment=made).exclude(source="").exists()


def test_texts_of_members_stay_whatever_became_of_them() -> None:
    build.rejected(author=cast.ben())
    build.removed(author=cast.ben(), body="Taken down.")
    assert tidy() == {}


def test_a_file_that_no_row_knows_goes_after_a_day() -> None:
    files.folder().mkdir()
    old, young = files.path_of("old.zip"), files.path_of("young.zip")
    for path in (old, young):
        path.write_bytes(b"PK")
    yesterday = (timezone.now() - timedelta(days=1, minutes=1)).timestamp()
    os.utime(old, (yesterday, yesterday))
    assert tidy() == {"orphans": 1}
    assert [path.name for path in files.folder().iterdir()] == ["young.zip"]


def test_a_lot_goes_in_batches_and_the_rest_the_next_time(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("ethicsforum.accounts.privacy.registry.BATCH", 2)
    monkeypatch.setattr(tidying, "MOST_BATCHES", 2)
    for _session in range(5):
        a_session(A_BIT)
    assert tidy() == {"sessions": 4}
    assert tidy() == {"sessions": 1}
