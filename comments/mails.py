"""The mail that goes with a notice, from three templates named by its kind."""

from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from comments.models import Decision, Notification, Report
from comments.policies import appeal_until
from comments.statements import source_of
from ethicsforum.markup import plain_text


def compose(notification: Notification) -> EmailMultiAlternatives:
    with translation.override(settings.LANGUAGE_CODE):
        context = _context(notification)
        name = f"emails/{notification.kind}"
        subject = render_to_string(f"{name}-subject.txt", context)
        mail = EmailMultiAlternatives(
            subject=" ".join(subject.split()),
            body=render_to_string(f"{name}-body.txt", context),
            to=[notification.address],
            # The same id on a second attempt lets mail servers drop the double.
            headers={"Message-ID": _message_id(notification)},
        )
        html = render_to_string(f"{name}-body.html", context)
        mail.attach_alternative(html, "text/html")
        return mail


def _context(notification: Notification) -> dict[str, Any]:
    return {
        "notification": notification,
        "site_name": settings.SITE_NAME,
        "site_url": settings.SITE_URL,
        "report": notification.report,
        "message": notification.message,
        **_about_report(notification.report),
        **_about_decision(notification.decision),
    }


def _about_decision(decision: Decision | None) -> dict[str, Any]:
    if decision is None:
        return {}
    site, rule = settings.SITE_URL, decision.rule
    return {
        "decision": decision,
        "article": decision.comment.article,
        "text": plain_text(decision.revision.html),
        "comment_url": site + decision.comment.get_absolute_url(),
        "decision_url": site + decision.get_absolute_url(),
        "rule_url": site + rule.get_absolute_url() if rule else "",
        **(_about_refusal(decision) if decision.is_refusal else {}),
    }


def _about_refusal(decision: Decision) -> dict[str, Any]:
    address = reverse("comments:appeal", args=[decision.pk])
    return {
        "source": source_of(decision),
        "appeal_until": appeal_until(decision),
        "appeal_url": settings.SITE_URL + address,
    }


def _about_report(report: Report | None) -> dict[str, Any]:
    if report is None:
        return {}
    comment = report.comment
    return {
        "article": comment.article,
        "comment_url": settings.SITE_URL + comment.get_absolute_url(),
        "text_has_changed": comment.accepted_revision_id != report.revision_id,
    }


def _message_id(notification: Notification) -> str:
    host = settings.SITE_URL.split("://", 1)[1].split("/")[0].split(":")[0]
    return f"<notice-{notification.pk}@{host}>"
