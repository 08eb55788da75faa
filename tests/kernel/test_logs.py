"""One id from a request to its tasks, a line for each, and nothing about anybody."""

import json
from typing import Any

import pytest
from celery import shared_task
from django.test import Client
from structlog.contextvars import bound_contextvars, get_contextvars

from comments.dispatch import SCREEN
from comments.tasks import screen, seal
from ethicsforum import logs
from ethicsforum.accounts.models import User
from tests import build, cast
from tests.log_output import Output, captured

pytestmark = pytest.mark.django_db
ID = "0123abcd-proxy-id"


def request_line(output: Output) -> dict[str, Any]:
    (line,) = output.of("ethicsforum.requests")
    return line


# --- Requests -------------------------------------------------------------


def test_a_request_has_one_line_and_its_answer_names_it(client: Client) -> None:
    build.article()
    with captured() as output:
        response = client.get("/articles/triage/?secret=1")
    line = request_line(output)
    assert line["event"] == "request"
    assert line["route"] == "/articles/<slug:slug>/"
    assert (line["method"], line["status"], line["user"]) == ("GET", 200, None)
    assert line["request_id"] == response.headers["X-Request-ID"]
    assert line["ms"] >= 0
    assert "secret" not in output.text


def test_each_request_has_an_id_of_its_own(client: Client) -> None:
    first, second = client.get("/rules/"), client.get("/rules/")
    assert first.headers["X-Request-ID"] != second.headers["X-Request-ID"]
    assert "request_id" not in get_contextvars()


def test_a_strangers_id_counts_for_nothing(client: Client) -> None:
    response = client.get("/rules/", headers={"x-request-id": ID})
    assert response.headers["X-Request-ID"] != ID


def test_our_proxys_id_is_kept_if_it_is_one(client: Client, settings: Any) -> None:
    settings.TRUSTED_PROXIES = 1
    for given, kept in ((ID, True), ("x", False), ("a" * 65, False), ("no way", False)):
        answer = client.get("/rules/", headers={"x-request-id": given})
        assert (answer.headers["X-Request-ID"] == given) == kept


def test_a_link_with_a_secret_is_named_by_its_route(client: Client) -> None:
    with captured() as output:
        client.get("/unsubscribe/a-very-secret-token/")
        client.get("/no-such-page/another-secret")
    assert "secret" not in output.text
    routes = [line["route"] for line in output.of("ethicsforum.requests")]
    assert routes == ["/unsubscribe/<str:token>/", "none"]


def test_nothing_that_was_typed_is_logged(client: Client, ben: User) -> None:
    build.article()
    client.force_login(ben)
    with captured() as output:
        client.post("/articles/triage/comments/", {"body": "My secret thought."})
        client.post("/accounts/login/", {"login": ben.email, "password": "my secret"})
        client.get("/search/?q=secret")
    assert "secret" not in output.text
    assert ben.email not in output.text
    assert ben.username not in output.text
    assert "127.0.0.1" not in output.text
    assert output.of("ethicsforum.requests")[0]["user"] == ben.pk


def test_a_crash_is_traced_with_the_requests_id(client: Client, settings: Any) -> None:
    settings.OLDEST_WAITING = "no.such.function"
    client.raise_request_exception = False
    with captured() as output:
        response = client.get("/readyz")
    (line,) = output.of("django.request")
    assert line["event"] == "Internal Server Error"
    assert "ModuleNotFoundError" in line["exception"]
    assert line["request_id"] == response.headers["X-Request-ID"]
    # Whoever saw the page can name it to the operator.
    assert line["request_id"] in response.content.decode()


def test_probes_and_files_have_no_line(client: Client) -> None:
    with captured() as output:
        client.get("/healthz")
        client.get("/static/css/site.css").close()
    assert output.text == ""


# --- Tasks ----------------------------------------------------------------


@shared_task(name="tests.fails")
def fails(said: str) -> None:
    raise ValueError(f"my reason\n{said}")


def test_a_task_that_runs_at_once_keeps_the_requests_id() -> None:
    comment = build.comment(author=cast.ann(), body="A thought that stays here.")
    text = build.text_of(comment)
    with bound_contextvars(request_id=ID), captured() as output:
        screen.apply(args=(text.pk,), task_id="task-1")
    assert output.lines
    for line in output.lines:
        assert (line["request_id"], line["task_id"]) == (ID, "task-1")
        assert line["task"] == SCREEN
    (done,) = output.of("ethicsforum.tasks")
    assert (done["event"], done["state"]) == ("task", "SUCCESS")
    assert "stays here" not in output.text


def test_a_message_carries_the_id_to_the_worker() -> None:
    headers: dict[str, Any] = {}
    logs.hand_on(headers)
    assert headers == {}
    with bound_contextvars(request_id=ID):
        logs.hand_on(headers)
    assert headers == {"request_id": ID}


def test_what_only_the_clock_asked_for_has_no_line() -> None:
    with captured() as output:
        seal.apply()
    assert output.text == ""


def test_a_task_that_fails_is_traced_once() -> None:
    with captured() as output:
        fails.apply(args=("my secret",), task_id="task-2")
    failed = [json.loads(line) for line in output.text.splitlines()]
    assert [line["event"] for line in failed] == ["task_failed"]
    assert failed[0]["task_id"] == "task-2"
    assert failed[0]["exception"].endswith("ValueError: my reason")
    assert "my secret" not in output.text
