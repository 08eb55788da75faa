from typing import Any

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from comments.screening.facts import Thresholds


class ScreeningPolicy(models.Model):
    """The thresholds of the screening; one row, edited in the admin."""

    first_comments_held = models.PositiveSmallIntegerField(
        _("first comments held"),
        default=2,
        help_text=_("A new member’s comments wait until this many were accepted."),
    )
    max_links = models.PositiveSmallIntegerField(
        _("links"), default=2, help_text=_("More links than this: held.")
    )
    flood_comments = models.PositiveSmallIntegerField(
        _("flood: comments"),
        default=5,
        validators=[MinValueValidator(1)],
        help_text=_("This many within the minutes below: the next one is held."),
    )
    flood_minutes = models.PositiveSmallIntegerField(
        _("flood: minutes"), default=5, validators=[MinValueValidator(1)]
    )
    repeat_hours = models.PositiveSmallIntegerField(
        _("repeats: hours"),
        default=72,
        help_text=_("The same text again within this time: held."),
    )
    shouting_percent = models.PositiveSmallIntegerField(
        _("shouting: percent"),
        default=70,
        validators=[MaxValueValidator(100)],
        help_text=_("More capitals than this among the letters: held."),
    )
    classifier_percent = models.PositiveSmallIntegerField(
        _("classifier: percent"),
        default=75,
        validators=[MaxValueValidator(100)],
        help_text=_("A score from here up: held. Used when CLASSIFIER_URL is set."),
    )
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("screening thresholds")
        verbose_name_plural = _("screening thresholds")
        constraints = [
            models.CheckConstraint(condition=Q(pk=1), name="screening_policy_one_row")
        ]

    def __str__(self) -> str:
        return str(_("Screening thresholds"))

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.pk = 1
        super().save(*args, **kwargs)

    @classmethod
    def current(cls) -> "ScreeningPolicy":
        return cls.objects.filter(pk=1).first() or cls()

    def thresholds(self) -> Thresholds:
        return Thresholds(
            version=self.version,
            first_comments_held=self.first_comments_held,
            max_links=self.max_links,
            flood_comments=self.flood_comments,
            flood_minutes=self.flood_minutes,
            repeat_hours=self.repeat_hours,
            shouting_ratio=self.shouting_percent / 100,
            classifier_score=self.classifier_percent / 100,
        )


class ScreeningChange(models.Model):
    """One change of thresholds or watched words. Decisions of the machine name its
    number as their `policy_version`; before the first there is version 1."""

    class What(models.TextChoices):
        THRESHOLDS = "thresholds", _("thresholds")
        WORD = "word", _("watched word")

    number = models.PositiveIntegerField(unique=True)
    what = models.CharField(max_length=10, choices=What.choices)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("changed by"),
    )
    created_at = models.DateTimeField(_("when"), auto_now_add=True)

    class Meta:
        verbose_name = _("change of the screening")
        verbose_name_plural = _("changes of the screening")
        ordering = ["-number"]

    def __str__(self) -> str:
        return f"{self.get_what_display()} {self.number}"
