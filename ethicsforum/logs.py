"""One id from a request to the tasks it asked for, on every line; a line for each.

No address, no path, no body: the route says which page, the id finds the proxy's line.
"""

import re
import time
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import structlog
from celery import signals
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from structlog.contextvars import (
    bind_contextvars,
    clear_contextvars,
    get_contextvars,
    unbind_contextvars,
)

from ethicsforum import security_events
from ethicsforum.metrics import requests as answers
from ethicsforum.metrics import tasks as work

HEADER = "X-Request-ID"
WELL_FORMED = re.compile(r"[A-Za-z0-9._-]{8,64}")
PROBES = ("/healthz", "/readyz", "/metrics")

requests = structlog.get_logger("ethicsforum.requests")
tasks = structlog.get_logger("ethicsforum.tasks")
_began: dict[str, float] = {}


# --- Requests -------------------------------------------------------------


class RequestLogMiddleware:
    """Outermost: whatever is said meanwhile has the request's id."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        began = time.monotonic()
        # A thread answers one request after another.
        clear_contextvars()
        bind_contextvars(request_id=request_id(request))
        response = self.get_response(request)
        response.headers[HEADER] = get_contextvars()["request_id"]
        _tell(request, response, time.monotonic() - began)
        security_events.of_answer(request, response)
        clear_contextvars()
        return response


def request_id(request: HttpRequest) -> str:
    """The proxy's, if it is ours and the id is one; else a new one."""
    given = request.headers.get(HEADER, "") if settings.TRUSTED_PROXIES else ""
    return given if WELL_FORMED.fullmatch(given) else uuid4().hex


def crashed(request: HttpRequest) -> HttpResponse:
    """Django's page, with the number under which the fault is written down."""
    context = {"request_id": get_contextvars().get("request_id")}
    return HttpResponse(render_to_string("500.html", context), status=500)


def _tell(request: HttpRequest, response: HttpResponse, seconds: float) -> None:
    if request.path.startswith((settings.STATIC_URL, *PROBES)):
        return
    answers.answered(request, response, seconds)
    requests.info(
        "request",
        method=request.method,
        route=security_events.route(request),
        status=response.status_code,
        ms=_ms(seconds),
        user=security_events.who(request),
    )


# --- Tasks ----------------------------------------------------------------


@signals.before_task_publish.connect
def hand_on(headers: dict[str, Any], **_kwargs: Any) -> None:
    asked_by = get_contextvars().get("request_id")
    if asked_by:
        headers["request_id"] = asked_by


@signals.task_prerun.connect
def begin(task_id: str, task: Any, **_kwargs: Any) -> None:
    if not task.request.is_eager:
        clear_contextvars()
    bind_contextvars(task_id=task_id, task=task.name)
    asked_by = task.request.get("request_id")
    if asked_by:
        bind_contextvars(request_id=asked_by)
    _began[task_id] = time.monotonic()


@signals.task_postrun.connect
def end(task_id: str, task: Any, state: str | None = None, **_kwargs: Any) -> None:
    seconds = time.monotonic() - _began.pop(task_id, time.monotonic())
    # What only the clock asked for comes several times a minute.
    say = tasks.info if "request_id" in get_contextvars() else tasks.debug
    say("task", state=state, ms=_ms(seconds))
    unbind_contextvars("task_id", "task")
    work.ended(task, state, seconds)


@signals.task_failure.connect
def fail(task_id: str, exception: BaseException, **_kwargs: Any) -> None:
    tasks.error("task_failed", task_id=task_id, exc_info=exception)


@signals.setup_logging.connect
def keep_lines_alike(**_kwargs: Any) -> None:
    """With this in place Celery leaves the lines as Django has set them up."""


def _ms(seconds: float) -> int:
    return round(seconds * 1000)
