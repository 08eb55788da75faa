"""Reports: made, weighed, and answered by a moderator."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from comments.actions.deciding import (
    Decider,
    Reason,
    StaleDecision,
    decide,
    decide_item,
    first_decision,
    lock_comment,
    record,
)
from comments.actions.moderating import reject_drafts
from comments.actions.queueing import close_items, reopen_reported
from comments.actions.verdicts import Verdict
from comments.actions.weighing import assess, weigh
from comments.models import (
    Comment,
    Decision,
    Notification,
    QueueItem,
    Report,
    Revision,
    Rule,
)
from comments.notifications import (
    ANSWERS,
    answer_reports,
    drop_answers,
    tell,
    tell_reporters,
)
from comments.states import Measure, State

Outcome = Report.Outcome
SETTLED = {State.REMOVED: Outcome.ACTED, State.WITHDRAWN: Outcome.WITHDRAWN}


class NotPublic(Exception):
    """The comment was hidden, removed or withdrawn while somebody reported it."""


@transaction.atomic
def report_comment(
    comment: Comment, *, reporter: Any, rule: Rule, note: str = ""
) -> Report:
    """A member's report, once for each comment: the second time, the first one."""
    comment = lock_comment(comment.pk)
    earlier = Report.objects.by(reporter).filter(comment=comment).first()
    if earlier is not None:
        return earlier
    text = comment.accepted_revision
    if text is None or text.state != State.PUBLISHED:
        raise NotPublic
    report = Report(
        source=Report.Source.MEMBER,
        comment=comment,
        revision=text,
        reporter=reporter,
        rule=rule,
        note=note,
    )
    dismissal = _dismissal(text, rule)
    if dismissal is not None:
        return _save_answered(report, Outcome.KEPT, dismissal)
    report.weight = weigh(reporter)
    report.save()
    assess(comment, report)
    return report


@transaction.atomic
def file_notice(
    comment: Comment, *, name: str, email: str, note: str, address: str = ""
) -> Report:
    """Anybody's notice of illegal content, about what is or was public.

    The receipt goes out at once; so does the answer when the text is gone already.
    """
    comment = lock_comment(comment.pk)
    notices = Report.objects.filter(source=Report.Source.NOTICE, comment=comment)
    earlier = notices.filter(email=email, note=note).first()
    if earlier is not None:
        return earlier
    text = comment.accepted_revision
    if text is None:
        raise NotPublic
    report = Report(
        source=Report.Source.NOTICE,
        comment=comment,
        revision=text,
        name=name,
        email=email,
        note=note,
        address=address,
    )
    outcome = SETTLED.get(State(text.state))
    if outcome is None:
        report.save()
        assess(comment, report)
    else:
        _save_answered(report, outcome, _last_word(text))
    tell(None, Notification.Kind.REPORT_RECEIVED, report=report)
    if outcome is not None and report.decision is not None:
        tell_reporters([report], ANSWERS[outcome], report.decision)
    return report


@transaction.atomic
def decide_reported(item: QueueItem, verdict: Verdict, *, moderator: Any) -> Decision:
    """Leave the text up, or take it down; either answers every open report."""
    comment = lock_comment(item.comment_id)
    now = QueueItem.objects.select_related("revision").get(pk=item.pk)
    now.comment = now.revision.comment = comment
    by = Decider.moderator(moderator)
    if verdict.approves:
        return _leave_up(now, verdict, by)
    decision = decide_item(
        now, version=verdict.version, to=State.REMOVED, by=by, reason=verdict.reason
    )
    reject_drafts(comment, by, verdict.reason)
    return decision


@transaction.atomic
def reopen_reports(undone: Decision) -> None:
    """What an undone decision had answered is open again; call it once the text is
    back where it was. Word that has not gone out to reporters is dropped."""
    comment = lock_comment(undone.comment_id)
    answered = Report.objects.filter(decision=undone)
    if answered.update(outcome="", decision=None, decided_at=None):
        drop_answers(undone)
        reopen_reported(undone)
        assess(comment)
    shown = _shown_for(undone)
    if shown is not None:
        again = Reason(about=shown, is_undo=True)
        by = Decider.moderator(undone.decider)
        decide(shown.revision, to=State.HELD, by=by, reason=again)
        reopen_reports(shown)


def _leave_up(item: QueueItem, verdict: Verdict, by: Decider) -> Decision:
    version, reason = verdict.version, verdict.reason
    if item.revision.state == State.HELD:
        return decide_item(
            item, version=version, to=State.PUBLISHED, by=by, reason=reason
        )
    if not item.is_open or item.version != version:
        raise StaleDecision(first_decision(item))
    decision = record(item.revision, Measure.KEEP, by=by, reason=reason)
    answer_reports(decision)
    if not close_items(decision, item, version):
        raise StaleDecision(first_decision(item))
    return decision


def _shown_for(accepting: Decision) -> Decision | None:
    """The decision that let a hidden text go because this one replaced it."""
    if accepting.to_state != State.PUBLISHED:
        return None
    same_moment = Decision.objects.filter(
        comment=accepting.comment_id,
        created_at=accepting.created_at,
        from_state=State.HELD,
        to_state=State.PUBLISHED,
    )
    return same_moment.filter(pk__lt=accepting.pk).select_related("revision").first()


def _dismissal(text: Revision, rule: Rule) -> Decision | None:
    """A moderator has read this very text under this rule, and left it up."""
    kept = Report.objects.filter(
        comment=text.comment_id,
        outcome=Outcome.KEPT,
        rule=rule,
        decision__revision=text,
    )
    found = kept.select_related("decision").first()
    return found.decision if found else None


def _last_word(text: Revision) -> Decision:
    return text.decisions.exclude(to_state="").order_by("-number")[0]


def _save_answered(report: Report, outcome: str, decision: Decision) -> Report:
    report.outcome, report.decision = outcome, decision
    report.decided_at = timezone.now()
    report.save()
    return report
