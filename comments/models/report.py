from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from comments.models.comment import Comment
from comments.models.decision import Decision
from comments.models.revision import Revision
from comments.models.rule import Rule


class ReportQuerySet(models.QuerySet["Report"]):
    def open(self) -> Self:
        return self.filter(outcome="")

    def by(self, member: Any) -> Self:
        return self.filter(reporter=member)


class Report(models.Model):
    """Word about a published text: a member's under a house rule, or anybody's notice
    of illegal content (Article 16 of the EU's Digital Services Act)."""

    class Source(models.TextChoices):
        MEMBER = "member", _("a member’s report")
        NOTICE = "notice", _("a notice of illegal content")

    class Outcome(models.TextChoices):
        ACTED = "acted", _("the comment was removed")
        KEPT = "kept", _("the comment was left up")
        WITHDRAWN = "withdrawn", _("the author withdrew the comment")

    source = models.CharField(max_length=10, choices=Source.choices)
    comment = models.ForeignKey(
        Comment, on_delete=models.PROTECT, related_name="reports"
    )
    revision = models.ForeignKey(
        Revision, on_delete=models.PROTECT, related_name="reports"
    )
    reporter = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="reports",
    )
    name = models.CharField(_("name"), max_length=120, blank=True)
    email = models.EmailField(_("e-mail address"), blank=True)
    rule = models.ForeignKey(
        Rule, on_delete=models.PROTECT, null=True, verbose_name=_("house rule")
    )
    note = models.TextField(_("what is wrong"), blank=True)
    address = models.CharField(_("where"), max_length=500, blank=True)
    weight = models.PositiveSmallIntegerField(
        default=0, help_text=_("In hundredths, by the reporter’s record.")
    )
    outcome = models.CharField(
        _("outcome"), max_length=10, choices=Outcome.choices, blank=True, default=""
    )
    decision = models.ForeignKey(
        Decision, on_delete=models.PROTECT, null=True, related_name="reports"
    )
    created_at = models.DateTimeField(_("reported"), auto_now_add=True)
    decided_at = models.DateTimeField(null=True)

    objects = ReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("report")
        verbose_name_plural = _("reports")
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["comment", "outcome"], name="report_of_comment"),
            models.Index(fields=["reporter", "-id"], name="report_of_member"),
            models.Index(
                fields=["created_at"],
                condition=Q(source="notice"),
                name="report_notices_lately",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["comment", "reporter"],
                condition=Q(reporter__isnull=False),
                name="report_once",
            ),
            models.CheckConstraint(
                condition=Q(source="notice") | Q(rule__isnull=False),
                name="report_names_rule",
            ),
            models.CheckConstraint(
                condition=Q(outcome="", decided_at__isnull=True)
                | (~Q(outcome="") & Q(decided_at__isnull=False)),
                name="report_outcome_has_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_source_display()} {self.pk}"
