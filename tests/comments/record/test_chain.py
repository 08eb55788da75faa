"""The public log is sealed: what is changed, dropped or moved is found."""

from collections.abc import Callable
from datetime import timedelta
from io import StringIO
from unittest import mock

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.utils import timezone

from comments.actions.deciding import Decider, decide
from comments.actions.posting import withdraw_comment
from comments.actions.sealing import LATE, seal
from comments.models import Decision, LogEntry, guard
from comments.states import State
from tests import build, cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def entries() -> list[LogEntry]:
    build.rejected(author=cast.cleo(), body="Secret words.")
    build.removed(author=cast.cleo(), body="More of them.")
    assert seal() == 4
    return list(LogEntry.objects.all())


def said(*head: str) -> str:
    out, err = StringIO(), StringIO()
    try:
        call_command("verify_log", *head, stdout=out, stderr=err)
    except SystemExit as stop:
        assert stop.code == 1
    return out.getvalue() + err.getvalue()


def test_an_empty_log_is_whole() -> None:
    assert "The log is whole: 0 entries" in said()


def test_a_sealed_log_is_whole_and_says_its_head(entries: list[LogEntry]) -> None:
    assert f"The log is whole: 4 entries, head {entries[-1].hash}" in said()


def test_sealing_again_adds_only_what_is_new(entries: list[LogEntry]) -> None:
    assert seal() == 0
    build.published(body="One more.")
    assert seal() == 1
    assert LogEntry.objects.count() == 5


def test_the_chain_has_no_text_and_no_name(entries: list[LogEntry]) -> None:
    bodies = " ".join(entry.body for entry in entries)
    for secret in ("Secret", "More of", "Cleo", "Mia", "About the person"):
        assert secret not in bodies


def test_what_authors_do_to_their_own_is_not_sealed() -> None:
    withdraw_comment(build.published())
    assert seal() == 1


def changed(entries: list[LogEntry]) -> int:
    body = entries[1].body.replace('"to":"rejected"', '"to":"published"')
    LogEntry.objects.filter(position=2).update(body=body)
    return 2


def changed_with_its_hash(entries: list[LogEntry]) -> int:
    """Whoever changes an entry and its own hash breaks the one after it."""
    from comments.record.chain import hash_of

    body = entries[1].body.replace('"to":"rejected"', '"to":"published"')
    forged = hash_of(entries[1].previous, body)
    LogEntry.objects.filter(position=2).update(body=body, hash=forged)
    return 3


def dropped(entries: list[LogEntry]) -> int:
    LogEntry.objects.filter(position=2).delete()
    return 2


def reordered(entries: list[LogEntry]) -> int:
    second, third = entries[1], entries[2]
    LogEntry.objects.filter(position=2).update(body=third.body, hash=third.hash)
    LogEntry.objects.filter(position=3).update(body=second.body, hash=second.hash)
    return 2


def decision_changed(entries: list[LogEntry]) -> int:
    rejected = Decision.objects.filter(to_state="rejected")
    rejected.update(explanation="Something milder.")
    return 2


@pytest.mark.parametrize(
    "forge", [changed, changed_with_its_hash, dropped, reordered, decision_changed]
)
def test_a_forgery_is_found_at_its_place(
    forge: Callable[[list[LogEntry]], int], entries: list[LogEntry]
) -> None:
    with guard.lifted(connection):
        position = forge(entries)
    assert said().startswith(f"Entry {position}: ")


def test_the_end_cannot_be_cut_off_unseen(entries: list[LogEntry]) -> None:
    with guard.lifted(connection):
        LogEntry.objects.filter(position__gt=2).delete()
    later = timezone.now() + LATE + timedelta(minutes=1)
    with mock.patch("comments.actions.sealing.timezone.now", return_value=later):
        assert said().startswith("Entry 3: ")


def test_a_noted_head_is_asked_for(entries: list[LogEntry]) -> None:
    assert "The log is whole" in said(entries[1].hash)
    assert said("0" * 64).startswith("Entry 5: the hash you noted")


def test_the_database_refuses_to_change_an_entry(entries: list[LogEntry]) -> None:
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        LogEntry.objects.update(body="{}")


def test_the_page_shows_the_head(client: Client, entries: list[LogEntry]) -> None:
    assert entries[-1].hash in client.get("/moderation/log/").content.decode()


def test_the_feed_has_what_moderators_did(client: Client) -> None:
    build.rejected(body="Secret words.")
    text = client.get("/moderation/log/feed/").content.decode()
    assert "<feed" in text
    assert "About the person." in text
    assert "rejected: Argue with the claim" in text
    assert "Secret words" not in text


@pytest.mark.parametrize("body", ["", "not json", "[]", "7", "null", "{}"])
def test_an_entry_that_is_rubbish_is_named(entries: list[LogEntry], body: str) -> None:
    with guard.lifted(connection):
        LogEntry.objects.filter(position=2).update(body=body)
    assert said().startswith("Entry 2: ")


def test_feed_readers_get_no_markup_of_ours(client: Client) -> None:
    hostile = build.reason(explanation="<img src=x onerror=alert(1)>")
    decide(
        build.held().revision,
        to=State.REJECTED,
        by=Decider.moderator(cast.mia()),
        reason=hostile,
    )
    text = client.get("/moderation/log/feed/").content.decode()
    assert "&amp;lt;img" in text
