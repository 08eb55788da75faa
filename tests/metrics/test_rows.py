"""What waits, by its rows: the queues, the mails, the desk."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from comments.models import Comment, Notification, Revision
from ethicsforum.accounts.privacy.models import Deletion, Export
from ethicsforum.outbox import MAIL_TRIES
from tests import build, cast
from tests.metrics.scrape import Figures, figures, written

pytestmark = pytest.mark.django_db


def waiting(found: Figures, queue: str) -> float:
    return found[written("ethicsforum_queue_waiting", queue=queue)]


def oldest(found: Figures, queue: str) -> float:
    return found[written("ethicsforum_queue_oldest_seconds", queue=queue)]


def mails(found: Figures) -> dict[str, float]:
    states = ("waiting", "retrying", "given_up")
    return {state: found[written("ethicsforum_mails", state=state)] for state in states}


def ago(**how_long: int) -> Any:
    return timezone.now() - timedelta(**how_long)


def test_on_an_empty_site_nothing_waits(client: Client) -> None:
    found = figures(client)
    for queue in ("screening", "mail", "maintenance"):
        assert (waiting(found, queue), oldest(found, queue)) == (0, 0)
    assert sum(mails(found).values()) == 0
    assert found["ethicsforum_oldest_waiting_seconds"] == 0
    assert found[written("ethicsforum_up", part="database")] == 1


def test_texts_in_screening(client: Client) -> None:
    for body in ("One thought.", "Another thought."):
        build.comment(body=body)
    Revision.objects.filter(source="One thought.").update(created_at=ago(minutes=2))
    found = figures(client)
    assert waiting(found, "screening") == 2
    assert 120 <= oldest(found, "screening") < 180
    assert found["ethicsforum_oldest_waiting_seconds"] >= 120


def test_a_text_sent_to_screening_again_is_as_old_as_before(client: Client) -> None:
    build.comment()
    Revision.objects.update(created_at=ago(hours=1), queued_at=timezone.now())
    assert oldest(figures(client), "screening") >= 3600


def test_mails_that_wait_that_are_tried_again_and_that_were_given_up(
    client: Client,
) -> None:
    for body in ("One thought.", "A second.", "A third."):
        build.rejected(body=body)
    new, late, lost = Notification.objects.order_by("pk")
    Notification.objects.filter(pk=new.pk).update(mail_due_at=ago(seconds=1))
    tried = Notification.objects.filter(pk=late.pk)
    tried.update(mail_tries=3, mail_due_at=timezone.now() + timedelta(hours=1))
    tried.update(created_at=ago(hours=5))
    Notification.objects.filter(pk=lost.pk).update(mail_tries=MAIL_TRIES)
    found = figures(client)
    assert mails(found) == {"waiting": 1, "retrying": 1, "given_up": 1}
    assert waiting(found, "mail") == 1, "the next try of the other is not due"
    assert found["ethicsforum_mail_oldest_seconds"] >= 5 * 3600
    assert oldest(found, "mail") < 60


def test_a_mail_that_went_out_waits_no_more(client: Client) -> None:
    build.rejected()
    Notification.objects.update(mailed_at=timezone.now())
    assert sum(mails(figures(client)).values()) == 0


def test_exports_deletions_and_comments_to_announce_are_maintenance(
    client: Client,
) -> None:
    ben, ann = cast.ben(), cast.ann()
    Export.objects.create(member=ben, asked_at=ago(minutes=5))
    Deletion.objects.create(member=ann, due_at=ago(minutes=1), mail_due_at=None)
    made = Comment.objects.filter(pk=build.published().pk)
    made.update(published_at=ago(minutes=2), announced_at=None)
    found = figures(client)
    assert waiting(found, "maintenance") == 3
    assert 300 <= oldest(found, "maintenance") < 360


def test_what_waits_at_the_desk(client: Client) -> None:
    build.held()
    found = figures(client)
    assert found[written("ethicsforum_desk_items", kind="held")] == 1
    assert found[written("ethicsforum_desk_items", kind="appeal")] == 0


def test_the_number_of_questions_does_not_grow(client: Client) -> None:
    def asked() -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            figures(client)
        return len(queries)

    before = asked()
    for number in range(5):
        build.held(body=f"Thought {number}.")
        build.rejected(body=f"Refused {number}.")
    assert asked() == before <= 30


def test_without_redis_the_rows_are_told_all_the_same(
    client: Client, settings: Any, tmp_path: Any
) -> None:
    settings.REDIS_URL = f"unix://{tmp_path}/nobody.sock"
    build.comment()
    found = figures(client)
    assert found[written("ethicsforum_up", part="redis")] == 0
    assert waiting(found, "screening") == 1
    assert not [name for name in found if name.startswith("ethicsforum_process")]
