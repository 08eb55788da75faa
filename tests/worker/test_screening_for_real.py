"""Comment, broker, worker, verdict: real processes, and each of them killed."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from structlog.contextvars import bound_contextvars

from comments import dispatch
from comments.actions.posting import post_comment
from comments.models import Comment, Decision, Notification
from comments.states import State
from ethicsforum.accounts.models import User
from tests import build, cast, production
from tests.worker.conftest import Server, Worker, wait_until

pytestmark = pytest.mark.django_db(transaction=True)
WAY = {dispatch.SCREEN, dispatch.ANNOUNCE}


def post(author: User, body: str) -> Comment:
    return post_comment(build.article(), author=author, body=body)


def state_of(comment: Comment) -> str:
    return Comment.objects.get(pk=comment.pk).state


def is_decided(comment: Comment) -> bool:
    return state_of(comment) != State.SCREENING


def test_a_worker_screens_and_mails(worker: Worker) -> None:
    ann, ben, mia = cast.ann(), cast.ben(), cast.mia()
    worker.start()
    public = post(ann, "A considered objection.")
    waiting = post(ben, "My first thought here.")
    wait_until(lambda: state_of(public) == State.PUBLISHED, "published by the worker")
    wait_until(lambda: state_of(waiting) == State.HELD, "held by the worker")
    build.rejected(author=ben, by=mia, body="Something else.")
    wait_until(
        lambda: Notification.objects.filter(mailed_at__isnull=False).exists(), "mailed"
    )
    mails = [path.read_text() for path in Path(settings.MAIL_DIR).glob("*.eml")]
    assert any(
        "ben@example.org" in text and "About the person." in text for text in mails
    )


def test_without_a_broker_the_comment_is_accepted_and_screened_later(
    worker: Worker, redis: Server
) -> None:
    ann = cast.ann()
    redis.kill()
    comment = post(ann, "Said while Redis was away.")
    assert state_of(comment) == State.SCREENING
    redis.start()
    worker.start(beat=True)
    wait_until(lambda: state_of(comment) == State.PUBLISHED, "found by the sweep", 120)
    assert Decision.objects.filter(comment=comment).count() == 1


def test_a_worker_killed_in_the_middle_decides_once_after_its_return(
    worker: Worker, redis: Server
) -> None:
    ann = cast.ann()
    slow = _slow_classifier()
    worker.env["CLASSIFIER_URL"] = slow.url
    worker.env["CLASSIFIER_TIMEOUT"] = "15"
    with slow:
        worker.start()
        comment = post(ann, "Interrupted.")
        wait_until(lambda: slow.asked, "the task is in the middle")
        worker.kill()
    assert state_of(comment) == State.SCREENING
    del worker.env["CLASSIFIER_URL"]
    worker.start(beat=True)
    wait_until(lambda: is_decided(comment), "decided after the return", 120)
    assert state_of(comment) == State.PUBLISHED
    assert Decision.objects.filter(comment=comment).count() == 1


def test_the_same_message_many_times_decides_once(worker: Worker) -> None:
    ann = cast.ann()
    comment = post(ann, "Delivered again and again.")
    text = build.text_of(comment)
    for _ in range(30):
        assert dispatch.send(dispatch.SCREEN, text.pk)
    worker.start()
    wait_until(lambda: is_decided(comment), "decided")
    last = post(ann, "The queue behind it.")
    wait_until(lambda: is_decided(last), "the queue is drained")
    assert Decision.objects.filter(comment=comment).count() == 1


def test_one_id_goes_from_the_request_to_every_task_that_came_of_it(
    worker: Worker,
) -> None:
    ann = cast.ann()
    worker.env |= production.ENVIRONMENT
    worker.start()
    with bound_contextvars(request_id="asked-by-this-one"):
        comment = post(ann, "Followed through the log.")
    wait_until(lambda: _tasks_of(worker, "asked-by-this-one") >= WAY, "both told of")
    assert state_of(comment) == State.PUBLISHED
    assert "Followed" not in worker.log.read_text()


def _tasks_of(worker: Worker, request_id: str) -> set[str]:
    said = [line for line in worker.log.read_text().splitlines() if line[0:1] == "{"]
    lines = [json.loads(line) for line in said]
    asked = [line for line in lines if line.get("request_id") == request_id]
    assert all(line["task_id"] for line in asked)
    return {line["task"] for line in asked if line["event"] == "task"}


def _slow_classifier() -> Any:
    """A classifier that takes the question and never answers."""
    import socket
    import threading

    class Slow:
        def __init__(self) -> None:
            self.socket = socket.create_server(("127.0.0.1", 0))
            self.url = f"http://127.0.0.1:{self.socket.getsockname()[1]}"
            self.asked: list[bytes] = []
            self.open: list[socket.socket] = []

        def __enter__(self) -> None:
            self.thread = threading.Thread(target=self._listen)
            self.thread.start()

        def _listen(self) -> None:
            connected, _address = self.socket.accept()
            self.open.append(connected)
            self.asked.append(connected.recv(10_000))

        def __exit__(self, *exc: object) -> None:
            self.thread.join()
            for connected in self.open:
                connected.close()
            self.socket.close()

    return Slow()
