"""Goes to an address as somebody, notes what happened, and takes it back."""

import logging
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl

from django.conf import settings
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from tests import caches
from tests.permissions.scene import PEOPLE, Known

WRITES = re.compile(r'\s*(?:INSERT (?:OR IGNORE )?INTO|UPDATE|DELETE FROM) "(\w+)"')
SIGN_IN = "in"
Form = dict[str, str]


@dataclass
class Outcome:
    status: str
    """The answer's number; `in` for a redirect to where one signs in."""
    response: Any
    writes: set[str] = field(default_factory=set)
    """Names of the tables that something was written to."""
    left: Any = None
    """What `then` saw before all was taken back."""


class Walker:
    """One person with one session, whatever the walk did to it."""

    def __init__(self, person: str) -> None:
        client = Client()
        if person in PEOPLE:
            client.force_login(PEOPLE[person]())
        self.cookies = client.cookies

    def go(
        self,
        method: str,
        address: str,
        form: Form | str | None = None,
        then: Callable[[], Any] = lambda: None,
        **asked: Any,
    ) -> Outcome:
        """`asked` goes to the client: headers, and whether it minds forged forms."""
        caches.forget()
        client = Client(
            raise_request_exception=False,
            enforce_csrf_checks=asked.pop("enforce_csrf_checks", False),
        )
        client.cookies.update(self.cookies)
        with transaction.atomic(), _noting_writes() as writes:
            send = getattr(client, method.lower())
            with _in_silence():
                response = send(address, form, **asked)
            if response.streaming:
                # Read to its end, or a file stays open.
                response.getvalue()
            left = then()
            transaction.set_rollback(True)
        return Outcome(_status_of(response), response, writes, left)


def filled(template: str, known: Known) -> str:
    return re.sub(r"{([\w.]+)}", lambda found: str(known[found[1]]), template)


def form_of(template: str, known: Known) -> Form:
    return dict(parse_qsl(filled(template, known), keep_blank_values=True))


def _status_of(response: HttpResponse) -> str:
    location = response.headers.get("Location", "")
    doors = (reverse(settings.LOGIN_URL), reverse("admin:login"))
    return SIGN_IN if location.startswith(doors) else str(response.status_code)


@contextmanager
def _in_silence() -> Iterator[None]:
    """Thousands of refusals, as expected, would bury the one that is not."""
    logging.disable()
    try:
        yield
    finally:
        logging.disable(logging.NOTSET)


@contextmanager
def _noting_writes() -> Iterator[set[str]]:
    tables: set[str] = set()

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        found = WRITES.match(sql)
        if found:
            tables.add(found[1])
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield tables
