"""Situations of the desk that the shared builders don't have."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from comments.actions.deciding import Decider, Reason, decide, record
from comments.actions.posting import edit_comment
from comments.models import (
    Appeal,
    AppealMessage,
    Comment,
    Decision,
    Note,
    QueueItem,
    Report,
    Sanction,
)
from comments.states import Measure, State
from ethicsforum.accounts.models import User
from tests import build, cast


def desk_item(item: QueueItem) -> QueueItem:
    """As the desk fetches it."""
    return QueueItem.objects.for_desk().get(pk=item.pk)


def held_for(screener: str, saw: dict[str, Any] | None = None, **f: Any) -> QueueItem:
    made = build.comment(**f)
    finding = {"screener": screener, "outcome": "hold", "saw": saw or {}, "rule": None}
    reason = Reason(findings=[finding])
    decide(build.text_of(made), to=State.HELD, by=Decider.machine(), reason=reason)
    return QueueItem.objects.get(comment=made)


def edited(before: str, after: str, author: User | None = None) -> QueueItem:
    made = build.published(author=author or cast.ben(), body=before)
    text = edit_comment(made, body=after)
    decide(text, to=State.HELD, by=Decider.machine())
    return QueueItem.objects.get(comment=made)


def report(made: Comment, reporter: User | None, **fields: Any) -> Report:
    source = Report.Source.MEMBER if reporter else Report.Source.NOTICE
    fields = {"rule": build.rule(), **fields} if reporter else fields
    return Report.objects.create(
        comment=made,
        revision=build.text_of(made),
        reporter=reporter,
        source=source,
        **fields,
    )


def reported(made: Comment) -> QueueItem:
    return QueueItem.objects.create(
        kind=QueueItem.Kind.REPORTED, comment=made, revision=build.text_of(made)
    )


def appeal(decision: Decision, *words: str) -> QueueItem:
    appellant = decision.comment.author
    due = timezone.now() + timedelta(days=7)
    lodged = Appeal.objects.create(decision=decision, appellant=appellant, due_at=due)
    for text in words:
        AppealMessage.objects.create(appeal=lodged, sender=appellant, text=text)
    return QueueItem.objects.create(
        kind=QueueItem.Kind.APPEAL,
        appeal=lodged,
        first_decision=decision,
        comment=decision.comment,
        revision=decision.revision,
        due_at=due,
    )


def second_opinion(decision: Decision) -> QueueItem:
    return QueueItem.objects.create(
        first_decision=decision, comment=decision.comment, revision=decision.revision
    )


def limited(member: User) -> Sanction:
    made = build.published(author=member, body="The occasion of the limit.")
    decision = record(
        build.text_of(made),
        Measure.LIMIT,
        by=Decider.moderator(cast.mia()),
        reason=build.reason(),
        until=timezone.now() + timedelta(days=3),
    )
    return Sanction.objects.create(decision=decision, member=member)


def note(text: str, **about: Any) -> Note:
    return Note.objects.create(text=text, author=cast.max_(), **about)
