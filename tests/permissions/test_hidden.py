"""What is not for everybody: who may not know of it hears what is said of nothing."""

import re
from collections.abc import Iterator
from typing import Any

import pytest

from tests.permissions.scene import Known, build_scene
from tests.permissions.table import EYES, METHODS, Row, every_row, read
from tests.permissions.walking import Outcome, Walker, filled, form_of

pytestmark = pytest.mark.django_db

NO_NUMBER, NO_WORD = 987_654_321, "no-such-thing"
NO_SECRET = {
    "admin/comments/queueitem/<int:pk>/undo/": "who asks sees the item already",
    "admin/auth/group/<path:object_id>/history/": "Django's own, to staff: a number",
    "admin/account/emailaddress/<path:object_id>/history/": "allauth's, likewise",
}
TOKEN = re.compile(r'value="[A-Za-z0-9]{64}"')
"""Of a form: another in each page."""


@pytest.mark.parametrize("person", EYES)
def test_each_person_gets_what_the_table_says(person: str) -> None:
    known, walker = build_scene(), Walker(person)
    wrong = [
        f"{method} {row.address} as {person}: {outcome.status}"
        for row in read("hidden.txt")
        for method, outcome in _answers(row, walker, known, known)
        if outcome.status != row.answers[method, person]
    ]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("person", EYES)
def test_a_refusal_says_no_more_than_of_what_is_missing(person: str) -> None:
    known, walker = build_scene(), Walker(person)
    missing = {name: _missing(value) for name, value in known.items()}
    wrong = []
    for row in _with_an_object():
        if not _refuses(row, person) or row.route in NO_SECRET:
            continue
        there = dict(_answers(row, walker, known, known))
        nothing = dict(_answers(row, walker, missing, known))
        for method in METHODS:
            if row.answers[method, person] not in ("403", "404"):
                continue
            if _said(there[method], row, known) != _said(nothing[method], row, missing):
                wrong.append(f"{method} {row.address} as {person}")
    assert not wrong, "\n".join(wrong)


def _with_an_object() -> list[Row]:
    return [row for row in (*every_row(), *read("hidden.txt")) if "{" in row.address]


def _refuses(row: Row, person: str) -> bool:
    return any(row.answers[method, person] in ("403", "404") for method in METHODS)


def _answers(
    row: Row, walker: Walker, about: Known, known: Known
) -> Iterator[tuple[str, Outcome]]:
    for method in METHODS:
        form = form_of(row.form, known) if method == "POST" else None
        yield method, walker.go(method, filled(row.address, about), form)


def _missing(value: int | str) -> int | str:
    return NO_NUMBER if isinstance(value, int) else NO_WORD


def _said(outcome: Outcome, row: Row, about: Known) -> tuple[Any, ...]:
    """All that tells one answer from another, but for the address itself."""
    response = outcome.response
    text = TOKEN.sub("", response.text)
    address = filled(row.address, about)
    for place in (address, address.split("?")[0]):
        text = text.replace(place, "ADDRESS")
    own = {"Content-Length", "X-Request-ID"}
    headers = {name: said for name, said in response.headers.items() if name not in own}
    return response.status_code, text, headers, sorted(response.cookies)
