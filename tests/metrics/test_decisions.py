"""Decisions and the time of screening, counted once they are committed."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from comments.actions.moderating import remove_comment
from comments.actions.screening import screen
from comments.models import Revision
from tests import build, cast
from tests.metrics.scrape import Figures, figures, written
from tests.worker.conftest import Server

pytestmark = pytest.mark.django_db
Committed = Callable[..., AbstractContextManager[Any]]


def decided(found: Figures, decider: str, outcome: str) -> float:
    labels = {"decider": decider, "outcome": outcome}
    return found.get(written("ethicsforum_decisions_total", **labels), 0.0)


def test_the_machines_and_how_long_the_writer_waited(
    client: Client, told: Server, django_capture_on_commit_callbacks: Committed
) -> None:
    text = build.text_of(build.comment(author=cast.ann()))
    Revision.objects.filter(pk=text.pk).update(
        created_at=text.created_at - timedelta(seconds=45)
    )
    with django_capture_on_commit_callbacks(execute=True):
        screen(text.pk)
    found = figures(client)
    assert decided(found, "machine", "published") == 1
    name = "ethicsforum_screening_seconds"
    assert found[f"{name}_count"] == 1
    assert 45 <= found[f"{name}_sum"] < 60
    assert found[written(f"{name}_bucket", le="30.0")] == 0
    assert found[written(f"{name}_bucket", le="60.0")] == 1


def test_a_moderators(
    client: Client, told: Server, django_capture_on_commit_callbacks: Committed
) -> None:
    made = build.published()
    with django_capture_on_commit_callbacks(execute=True):
        remove_comment(made, moderator=cast.mia(), reason=build.reason())
    found = figures(client)
    assert decided(found, "moderator", "removed") == 1
    assert found.get("ethicsforum_screening_seconds_count", 0) == 0


def test_what_is_rolled_back_was_no_decision(
    client: Client, told: Server, django_capture_on_commit_callbacks: Committed
) -> None:
    made = build.published()
    with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
        remove_comment(made, moderator=cast.mia(), reason=build.reason())
        transaction.set_rollback(True)
    assert decided(figures(client), "moderator", "removed") == 0
