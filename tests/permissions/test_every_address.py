"""Every address of the site, as everybody, read and posted to: held against a table."""

from collections import Counter

import pytest

from tests.permissions.scene import build_scene
from tests.permissions.table import EYES, METHODS, Row, every_row, routes
from tests.permissions.walking import Outcome, Walker, filled, form_of

pytestmark = pytest.mark.django_db

REFUSALS = {"in", "403", "404", "405"}
SESSION = "django_session"
CHANGED_BY_READING = {
    "articles/<slug:slug>/": {"comments_visit"},
    "articles/<slug:slug>/new/": {"comments_visit"},
    "notices/<int:pk>/": {"comments_notification"},
}
"""By design: what a member has seen is no longer new to them."""


def test_every_pattern_has_one_row() -> None:
    rows = Counter(row.route for row in every_row())
    missing = sorted(set(routes()) - set(rows))
    assert missing == [], "add a row for each to table.txt or rights.txt"
    assert {route: n for route, n in rows.items() if n > 1} == {}


@pytest.mark.parametrize("person", EYES)
def test_each_person_gets_what_the_table_says(person: str) -> None:
    known = build_scene()
    walker = Walker(person)
    wrong = []
    for row in every_row():
        for method in METHODS:
            form = form_of(row.form, known) if method == "POST" else None
            outcome = walker.go(method, filled(row.address, known), form)
            wrong += _complaints(row, method, person, outcome)
    assert not wrong, "\n".join(wrong)


def _complaints(row: Row, method: str, person: str, outcome: Outcome) -> list[str]:
    """What the table does not say; refused or reading, nobody changes a row."""
    found = []
    told = row.answers[method, person]
    if outcome.status != told:
        found.append(f"{outcome.status} instead of {told}")
    reads = method == "GET" or outcome.status in REFUSALS
    allowed = {SESSION, *CHANGED_BY_READING.get(row.route, ())}
    if reads and outcome.writes - allowed:
        found.append(f"writes to {sorted(outcome.writes - allowed)}")
    return [f"{method} {row.address} as {person}: {words}" for words in found]
