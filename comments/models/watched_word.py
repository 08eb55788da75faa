from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from comments.models.rule import Rule

FEWEST_LETTERS = 2


def validate_phrase(phrase: str) -> None:
    if sum(char.isalnum() for char in phrase) < FEWEST_LETTERS or "*" in phrase[:-1]:
        raise ValidationError(
            _("At least two letters or digits; a * may only stand at the end.")
        )


class WatchedWord(models.Model):
    """A word or phrase that sends a comment to a moderator; it never rejects."""

    phrase = models.CharField(
        _("word or phrase"),
        max_length=80,
        unique=True,
        validators=[validate_phrase],
        help_text=_("Whole words; a * at the end matches every ending."),
    )
    rule = models.ForeignKey(
        Rule,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        verbose_name=_("house rule to look at"),
    )
    note = models.CharField(_("note to moderators"), max_length=200, blank=True)
    created_at = models.DateTimeField(_("added"), auto_now_add=True)

    class Meta:
        verbose_name = _("watched word")
        verbose_name_plural = _("watched words")
        ordering = ["phrase"]

    def __str__(self) -> str:
        return self.phrase
