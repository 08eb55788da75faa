"""Under which articles the work is."""

from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from operator import attrgetter

from django.db.models import OuterRef, Subquery

from articles.models import Article
from comments.models import Comment, Decision, QueueItem
from comments.overview.waiting import CAP
from comments.states import DeciderKind, State

LATELY = timedelta(days=30)
MOST_ARTICLES = 10

MOST_READ = 5000
"""Of the texts screened lately, so many of the newest."""


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
        ArticleRow(pk, "", waiting[pk], lately[pk].total(), lately[pk][State.HELD])
        for pk in {*waiting, *lately}
    ]
    rows.sort(key=attrgetter("waiting", "held", "article_id"), reverse=True)
    return _with_titles(rows[:MOST_ARTICLES])


def _waiting() -> Counter[int]:
    longest = QueueItem.objects.waiting().order_by("opened_at")
    return Counter(longest.values_list(_article(), flat=True)[:CAP])


def _lately(since: datetime) -> dict[int, Counter[str]]:
    """What the machine made of the newest new texts under each article."""
    screened = Decision.objects.filter(
        decider_kind=DeciderKind.MACHINE,
        created_at__gte=since,
        from_state=State.SCREENING,
    )
    newest = screened.newest_first().values_list(_article(), "to_state")
    found: dict[int, Counter[str]] = defaultdict(Counter)
    for article, state in newest[:MOST_READ]:
        found[article][state] += 1
    return found


def _article() -> Subquery:
    """A row's own, looked up: as a join it would have all comments read."""
    comment = Comment.objects.filter(pk=OuterRef("comment"))
    return Subquery(comment.values("article"))


def _with_titles(rows: list[ArticleRow]) -> list[ArticleRow]:
    ids = [row.article_id for row in rows]
    titles = dict(Article.objects.filter(pk__in=ids).values_list("pk", "title"))
    return [replace(row, title=titles[row.article_id]) for row in rows]
