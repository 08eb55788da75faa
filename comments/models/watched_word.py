from django.db import models
from django.utils.translation import gettext_lazy as _

from comments.models.rule import Rule


class WatchedWord(models.Model):
    """A word or phrase that sends a comment to a moderator; it never rejects."""

    phrase = models.CharField(
        _("word or phrase"),
        max_length=80,
        unique=True,
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
