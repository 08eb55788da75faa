from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from comments.dsa.words import CATEGORIES, KEYWORDS


class RuleQuerySet(models.QuerySet["Rule"]):
    def in_force(self) -> Self:
        return self.filter(retired_at__isnull=True)

    def with_date(self) -> Self:
        """`since`: from when on it has read as it does."""
        current = RuleVersion.objects.filter(
            rule=models.OuterRef("pk"), number=models.OuterRef("version")
        )
        return self.annotate(since=models.Subquery(current.values("created_at")))


class Rule(models.Model):
    """A house rule. Decisions name it by its code."""

    code = models.SlugField(_("code"), max_length=30, unique=True)
    title = models.CharField(_("title"), max_length=120)
    text = models.TextField(_("text"), help_text=_("Plain text, shown to everybody."))
    template = models.TextField(
        _("explanation template"),
        help_text=_("What a moderator starts from when they explain a decision."),
    )
    repeat_is_certain = models.BooleanField(
        _("the machine may reject an exact repeat"),
        default=False,
        help_text=_(
            "A text that a moderator rejected under this rule is rejected again by "
            "the machine when it comes back word for word."
        ),
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    retired_at = models.DateTimeField(_("retired"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)
    dsa_category = models.CharField(
        _("category in the EU’s transparency database"),
        max_length=80,
        choices=[(category, category) for category in CATEGORIES],
        default="STATEMENT_CATEGORY_OTHER_VIOLATION_TC",
    )
    dsa_keyword = models.CharField(
        _("keyword there"),
        max_length=80,
        choices=[(keyword, keyword) for keyword in KEYWORDS],
        blank=True,
    )

    since: datetime
    """Of rows that `with_date` has fetched."""

    objects = RuleQuerySet.as_manager()

    class Meta:
        verbose_name = _("house rule")
        verbose_name_plural = _("house rules")
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return f"{reverse('comments:rules')}#rule-{self.code}"


class RuleVersion(models.Model):
    """A house rule as it read between two changes. Decisions name its number."""

    rule = models.ForeignKey(Rule, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    title = models.CharField(_("title"), max_length=120)
    text = models.TextField(_("text"))
    template = models.TextField(_("explanation template"))
    repeat_is_certain = models.BooleanField(_("the machine may reject an exact repeat"))
    in_force = models.BooleanField(_("in force"), default=True)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("changed by"),
    )
    created_at = models.DateTimeField(_("since"), auto_now_add=True)

    class Meta:
        verbose_name = _("version of a rule")
        verbose_name_plural = _("versions of rules")
        ordering = ["rule", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["rule", "number"], name="ruleversion_number_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.number})"
