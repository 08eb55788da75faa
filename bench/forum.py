"""A forum of any size, with a desk that has work: the sound rows that actions leave.

Comments 1 to `comments` are published; then come those that wait for a moderator, a
tenth as many or as many as asked for; then those a moderator refused, a fiftieth as
many.
"""

from collections.abc import Iterable
from datetime import timedelta
from itertools import islice

from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group

from articles.models import Article
from bench.filling import fill, settle, unchecked, unindexed
from bench.laws import sizes
from bench.places import places
from bench.prose import html_of
from bench.rows import FOUND, SECOND, THIRD, YEAR, Row, Rows
from comments.actions import indexing
from comments.models import (
    Appeal,
    Comment,
    Decision,
    Notification,
    QueueItem,
    Report,
    Revision,
    Rule,
    Vote,
)
from comments.setup import MODERATORS
from ethicsforum.accounts.models import User
from ethicsforum.accounts.names import name_key
from ethicsforum.markup import ARTICLE

READ_BY_HAND = 10
"""Each tenth of the published comments a moderator has read."""
REASON = "It is about the person."
ROWS = (
    Appeal,
    Article,
    Comment,
    Decision,
    EmailAddress,
    Notification,
    QueueItem,
    Report,
    Revision,
    User,
    Vote,
)


def moderator(name: str) -> User:
    """Made first: the members' numbers begin after it."""
    user = User.objects.create_user(f"{name}@example.org", name, None, is_staff=True)
    user.groups.add(Group.objects.get(name=MODERATORS))
    EmailAddress.objects.create(user=user, email=user.email, verified=True)
    return user


class Forum(Rows):
    def __init__(self, comments: int, waiting: int | None = None) -> None:
        super().__init__(comments)
        self.waiting = comments // 10 if waiting is None else waiting
        self.refused = comments // 50

    def build(self) -> None:
        self.first, self.second = moderator("first"), moderator("second")
        self.first_member = self.second.pk + 1
        rule = Rule.objects.order_by("pk").first()
        assert rule is not None  # noqa: S101  # `migrate` puts the house rules there
        self.rule = rule
        with unindexed(), unchecked():
            self._people_and_articles()
            self._published()
            self._held()
            self._refused()
            self._reported()
            self._appealed()
        settle(*ROWS)
        indexing.follow_articles(list(range(1, self.articles + 1)))
        tomorrow = self.now + timedelta(days=30)
        asleep = QueueItem.objects.filter(kind="held", closed_at=None)
        asleep.filter(pk__endswith="7").update(snoozed_until=tomorrow)

    def _people_and_articles(self) -> None:
        people = range(self.first_member, self.first_member + self.members)
        columns = ["id", "email", "username", "username_key", "is_active", "password"]
        fill(User, columns, ((pk, *_person(pk), True, "!") for pk in people))
        addresses = ((pk, pk, f"m{pk}@example.org", True, True) for pk in people)
        columns = ["id", "user_id", "email", "verified", "primary"]
        fill(EmailAddress, columns, addresses)
        self._write_articles()

    def _write_articles(self) -> None:
        columns = ["id", "title", "slug", "body", "body_html", "render_version"]
        columns += ["status", "publish_at", "created_at"]
        sources = self._prose.sources()
        same = (ARTICLE.version, "published", self.now - YEAR, self.now - YEAR)
        rows: Iterable[Row] = (
            (pk, f"Question {pk}", f"question-{pk}", text, html_of(text), *same)
            for pk in range(1, self.articles + 1)
            for text in ["\n\n".join(islice(sources, 6))]
        )
        fill(Article, columns, rows)

    def _published(self) -> None:
        all_ = places(sizes(self.comments, self.articles))
        self._comments(all_, "published", self.when)
        pks = range(1, self.comments + 1)
        self._texts(pks, "published", self.when)
        self._documents()
        by_hand = range(READ_BY_HAND, self.comments + 1, READ_BY_HAND)
        self._screened((pk for pk in pks if pk % READ_BY_HAND), "published", self.when)
        self._screened(by_hand, "held", self.when)
        self._read_by_hand(by_hand, self.first.pk)
        self._votes()

    def _held(self) -> None:
        first = self.comments + 1
        pks = range(first, first + self.waiting)
        self._comments(self._beside(pks), "held", self._lately)
        self._texts(pks, "held", self._lately)
        self._screened(pks, "held", self._lately)
        columns = ["id", "comment_id", "revision_id", "findings", "severity"]
        columns += ["opened_at", "due_at"]
        rows: Iterable[Row] = (
            (pk, pk, pk, FOUND, pk % 4, at, at + timedelta(hours=pk % 24 + 1))
            for pk in pks
            for at in [self._lately(pk)]
        )
        fill(QueueItem, columns, rows)

    def _refused(self) -> None:
        pks = self._refused_ones()
        self._comments(self._beside(pks), "rejected", self.when)
        self._texts(pks, "rejected", self.when)
        self._screened(pks, "held", self.when)
        self._read_by_hand(pks, self.first.pk, "rejected", self.rule.pk, REASON)
        told = ((pk, self.author(pk), SECOND + pk, "rejected", None) for pk in pks)
        columns = ["id", "recipient_id", "decision_id", "kind", "mail_due_at"]
        fill(Notification, columns, told)

    def _reported(self) -> None:
        """About published comments: the odd ones from 1 up."""
        pks = range(1, self.waiting // 20 * 2, 2)
        columns = ["id", "source", "comment_id", "revision_id", "reporter_id"]
        columns += ["rule_id", "note", "weight", "created_at"]
        rows: Iterable[Row] = (
            (pk, "member", pk, pk, self.author(pk + 1), self.rule.pk, "Look.", 100, at)
            for pk in pks
            for at in [self._lately(pk)]
        )
        fill(Report, columns, rows)
        columns = ["id", "kind", "comment_id", "revision_id", "severity"]
        columns += ["opened_at", "due_at"]
        rows = (
            (SECOND + pk, "reported", pk, pk, 2, at, at + timedelta(hours=4))
            for pk in pks
            for at in [self._lately(pk)]
        )
        fill(QueueItem, columns, rows)

    def _appealed(self) -> None:
        """About refused comments: the first half of them."""
        pks = self._refused_ones()[: self.refused // 2]
        week = timedelta(days=7)
        columns = ["id", "decision_id", "appellant_id", "created_at", "due_at"]
        times = {pk: self._lately(pk) for pk in pks}
        appeals = (
            (pk, SECOND + pk, self.author(pk), at, at + week)
            for pk, at in times.items()
        )
        fill(Appeal, columns, appeals)
        columns = ["id", "kind", "comment_id", "revision_id", "appeal_id"]
        columns += ["first_decision_id", "opened_at", "due_at"]
        items = (
            (THIRD + pk, "appeal", pk, pk, pk, SECOND + pk, at, at + week)
            for pk, at in times.items()
        )
        fill(QueueItem, columns, items)

    def _refused_ones(self) -> range:
        first = self.comments + self.waiting + 1
        return range(first, first + self.refused)


def _person(pk: int) -> tuple[str, str, str]:
    name = f"Member {pk}"
    return f"m{pk}@example.org", name, name_key(name)
