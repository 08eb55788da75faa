"""Who hears of what: rows on the site now, mail from the worker."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from comments import dispatch
from comments.mailing.choices import deliveries, delivery_to, mail_due
from comments.mailing.mails import compose_digest, compose_notice
from comments.models import Appeal, Decision, Digest, Notification, Report
from comments.states import DeciderKind, Measure, State
from ethicsforum import outbox

Kind = Notification.Kind
MOST_NUDGES = 20
"""Mails about one event that a worker is told of at once; what is beyond is found by
the sweep, so that a flood of reports can't slow a decision."""

KINDS: dict[tuple[str, str], Kind] = {
    (State.HELD, State.PUBLISHED): Kind.APPROVED,
    (State.SCREENING, State.REJECTED): Kind.REJECTED,
    (State.HELD, State.REJECTED): Kind.REJECTED,
    (State.HELD, State.REMOVED): Kind.REMOVED,
    (State.PUBLISHED, State.HELD): Kind.HIDDEN,
    (State.PUBLISHED, State.REMOVED): Kind.REMOVED,
    (State.REJECTED, State.PUBLISHED): Kind.RESTORED,
    (State.REMOVED, State.PUBLISHED): Kind.RESTORED,
}
"""What an author is told. Passing the machine unheld is no news."""

ANSWERS: dict[Report.Outcome, Kind] = {
    Report.Outcome.ACTED: Kind.REPORT_ACTED,
    Report.Outcome.KEPT: Kind.REPORT_KEPT,
    Report.Outcome.WITHDRAWN: Kind.REPORT_ACTED,
}
"""What reporters are told; the words say how it came about."""


def tell_author(decision: Decision) -> Notification | None:
    """Within the decision's transaction; the mail goes out after it, and after the
    time in which a moderator may undo."""
    kind = _kind(decision)
    author = decision.comment.author
    if kind is None or author is None:
        return None
    return tell(author, kind, decision=decision, after=_pause(decision))


def tell(
    recipient: Any, kind: Kind, *, after: float = 0, **subject: Any
) -> Notification:
    """One row on the site; and one mail, as its reader has chosen: due after so many
    seconds, or with a digest, or none."""
    delivery = delivery_to(recipient, kind)
    due = timezone.now() + timedelta(seconds=after)
    notification = Notification.objects.create(
        recipient=recipient,
        kind=kind,
        delivery=delivery,
        mail_due_at=mail_due(delivery, due),
        **subject,
    )
    if notification.mail_due_at is not None:
        dispatch.enqueue(dispatch.DELIVER, notification.pk, after=after)
    return notification


def announce(decision: Decision) -> None:
    """Whoever wants to hear of a new comment is told of it by a worker, once nobody
    can undo its acceptance any more."""
    comment = decision.comment
    if comment.state == State.PUBLISHED and comment.announced_at is None:
        dispatch.enqueue(dispatch.ANNOUNCE, comment.pk, after=_pause(decision))


def answer_reports(decision: Decision) -> None:
    """The reports on a comment are answered by what becomes of it."""
    outcome = _answer(decision)
    if outcome is None:
        return
    kind, now = ANSWERS[outcome], timezone.now()
    reports = Report.objects.open().filter(comment=decision.comment_id)
    if reports.update(outcome=outcome, decision=decision, decided_at=now):
        # Who was told the same before an undo is not told again.
        told = Notification.objects.filter(report=OuterRef("pk"), kind=kind)
        answered = Report.objects.filter(decision=decision)
        tell_reporters(answered.exclude(Exists(told)), kind, decision)


def tell_reporters(reports: Iterable[Report], kind: Kind, decision: Decision) -> None:
    """One row to each, and one mail, as each has chosen."""
    after = _pause(decision)
    due = timezone.now() + timedelta(seconds=after)
    told = [report for report in reports if report.reporter_id or report.email]
    chosen = deliveries([report.reporter_id for report in told], kind)
    rows = [
        Notification(
            recipient_id=report.reporter_id,
            report=report,
            decision=decision,
            kind=kind,
            delivery=chosen[report.reporter_id],
            mail_due_at=mail_due(chosen[report.reporter_id], due),
        )
        for report in told
    ]
    made = Notification.objects.bulk_create(rows)
    for row in [row for row in made if row.mail_due_at is not None][:MOST_NUDGES]:
        dispatch.enqueue(dispatch.DELIVER, row.pk, after=after)


def drop_answers(undone: Decision) -> None:
    """To reporters, as far as no worker has begun to mail it."""
    answers = Notification.objects.filter(decision=undone, report__isnull=False)
    answers.filter(mailed_at__isnull=True, mail_tries=0).delete()


def _answer(decision: Decision) -> Report.Outcome | None:
    """What the decision says to those who reported the comment; None if nothing."""
    if decision.is_undo:
        # An undone acceptance takes down what was reported meanwhile.
        is_down = decision.comment.accepted_revision_id is None
        return Report.Outcome.ACTED if is_down else None
    if decision.measure == Measure.KEEP:
        return Report.Outcome.KEPT
    if decision.to_state == State.REMOVED:
        return Report.Outcome.ACTED
    if decision.revision.accepted_at in (None, decision.created_at):
        return None
    if decision.to_state == State.WITHDRAWN:
        return Report.Outcome.WITHDRAWN
    shown_again = (decision.from_state, decision.to_state) == (
        State.HELD,
        State.PUBLISHED,
    )
    return Report.Outcome.KEPT if shown_again else None


def take_back(decision: Decision) -> bool:
    """Delete what is to be said about it, within a transaction; False, and nothing
    deleted, when a worker may have said some of it already.

    The rows are locked before they are looked at: a worker that comes now waits, and
    then finds none.
    """
    answers = Q(report__decision=decision, kind__in=set(ANSWERS.values()))
    about = Notification.objects.filter(Q(decision=decision) | answers)
    notices = list(about.select_for_update(of=("self",)))
    if any(notice.mail_tries or notice.mailed_at for notice in notices):
        return False
    Notification.objects.filter(pk__in=[notice.pk for notice in notices]).delete()
    return True


def _kind(decision: Decision) -> Kind | None:
    if decision.decider_kind == DeciderKind.AUTHOR or decision.is_undo:
        return None
    if _answers_appeal(decision):
        return None
    kind = KINDS.get((decision.from_state, decision.to_state))
    accepted_at = decision.revision.accepted_at
    if kind == Kind.APPROVED and accepted_at != decision.created_at:
        return Kind.KEPT
    return kind


def _answers_appeal(decision: Decision) -> bool:
    """Then the ruling itself is told (see `appealing`)."""
    contested = decision.about_id
    return contested is not None and Appeal.objects.filter(decision=contested).exists()


def _pause(decision: Decision) -> float:
    can_be_undone = decision.decider_kind == DeciderKind.MODERATOR
    return float(settings.UNDO_SECONDS) if can_be_undone else 0


def deliver(notification_id: int) -> bool:
    """Mail one notice; False when it is not due or another worker has it."""
    return outbox.deliver(Notification.objects.all(), notification_id, compose_notice)


def deliver_digest(digest_id: int) -> bool:
    return outbox.deliver(Digest.objects.all(), digest_id, compose_digest)


def resend_unclaimed() -> int:
    """Send every notice and digest that no worker took to one again."""
    notices = outbox.resend_unclaimed(Notification.objects.all(), dispatch.DELIVER)
    digests = outbox.resend_unclaimed(Digest.objects.all(), dispatch.DELIVER_DIGEST)
    return notices + digests
