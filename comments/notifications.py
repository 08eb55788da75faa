"""Who hears of what: rows on the site now, mail from the worker."""

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import timezone, translation

from comments import dispatch
from comments.models import Decision, Notification
from comments.models.notification import pause_after
from comments.states import DeciderKind, State
from ethicsforum.markup import plain_text

Kind = Notification.Kind
SWEEP_BATCH = 200

KINDS: dict[tuple[str, str], Kind] = {
    (State.HELD, State.PUBLISHED): Kind.APPROVED,
    (State.SCREENING, State.REJECTED): Kind.REJECTED,
    (State.HELD, State.REJECTED): Kind.REJECTED,
    (State.PUBLISHED, State.REMOVED): Kind.REMOVED,
    (State.REJECTED, State.PUBLISHED): Kind.RESTORED,
    (State.REMOVED, State.PUBLISHED): Kind.RESTORED,
}
"""What an author is told. Passing the machine unheld is no news."""


def tell_author(decision: Decision) -> Notification | None:
    """Within the decision's transaction; the mail goes out after it."""
    kind = KINDS.get((decision.from_state, decision.to_state))
    author = decision.comment.author
    if kind is None or author is None or decision.decider_kind == DeciderKind.AUTHOR:
        return None
    notification = Notification.objects.create(
        recipient=author, decision=decision, kind=kind
    )
    dispatch.enqueue(dispatch.DELIVER, notification.pk)
    return notification


def deliver(notification_id: int) -> bool:
    """Mail one notice; False when it is not due or another worker has it."""
    if not _claim(notification_id):
        return False
    found = Notification.objects.select_related(
        "recipient",
        "decision__rule",
        "decision__comment__article",
        "decision__revision",
    )
    notification = found.get(pk=notification_id)
    _mail(notification).send()
    Notification.objects.filter(pk=notification_id).update(mailed_at=timezone.now())
    return True


def resend_unclaimed() -> int:
    """Send every notice that no worker took to one again."""
    lost = Notification.objects.mail_unclaimed().values_list("pk", flat=True)
    found = list(lost[:SWEEP_BATCH])
    for pk in found:
        # Marked first, so that the next sweep leaves it alone for a while.
        Notification.objects.filter(pk=pk).update(mail_due_at=timezone.now())
        if not dispatch.send(dispatch.DELIVER, pk):
            break
    return len(found)


def _claim(notification_id: int) -> bool:
    due = Notification.objects.mail_due().filter(pk=notification_id)
    tries = due.values_list("mail_tries", flat=True).first()
    if tries is None:
        return False
    again_at = timezone.now() + pause_after(tries)
    unchanged = due.filter(mail_tries=tries)
    return unchanged.update(mail_due_at=again_at, mail_tries=tries + 1) == 1


def _mail(notification: Notification) -> EmailMultiAlternatives:
    with translation.override(settings.LANGUAGE_CODE):
        context = _context(notification)
        name = f"emails/{notification.kind}"
        subject = render_to_string(f"{name}-subject.txt", context)
        mail = EmailMultiAlternatives(
            subject=" ".join(subject.split()),
            body=render_to_string(f"{name}-body.txt", context),
            to=[notification.recipient.email],
            # The same id on a second attempt lets mail servers drop the double.
            headers={"Message-ID": _message_id(notification)},
        )
        mail.attach_alternative(
            render_to_string(f"{name}-body.html", context), "text/html"
        )
        return mail


def _context(notification: Notification) -> dict[str, object]:
    decision = notification.decision
    return {
        "notification": notification,
        "decision": decision,
        "article": decision.comment.article,
        "text": plain_text(decision.revision.html),
        "comment_url": settings.SITE_URL + decision.comment.get_absolute_url(),
        "decision_url": settings.SITE_URL + decision.get_absolute_url(),
        "rule_url": settings.SITE_URL + decision.rule.get_absolute_url()
        if decision.rule
        else "",
        "site_name": settings.SITE_NAME,
        "site_url": settings.SITE_URL,
    }


def _message_id(notification: Notification) -> str:
    host = settings.SITE_URL.split("://", 1)[1].split("/")[0].split(":")[0]
    return f"<notice-{notification.pk}@{host}>"
