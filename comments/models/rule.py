from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class RuleQuerySet(models.QuerySet["Rule"]):
    def in_force(self) -> "RuleQuerySet":
        return self.filter(retired_at__isnull=True)


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

    objects = RuleQuerySet.as_manager()

    class Meta:
        verbose_name = _("house rule")
        verbose_name_plural = _("house rules")
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return f"{reverse('comments:rules')}#rule-{self.code}"
