"""Builders of what waits at the desk beside held texts, made by hand."""

from typing import Any

from comments.actions.deciding import Decider, decide
from comments.models import Appeal, Comment, Decision, QueueItem, Revision
from comments.states import State
from ethicsforum.accounts.models import User
from tests import build, cast

Kind = QueueItem.Kind


def reported(comment: Comment | None = None) -> QueueItem:
    """Reports on a comment that is up, or was just hidden."""
    comment = comment or build.published(body="Reported.")
    return QueueItem.objects.create(
        kind=Kind.REPORTED, comment=comment, revision=build.text_of(comment)
    )


def hidden() -> QueueItem:
    """Reports that hid the text."""
    comment = build.published()
    decide(build.text_of(comment), to=State.HELD, by=Decider.machine())
    return reported(build.fresh(comment))


def appealed(decision: Decision | None = None, **fields: Any) -> QueueItem:
    decision = decision or build.rejected(**fields)
    appeal = Appeal.objects.create(decision=decision, appellant=decision.comment.author)
    return QueueItem.objects.create(
        kind=Kind.APPEAL,
        comment=decision.comment,
        revision=decision.revision,
        appeal=appeal,
        first_decision=decision,
    )


def second_look(decider: User | None = None) -> QueueItem:
    """A decided text that comes back, unmarked."""
    decision = build.rejected(by=decider or cast.mia())
    return QueueItem.objects.create(
        comment=decision.comment, revision=decision.revision, first_decision=decision
    )


def many_held(count: int) -> None:
    """So many rows as the line would have; not through the actions, for the time."""
    author, under = cast.ben(), build.article()
    comments = Comment.objects.bulk_create(
        Comment(article=under, author=author, state=State.HELD) for _ in range(count)
    )
    texts = Revision.objects.bulk_create(
        Revision(comment=comment, number=1, state=State.HELD) for comment in comments
    )
    QueueItem.objects.bulk_create(
        QueueItem(comment=text.comment, revision=text) for text in texts
    )
