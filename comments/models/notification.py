from datetime import timedelta
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from comments.models.appeal import AppealMessage
from comments.models.attention import Mute
from comments.models.comment import Comment
from comments.models.decision import Decision
from comments.models.digest import Digest
from comments.models.mail_choice import Delivery
from comments.models.report import Report
from ethicsforum.outbox import OutboxQuerySet

NOTICES_KEPT_FOR = timedelta(days=365)


class NotificationQuerySet(OutboxQuerySet["Notification"]):
    def of(self, user: Any) -> Self:
        return self.filter(recipient=user)

    def unread(self) -> Self:
        return self.filter(read_at__isnull=True)

    def for_mail(self) -> Self:
        """All that a mail says, in one query."""
        return self.select_related(
            "recipient",
            "decision__rule",
            "decision__about",
            "decision__comment__article",
            "decision__revision",
            "report__rule",
            "report__comment__article",
            "message__appeal__decision__comment__article",
            "news__article",
            "news__author",
            "news__accepted_revision",
        )

    def unmuted(self) -> Self:
        """Without news of whom or what the recipient has muted by now."""
        discussion = Q(article=OuterRef("news__article"))
        about = discussion | Q(person=OuterRef("news__author"))
        muted = Mute.objects.filter(about, member=OuterRef("recipient"))
        return self.exclude(Exists(muted))

    def undigested(self, period: str) -> Self:
        """What the member wants to hear of in the next digest, and has not read."""
        waiting = self.unread().filter(delivery=period, mail_due_at__isnull=True)
        return waiting.filter(digest__isnull=True)


class Notification(models.Model):
    """Word to a person about a decision, a report or an appeal: a row on the site, a
    mail from the worker. A notice of illegal content may come from somebody without
    an account; then there is a report and no recipient."""

    class Kind(models.TextChoices):
        APPROVED = "approved", _("approved")
        REJECTED = "rejected", _("rejected")
        REMOVED = "removed", _("removed")
        RESTORED = "restored", _("restored")
        HIDDEN = "hidden", _("hidden until a moderator has read it")
        KEPT = "kept", _("left up")
        WARNED = "warned", _("warning")
        LIMITED = "limited", _("limit")
        SUSPENDED = "suspended", _("suspension")
        LIFTED = "lifted", _("lifted")
        APPEAL_RECEIVED = "appeal-received", _("appeal received")
        APPEAL_QUESTION = "appeal-question", _("a question about the appeal")
        APPEAL_UPHELD = "appeal-upheld", _("the decision stands")
        APPEAL_OVERTURNED = "appeal-overturned", _("the decision was overturned")
        REPORT_RECEIVED = "report-received", _("report received")
        REPORT_ACTED = "report-acted", _("the reported comment was removed")
        REPORT_KEPT = "report-kept", _("the reported comment was left up")
        REPLY = "reply", _("reply")
        MENTION = "mention", _("mention")
        FOLLOWED = "followed", _("new in what you follow")

    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True
    )
    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, null=True)
    report = models.ForeignKey(Report, on_delete=models.CASCADE, null=True)
    message = models.ForeignKey(AppealMessage, on_delete=models.CASCADE, null=True)
    news = models.ForeignKey(Comment, on_delete=models.CASCADE, null=True)
    """What somebody wrote, where that is the news."""
    kind = models.CharField(max_length=20, choices=Kind.choices)
    created_at = models.DateTimeField(auto_now_add=True)
    read_at = models.DateTimeField(null=True)
    delivery = models.CharField(
        max_length=8, choices=Delivery.choices, default=Delivery.AT_ONCE
    )
    digest = models.ForeignKey(Digest, on_delete=models.SET_NULL, null=True)
    mail_due_at = models.DateTimeField(default=timezone.now, null=True)
    """None: it comes in a digest, or not by mail."""
    mail_tries = models.PositiveSmallIntegerField(default=0)
    mailed_at = models.DateTimeField(null=True)

    objects = NotificationQuerySet.as_manager()

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        indexes = [
            models.Index(fields=["recipient", "-id"], name="notification_of_member"),
            models.Index(
                fields=["id"],
                condition=Q(mailed_at__isnull=True, mail_due_at__isnull=False),
                name="notification_unmailed",
            ),
            models.Index(
                fields=["recipient"],
                condition=Q(digest__isnull=True, mail_due_at__isnull=True),
                name="notification_undigested",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["recipient", "decision"],
                condition=Q(report__isnull=True, message__isnull=True),
                name="notification_once",
            ),
            models.UniqueConstraint(
                fields=["report", "kind"],
                condition=Q(report__isnull=False),
                name="notification_once_per_report",
            ),
            models.UniqueConstraint(
                fields=["recipient", "news"],
                condition=Q(news__isnull=False),
                name="notification_once_per_comment",
            ),
            models.CheckConstraint(
                condition=Q(recipient__isnull=False) | Q(report__isnull=False),
                name="notification_has_recipient",
            ),
            models.CheckConstraint(
                condition=Q(decision__isnull=False)
                | Q(report__isnull=False)
                | Q(message__isnull=False)
                | Q(news__isnull=False),
                name="notification_has_subject",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} ({self.decision_id})"

    @property
    def words_template(self) -> str:
        """Each kind has its sentence in a file of its own."""
        return f"comments/notice/{self.kind}.html"

    @property
    def comment(self) -> Comment:
        if self.news is not None:
            return self.news
        if self.report is not None:
            return self.report.comment
        if self.message is not None:
            return self.message.appeal.decision.comment
        assert self.decision is not None  # noqa: S101  # the database holds it
        return self.decision.comment

    @property
    def still_stands(self) -> bool:
        """False when what somebody wrote can't be read by all any more. A decision
        stays told in any case."""
        return self.news is None or self.news.is_open

    @property
    def leads_to(self) -> str:
        """The page that it is about."""
        if self.is_to_author and self.decision is not None:
            return self.decision.get_absolute_url()
        if self.message is not None:
            return self.message.appeal.get_absolute_url()
        return self.comment.get_absolute_url()

    @property
    def is_to_author(self) -> bool:
        """About a decision on the recipient's own comment or account."""
        return self.decision is not None and self.report is None

    @property
    def address(self) -> str:
        """Where its mail goes; empty when there is no address any more."""
        if self.recipient is not None:
            return self.recipient.email
        return self.report.email if self.report is not None else ""
