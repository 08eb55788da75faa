"""A forum of any size, with a desk that has work: the sound rows that actions leave."""

from datetime import UTC, datetime

from django.contrib.auth.models import Group

from articles.models import Article
from bench.filling import fill, settle, unchecked
from comments.models import (
    Appeal,
    Comment,
    Decision,
    QueueItem,
    Report,
    Revision,
    Rule,
)
from comments.setup import MODERATORS
from ethicsforum.accounts.models import User

MEMBERS, ARTICLES = 10_000, 200
YEAR = "365 * 24 * 3600"

HELD_EVERY, REFUSED_EVERY = 10, 50
"""Of the settled comments: a moderator read each tenth and refused each fiftieth."""

WEEK_AGO = "now() - interval '1 second' * (n * 7919 % 604800)"
FOUND = """[{"screener": "new-member", "outcome": "hold", "rule": null,
    "saw": {"accepted": 0, "needed": 2}}]"""
FINDINGS = f"'{FOUND}'"
REFUSED = f"n % {REFUSED_EVERY} = 0"
OUTCOME = f"CASE WHEN {REFUSED} THEN 'rejected' ELSE 'published' END"

ROWS = (Appeal, Article, Comment, Decision, QueueItem, Report, Revision, User)


def moderator(name: str) -> User:
    """Made first: the members' numbers begin after it."""
    user = User.objects.create_user(f"{name}@example.org", name, None, is_staff=True)
    user.groups.add(Group.objects.get(name=MODERATORS))
    return user


