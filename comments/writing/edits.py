"""Which texts of a published comment make its public history. Pure.

An edit written soon after the comment came out leaves no trace: nobody has answered
the text yet, and a slip of the pen is nobody's business. Every later one does.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Protocol, TypeVar

from django.conf import settings


class Text(Protocol):
    @property
    def created_at(self) -> datetime: ...


AnyText = TypeVar("AnyText", bound=Text)


def is_late(written_at: datetime, published_at: datetime) -> bool:
    """Whether an edit of a comment that came out then is one that people should see."""
    window = timedelta(minutes=settings.EDIT_WINDOW_MINUTES)
    return written_at > published_at + window


def public_texts(texts: Sequence[AnyText], published_at: datetime) -> list[AnyText]:
    """Of the accepted texts, oldest first: what was up when the window closed, and
    each that took its place."""
    early = [text for text in texts if not is_late(text.created_at, published_at)]
    late = [text for text in texts if is_late(text.created_at, published_at)]
    return early[-1:] + late
