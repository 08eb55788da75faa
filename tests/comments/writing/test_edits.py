"""Which texts of a published comment make its public history."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from comments.writing.edits import is_late, public_texts

OUT = datetime(2026, 5, 1, 12, 0, tzinfo=UTC)


@dataclass
class Written:
    name: str
    minutes: int

    @property
    def created_at(self) -> datetime:
        return OUT + timedelta(minutes=self.minutes)


def public(*minutes: int) -> list[int]:
    texts = [Written(str(n), n) for n in minutes]
    return [text.minutes for text in public_texts(texts, OUT)]


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ([-1], [-1]),
        ([-1, 5], [5]),
        ([-1, 5, 30], [30]),
        ([-1, 31], [-1, 31]),
        ([-1, 5, 31, 90], [5, 31, 90]),
        ([], []),
    ],
)
def test_what_stood_there_when_the_window_closed_and_all_after_it(
    written: list[int], shown: list[int]
) -> None:
    assert public(*written) == shown


def test_the_window_is_a_setting(settings: Any) -> None:
    settings.EDIT_WINDOW_MINUTES = 0
    assert public(-1, 0, 1) == [0, 1]
    assert is_late(OUT + timedelta(seconds=1), OUT)