class Forum:
    """Comments 1 to `settled` are decided; those after them wait."""

    def __init__(self, settled: int) -> None:
        self.settled = settled
        self.waiting = 0
        self.decider = moderator("first")
        self.rule = Rule.objects.order_by("pk")[0]
        self.first_member = self.decider.pk + 1_000
        # Over a year, the last of them now.
        age = f"({settled} - n)::float / {settled} * {YEAR}"
        self.when = f"now() - interval '1 second' * ({age})"
        with unchecked():
            self._people_and_articles()
            self._settled()
            self._read_by_hand()
        settle(*ROWS)

    def grow(self, waiting: int) -> None:
        """So many held texts wait, and besides reports and appeals in proportion."""
        more = range(self.waiting, waiting)
        with unchecked():
            self._held(more)
            self._reported(range(self.waiting // 20, waiting // 20))
            self._appealed(range(self.waiting // 100, waiting // 100))
        settle(*ROWS)
        QueueItem.objects.filter(kind="held", closed_at=None, pk__endswith="7").update(
            snoozed_until=datetime(2100, 1, 1, tzinfo=UTC)
        )
        self.waiting = waiting

    def _people_and_articles(self) -> None:
        last = self.first_member + MEMBERS
        fill(
            User,
            range(self.first_member, last),
            id="n",
            email="'m' || n || '@example.org'",
            username="'Member ' || n",
            username_key="'member' || n",
            is_active="true",
        )
        fill(
            Article,
            range(1, ARTICLES + 1),
            id="n",
            title="'Article ' || n",
            slug="'article-' || n",
            body="'A question.'",
            body_html="'<p>A question.</p>'",
            status="'published'",
            publish_at="now()",
        )

    def _settled(self) -> None:
        all_ = range(1, self.settled + 1)
        up = f"CASE WHEN {REFUSED} THEN NULL ELSE"
        self._texts(all_, OUTCOME, self.when, f"{up} n END", f"{up} {self.when} END")
        fill(
            Decision,
            all_,
            id="n",
            comment_id="n",
            revision_id="n",
            number="1",
            from_state="'screening'",
            to_state=f"CASE WHEN n % {HELD_EVERY} = 0 THEN 'held' ELSE 'published' END",
            decider_kind="'machine'",
            created_at=self.when,
        )

    def _read_by_hand(self) -> None:
        read = range(HELD_EVERY, self.settled + 1, HELD_EVERY)
        decided = f"{self.when} + interval '2 hours'"
        fill(
            Decision,
            read,
            id=_second("n"),
            comment_id="n",
            revision_id="n",
            number="2",
            from_state="'held'",
            to_state=OUTCOME,
            decider_kind="'moderator'",
            decider_id=str(self.decider.pk),
            rule_id=f"CASE WHEN {REFUSED} THEN {self.rule.pk} END",
            rule_version="1",
            explanation=f"CASE WHEN {REFUSED} THEN 'Why.' ELSE '' END",
            created_at=decided,
        )
        fill(
            QueueItem,
            read,
            id="n",
            comment_id="n",
            revision_id="n",
            findings=FINDINGS,
            opened_at=self.when,
            due_at=f"{self.when} + interval '1 day'",
            closed_at=decided,
            closing_decision_id=_second("n"),
        )

    def _held(self, more: range) -> None:
        numbers = range(self.settled + 1 + more.start, self.settled + 1 + more.stop)
        self._texts(numbers, "'held'", WEEK_AGO, "NULL", "NULL")
        fill(
            Decision,
            numbers,
            id="n",
            comment_id="n",
            revision_id="n",
            number="1",
            from_state="'screening'",
            to_state="'held'",
            decider_kind="'machine'",
            findings=FINDINGS,
            created_at=WEEK_AGO,
        )
        fill(
            QueueItem,
            numbers,
            id="n",
            comment_id="n",
            revision_id="n",
            findings=FINDINGS,
            severity="n % 4",
            opened_at=WEEK_AGO,
            due_at=f"{WEEK_AGO} + interval '1 hour' * (n % 24 + 1)",
        )

    def _reported(self, more: range) -> None:
        """About published comments: the odd ones from 1 up."""
        comment = "2 * n + 1"
        what = {"comment_id": comment, "revision_id": comment}
        fill(
            Report,
            more,
            id="n + 1",
            source="'member'",
            reporter_id=str(self.first_member),
            rule_id=str(self.rule.pk),
            note="'Look.'",
            weight="100",
            created_at=WEEK_AGO,
            **what,
        )
        fill(
            QueueItem,
            more,
            id=_second("n + 1"),
            kind="'reported'",
            findings="'[]'",
            severity="2",
            opened_at=WEEK_AGO,
            due_at=f"{WEEK_AGO} + interval '4 hours'",
            **what,
        )

    def _appealed(self, more: range) -> None:
        """About refused comments, as many as there are."""
        most = self.settled // REFUSED_EVERY
        more = range(min(more.start, most), min(more.stop, most))
        comment = f"(n + 1) * {REFUSED_EVERY}"
        first = _second(comment)
        fill(
            Appeal,
            more,
            id="n + 1",
            decision_id=first,
            appellant_id=str(self.first_member),
            created_at=WEEK_AGO,
            due_at=f"{WEEK_AGO} + interval '7 days'",
        )
        fill(
            QueueItem,
            more,
            id=f"2 * {_second('n + 1')}",
            kind="'appeal'",
            comment_id=comment,
            revision_id=comment,
            appeal_id="n + 1",
            first_decision_id=first,
            opened_at=WEEK_AGO,
            due_at=f"{WEEK_AGO} + interval '7 days'",
        )

    def _texts(
        self, numbers: range, state: str, when: str, accepted: str, published: str
    ) -> None:
        fill(
            Comment,
            numbers,
            id="n",
            article_id=f"1 + n % {ARTICLES}",
            author_id=f"{self.first_member} + n * 31 % {MEMBERS}",
            path="lpad(to_hex(n), 10, '0')",
            state=state,
            accepted_revision_id=accepted,
            created_at=when,
            published_at=published,
            announced_at=published,
        )
        fill(
            Revision,
            numbers,
            id="n",
            comment_id="n",
            number="1",
            state=state,
            source="'A thought, number ' || n || '.'",
            html="'<p>A thought, number ' || n || '.</p>'",
            render_version="'1'",
            text_key="md5(n::text)",
            created_at=when,
            accepted_at=published,
        )


def _second(number: str) -> str:
    """Ids that the texts themselves never reach."""
    return f"(10000000 + {number})"
