"""One member, several windows, one moment."""

from datetime import UTC, datetime, timedelta
from functools import partial

import pytest
import time_machine

from comments.actions.visiting import note_visit
from comments.models import Visit
from tests import build, cast
from tests.comments.actions.test_at_once import at_once

pytestmark = pytest.mark.django_db(transaction=True)
NOON = datetime(2026, 6, 1, 12, tzinfo=UTC)
WINDOWS = 4


def test_they_make_one_row_and_hear_the_same() -> None:
    for number in range(5):
        article = build.article(f"article-{number}")
        look = partial(note_visit, article, member=cast.ben())
        with time_machine.travel(NOON, tick=False):
            assert at_once(*[look] * WINDOWS) == [None] * WINDOWS
        with time_machine.travel(NOON + timedelta(hours=1), tick=False):
            assert at_once(*[look] * WINDOWS) == [NOON] * WINDOWS
        assert Visit.objects.filter(article=article).count() == 1
