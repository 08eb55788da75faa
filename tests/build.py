"""Plain builders: each brings one thing about through the real actions."""

from typing import Any

from articles.models import Article
from comments.actions.deciding import Decider, Reason, decide
from comments.actions.moderating import remove_comment
from comments.actions.posting import post_comment
from comments.actions.sanctioning import limit, suspend
from comments.models import Comment, Decision, QueueItem, Revision, Rule, Sanction
from comments.states import State
from ethicsforum.accounts.models import User
from tests import cast

FINDING = {
    "screener": "new-member",
    "outcome": "hold",
    "saw": {"accepted": 0, "needed": 2},
    "rule": None,
}


def article(slug: str = "triage", **fields: Any) -> Article:
    found = Article.objects.filter(slug=slug).first()
    if found:
        return found
    fields = {
        "title": "Who decides who waits?",
        "body": "A hospital lets a model order its waiting list.",
        "question": "Would you accept its order?",
        "status": Article.Status.PUBLISHED,
        **fields,
    }
    return Article.objects.create(slug=slug, **fields)


def rule(code: str = "person") -> Rule:
    return Rule.objects.get(code=code)


def reason(code: str = "person", explanation: str = "About the person.") -> Reason:
    return Reason(rule(code), explanation)


def comment(
    author: User | None = None,
    body: str = "A thought worth having.",
    under: Article | None = None,
    parent: Comment | None = None,
) -> Comment:
    """In screening."""
    author = author or cast.ben()
    under = under or (parent.article if parent else article())
    return post_comment(under, author=author, body=body, parent=parent)


def published(**fields: Any) -> Comment:
    made = comment(**fields)
    decide(text_of(made), to=State.PUBLISHED, by=Decider.machine())
    return fresh(made)


def held(**fields: Any) -> QueueItem:
    """Waiting for a moderator."""
    made = comment(**fields)
    found = Reason(findings=[FINDING])
    decide(text_of(made), to=State.HELD, by=Decider.machine(), reason=found)
    return QueueItem.objects.get(comment=made)


def rejected(by: User | None = None, **fields: Any) -> Decision:
    text = held(**fields).revision
    moderator = Decider.moderator(by or cast.mia())
    return decide(text, to=State.REJECTED, by=moderator, reason=reason())


def removed(by: User | None = None, **fields: Any) -> Comment:
    made = published(**fields)
    remove_comment(made, moderator=by or cast.mia(), reason=reason())
    return fresh(made)


def limited(days: int = 7, **fields: Any) -> Sanction:
    text = text_of(published(**fields))
    return limit(text, days=days, moderator=cast.mia(), reason=reason())


def suspended(days: int = 7, **fields: Any) -> Sanction:
    text = text_of(published(**fields))
    return suspend(text, days=days, moderator=cast.mia(), reason=reason())


def text_of(made: Comment) -> Revision:
    """Its newest text, as the database has it."""
    return Revision.objects.filter(comment=made).order_by("-number")[0]


def fresh(made: Comment) -> Comment:
    return Comment.objects.select_related("article", "accepted_revision").get(
        pk=made.pk
    )
