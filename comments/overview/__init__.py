"""How the moderation of this forum goes: numbers for the admin's first page.

Each number costs one query, which an indexed span of time or a LIMIT bounds; what came
and went on each day has to be gone through, so all of it is kept for a while. Nothing
here tells one moderator from another.
"""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from comments.overview.articles import ArticleRow, reckon_articles
from comments.overview.flow import Flow, reckon_flow
from comments.overview.opinions import Opinions, reckon_opinions
from comments.overview.reversals import Reversals, reckon_reversals
from comments.overview.waiting import Waiting, waiting_for
from ethicsforum.cache import quick

__all__ = ["Overview", "Waiting", "overview", "reckon", "waiting_for"]

KEY = "comments.overview:1"
"""The number changes with the shape of what is kept."""

KEPT_FOR = 300
"""Seconds; the page is opened often, and says when it was reckoned. What waits now is
never kept."""


@dataclass(frozen=True)
class Overview:
    reckoned_at: datetime
    flow: Flow
    reversals: Reversals
    articles: list[ArticleRow]
    opinions: Opinions

    @property
    def is_empty(self) -> bool:
        return not (self.flow.has_any or self.reversals.refusals or self.articles)


def overview() -> Overview:
    found: Overview | None = quick.get_or_set(KEY, reckon, KEPT_FOR)
    return found or reckon()


def reckon() -> Overview:
    now = timezone.now()
    return Overview(
        reckoned_at=now,
        flow=reckon_flow(now),
        reversals=reckon_reversals(now),
        articles=reckon_articles(now),
        opinions=reckon_opinions(),
    )
