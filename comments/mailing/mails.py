"""The mail that goes with a notice or a digest, from three templates named by its
kind. Each mail to a member can be switched off by one click (RFC 8058)."""

from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.urls import reverse
from django.utils import translation

from comments.mailing.choices import choice_for, words_for
from comments.mailing.tokens import unsubscribe_url
from comments.models import Comment, Decision, Delivery, Digest, Notification, Report
from comments.policies import appeal_until
from comments.record.statements import source_of
from ethicsforum.letters import letter, site, subject
from ethicsforum.markup import plain_text

MOST_IN_DIGEST = 50
"""Notices that one digest names; of more it says how many."""


def compose_notice(notification_id: int) -> EmailMultiAlternatives | None:
    """None when there is nobody to mail it to, or nothing left to tell."""
    rows = Notification.objects.for_mail().unmuted()
    notification = rows.filter(pk=notification_id).first()
    if notification and notification.address and notification.still_stands:
        return compose(notification)
    return None


def compose(notification: Notification) -> EmailMultiAlternatives:
    with translation.override(settings.LANGUAGE_CODE):
        context = _context(notification)
        if notification.recipient_id is not None:
            topic = choice_for(notification.kind)
            context |= _switch_off(notification.recipient_id, topic)
        name, to = notification.kind, notification.address
        return letter(name, context, to=to, about=f"notice-{notification.pk}")


def compose_digest(digest_id: int) -> EmailMultiAlternatives | None:
    """What is in it that was not read, switched off, muted or taken down since."""
    digest = Digest.objects.select_related("recipient").get(pk=digest_id)
    rows = Notification.objects.for_mail().unread().filter(digest=digest)
    wanted = rows.unmuted().exclude(delivery=Delivery.NEVER).order_by("pk")
    notices = [row for row in wanted if row.still_stands]
    if not notices or not digest.recipient.is_active:
        return None
    with translation.override(settings.LANGUAGE_CODE):
        context = {
            **site(),
            "digest": digest,
            "count": len(notices),
            "entries": [_entry(notice) for notice in notices[:MOST_IN_DIGEST]],
            "more": max(len(notices) - MOST_IN_DIGEST, 0),
            "notices_url": settings.SITE_URL + reverse("comments:notices"),
            **_switch_off(digest.recipient_id, digest.period),
        }
        to = digest.recipient.email
        return letter("digest", context, to=to, about=f"digest-{digest.pk}")


def _entry(notice: Notification) -> dict[str, Any]:
    """A line of a digest says what the subject of the notice's own mail would."""
    about = {
        "notification": notice,
        "decision": notice.decision,
        "message": notice.message,
        "report": notice.report,
        **_about_news(notice.news),
        "article": notice.comment.article,
    }
    return {
        "words": subject(notice.kind, about),
        "url": settings.SITE_URL + notice.leads_to,
        "text": " ".join(about.get("text", "").split()),
    }


def _switch_off(member_id: int, topic: str) -> dict[str, Any]:
    return {
        "topic_words": words_for(topic),
        "unsubscribe_url": unsubscribe_url(member_id, topic),
        "choices_url": settings.SITE_URL + reverse("comments:mail_choices"),
    }


def _context(notification: Notification) -> dict[str, Any]:
    return {
        **site(),
        "notification": notification,
        "report": notification.report,
        "message": notification.message,
        **_about_report(notification.report),
        **_about_decision(notification.decision),
        **_about_news(notification.news),
    }


def _about_news(news: Comment | None) -> dict[str, Any]:
    if news is None:
        return {}
    text = news.accepted_revision
    return {
        "news": news,
        "author": news.author_name,
        "article": news.article,
        "text": plain_text(text.html) if text else "",
        "html": text.html if text else "",
        "comment_url": settings.SITE_URL + news.get_absolute_url(),
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
