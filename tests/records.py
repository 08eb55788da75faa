"""Builders of what the log and the reports are made from."""

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from comments.actions.deciding import Decider, Reason, decide, lock_comment, record
from comments.models import (
    Appeal,
    Comment,
    Decision,
    Report,
    Sanction,
    SecondOpinion,
)
from comments.states import Measure, State
from ethicsforum.accounts.models import User
from tests import build, cast

DAYS = timedelta(days=7)


def rejected_by_machine(**fields: Any) -> Decision:
    text = build.text_of(build.comment(**fields))
    return decide(
        text, to=State.REJECTED, by=Decider.machine(), reason=build.reason("harm")
    )


def measure(
    kind: Measure,
    comment: Comment | None = None,
    about: Decision | None = None,
    by: User | None = None,
) -> Decision:
    """A warning, limit, suspension, ruling …, as the actions record them."""
    comment = comment or (about.comment if about else build.published())
    ends = kind in (Measure.LIMIT, Measure.SUSPEND)
    with transaction.atomic():
        made = record(
            build.text_of(lock_comment(comment.pk)),
            kind,
            by=Decider.moderator(by or cast.mia()),
            reason=Reason(build.rule(), "About your tone, Ben.", about=about),
            until=timezone.now() + DAYS if ends else None,
        )
        if made.is_refusal:
            Sanction.objects.create(decision=made, member=comment.author)
    return made


def undone(decision: Decision) -> Decision:
    text = decision.revision
    text.refresh_from_db()
    reason = Reason(about=decision, is_undo=True)
    by = Decider.moderator(decision.decider)
    return decide(text, to=State.HELD, by=by, reason=reason)


def appealed(decision: Decision, ruled: Measure | None = None) -> Appeal:
    appeal = Appeal.objects.create(decision=decision, appellant=decision.comment.author)
    if ruled is not None:
        appeal.ruling = measure(ruled, about=decision, by=cast.max_())
        appeal.outcome = {
            Measure.UPHOLD: Appeal.Outcome.UPHELD,
            Measure.OVERTURN: Appeal.Outcome.OVERTURNED,
        }[ruled]
        appeal.save()
    return appeal


def reported(
    comment: Comment,
    source: str = Report.Source.MEMBER,
    answer: Decision | None = None,
    outcome: str = "",
) -> Report:
    return Report.objects.create(
        source=source,
        comment=comment,
        revision=build.text_of(comment),
        rule=build.rule(),
        decision=answer,
        outcome=outcome,
        decided_at=timezone.now() if outcome else None,
    )


def removed_after(source: str) -> Decision:
    """A removal that answers a report or a notice."""
    comment = build.removed(body=f"Reported: {source}.")
    removal = comment.decisions.get(to_state=State.REMOVED)
    reported(comment, source, removal, Report.Outcome.ACTED)
    return removal


def second_opinion(first: Decision, *, approves: bool) -> SecondOpinion:
    item = first.comment.queue_items.create(
        revision=first.revision, first_decision=first, closed_at=timezone.now()
    )
    return SecondOpinion.objects.create(
        item=item,
        first=first,
        moderator=cast.max_(),
        first_approves=not first.is_refusal,
        approves=approves,
    )
