"""The rows of comments, their texts and what was decided about them."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import connection
from django.utils import timezone

from bench.filling import fill
from bench.places import Place
from bench.prose import Prose, html_of, key_of
from comments.models import Comment, Decision, QueueItem, Revision, Vote
from comments.ranking import rank_of
from comments.rendering import RENDER_VERSION

MOST_ARTICLES, MOST_MEMBERS = 1_000, 10_000
VOTED_ON = 8
"""Each eighth has votes."""
FOUND = [
    {"screener": "new-member", "outcome": "hold", "rule": None, "saw": {"needed": 2}}
]
SECOND, THIRD = 10_000_000, 20_000_000
"""Added to a comment's id: ids that the texts themselves never reach."""
YEAR = timedelta(days=365)
DOCUMENTS = """INSERT INTO comments_searchdocument
    (id, article_id, comment_id, title, text, public_at)
    SELECT c.id, c.article_id, c.id, '', r.source, c.published_at
    FROM comments_comment c JOIN comments_revision r ON r.id = c.id
    WHERE c.state = 'published' ORDER BY c.id"""

Row = tuple[Any, ...]
When = Callable[[int], datetime]


class Rows:
    """Members come in turn, and so do the times: an id tells both."""

    def __init__(self, comments: int) -> None:
        self.comments = comments
        self.articles = max(10, min(MOST_ARTICLES, comments // 10))
        self.members = max(10, min(MOST_MEMBERS, comments // 10))
        self.first_member = 1
        self.now = timezone.now()
        self._prose = Prose()

    def author(self, pk: int) -> int:
        return self.first_member + pk * 31 % self.members

    def when(self, pk: int) -> datetime:
        """Over a year, the last of the published an hour ago."""
        age = YEAR * (self.comments - pk) / self.comments
        return self.now - max(age, timedelta()) - timedelta(hours=1)

    def _lately(self, pk: int) -> datetime:
        return self.now - timedelta(seconds=pk * 7919 % 604_800)

    def _beside(self, pks: Iterable[int]) -> Iterator[Place]:
        """Answers to the articles themselves, in turn."""
        return (Place(pk, 1 + pk % self.articles, None, f"{pk:010x}") for pk in pks)

    def _comments(self, all_: Iterable[Place], state: str, when: When) -> None:
        columns = ["id", "article_id", "author_id", "parent_id", "path", "depth"]
        columns += ["state", "created_at", "accepted_revision_id", "published_at"]
        columns += ["announced_at", "value_up", "rank"]

        def row(place: Place) -> Row:
            pk, at = place.pk, when(place.pk)
            public = (pk, at, at) if state == "published" else (None, None, None)
            up = len(self._voters(pk)) if state == "published" else 0
            where = (place.article, self.author(pk), place.parent, place.path)
            return (pk, *where, place.depth, state, at, *public, up, rank_of(up, 0))

        fill(Comment, columns, map(row, all_))

    def _texts(self, pks: Iterable[int], state: str, when: When) -> None:
        columns = ["id", "comment_id", "number", "state", "source", "html"]
        columns += ["render_version", "text_key", "created_at", "accepted_at"]

        def row(pk: int) -> Row:
            source, at = self._prose.source(pk), when(pk)
            accepted = at if state == "published" else None
            said = (source, html_of(source), RENDER_VERSION, key_of(source))
            return (pk, pk, 1, state, *said, at, accepted)

        fill(Revision, columns, map(row, pks))

    def _documents(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute(DOCUMENTS)

    def _screened(self, pks: Iterable[int], to: str, when: When) -> None:
        columns = ["id", "comment_id", "revision_id", "number", "from_state"]
        columns += ["to_state", "decider_kind", "findings", "created_at"]
        seen = FOUND if to == "held" else []
        rows = (
            (pk, pk, pk, 1, "screening", to, "machine", seen, when(pk)) for pk in pks
        )
        fill(Decision, columns, rows)

    def _read_by_hand(
        self,
        pks: Sequence[int],
        by: int,
        to: str = "published",
        rule: int | None = None,
        why: str = "",
    ) -> None:
        columns = ["id", "comment_id", "revision_id", "number", "from_state"]
        columns += ["to_state", "decider_kind", "decider_id", "rule_id"]
        columns += ["rule_version", "explanation", "created_at"]
        mine = ("held", to, "moderator", by, rule, 1, why)
        rows: Iterable[Row]
        rows = ((SECOND + pk, pk, pk, 2, *mine, self.when(pk)) for pk in pks)
        fill(Decision, columns, rows)
        columns = ["id", "comment_id", "revision_id", "findings", "opened_at"]
        columns += ["due_at", "closed_at", "closing_decision_id"]
        rows = ((pk, pk, pk, FOUND, *[self.when(pk)] * 3, SECOND + pk) for pk in pks)
        fill(QueueItem, columns, rows)

    def _votes(self) -> None:
        pks = range(VOTED_ON, self.comments + 1, VOTED_ON)
        rows = ((voter, pk, 1) for pk in pks for voter in self._voters(pk))
        fill(Vote, ["member_id", "comment_id", "value"], rows)

    def _voters(self, pk: int) -> list[int]:
        if pk % VOTED_ON:
            return []
        return [self.author(pk + 1 + n) for n in range(1 + pk // VOTED_ON % 5)]
