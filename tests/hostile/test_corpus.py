"""The corpus, spread over every field, on everything that is served."""

from typing import Any

import pytest
from django.db import transaction

from tests.hostile.everywhere import Seen, look
from tests.hostile.payloads import corpus, needs_corpus, storable
from tests.hostile.planting import plant
from tests.hostile.reading import faults_in_plain_reading

pytestmark = [pytest.mark.django_db, needs_corpus]


@pytest.fixture(scope="module")
def seen(django_db_setup: None, django_db_blocker: Any) -> Seen:
    with django_db_blocker.unblock(), transaction.atomic():
        planted = plant([storable(one) for one in corpus()])
        shown = look(planted, staff=("Root",), most=1)
        transaction.set_rollback(True)
    return shown


def test_every_field_is_seen_somewhere(seen: Seen) -> None:
    assert [
        name for name, mark in seen.marks.items() if mark not in seen.all_text
    ] == []


def test_pages_hold_nothing_but_the_sites_own(seen: Seen) -> None:
    found = [
        (name, fault)
        for name, html in seen.html.items()
        for fault in faults_in_plain_reading(html)
    ]
    assert found == []
