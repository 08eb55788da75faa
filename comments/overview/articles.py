"""Under which articles the work is."""

from collections import Counter
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from operator import attrgetter

from django.db.models import Count, Q

from articles.models import Article
from comments.models import Decision, QueueItem
from comments.overview.waiting import CAP
from comments.states import State

LATELY = timedelta(days=30)
MOST_ARTICLES = 10


@dataclass(frozen=True)
class ArticleRow:
    article_id: int
    title: str
    waiting: int
    """Among those that have waited longest, as many as are counted."""
    screened: int
    held: int

    @property
    def held_share(self) -> float | None:
        return self.held / self.screened if self.screened else None


def reckon_articles(now: datetime) -> list[ArticleRow]:
    """Those with the most waiting, then those with the most that was held lately."""
    waiting = _waiting()
    lately = _lately(now - LATELY)
    rows = [
        ArticleRow(pk, "", waiting[pk], *lately.get(pk, (0, 0)))
        for pk in waiting.keys() | lately.keys()
    ]
    rows.sort(key=attrgetter("waiting", "held", "article_id"), reverse=True)
    return _with_titles(rows[:MOST_ARTICLES])


def _waiting() -> Counter[int]:
    longest = QueueItem.objects.waiting().order_by("opened_at")[:CAP]
    return Counter(longest.values_list("comment__article", flat=True))


def _lately(since: datetime) -> dict[int, tuple[int, int]]:
    """How many new texts were screened under each article, and how many held."""
    screened = Decision.objects.filter(
        created_at__gte=since, from_state=State.SCREENING
    ).exclude(to_state=State.WITHDRAWN)
    grouped = screened.order_by().values("comment__article")
    counted = grouped.annotate(
        screened=Count("pk"), held=Count("pk", filter=Q(to_state=State.HELD))
    )
    rows = counted.values_list("comment__article", "screened", "held")
    return {article: (all_, held) for article, all_, held in rows}


def _with_titles(rows: list[ArticleRow]) -> list[ArticleRow]:
    ids = [row.article_id for row in rows]
    titles = dict(Article.objects.filter(pk__in=ids).values_list("pk", "title"))
    return [replace(row, title=titles[row.article_id]) for row in rows]
