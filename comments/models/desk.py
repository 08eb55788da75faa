"""What moderators leave for each other at the desk."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from comments.models.comment import Comment
from comments.models.decision import Decision
from comments.models.queue_item import QueueItem


class Note(models.Model):
    """A moderator's note to colleagues, on a comment or on its author."""

    comment = models.ForeignKey(
        Comment, on_delete=models.CASCADE, null=True, related_name="notes"
    )
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        null=True,
        related_name="notes_about",
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="notes_written",
    )
    text = models.TextField(_("note"), max_length=2000)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("moderators’ note")
        verbose_name_plural = _("moderators’ notes")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(comment__isnull=False, member__isnull=True)
                | Q(comment__isnull=True, member__isnull=False),
                name="note_has_one_subject",
            )
        ]

    def __str__(self) -> str:
        return self.text[:80]


class Presence(models.Model):
    """That a moderator has an item's page open, and when it was last heard of."""

    item = models.ForeignKey(
        QueueItem, on_delete=models.CASCADE, related_name="presences"
    )
    moderator = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    seen_at = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name = _("presence")
        verbose_name_plural = _("presences")
        constraints = [
            models.UniqueConstraint(fields=["item", "moderator"], name="presence_once")
        ]

    def __str__(self) -> str:
        return f"{self.moderator_id} at {self.item_id}"


class SecondOpinion(models.Model):
    """What another moderator says, blind, about a text that was decided already."""

    item = models.OneToOneField(
        QueueItem, on_delete=models.PROTECT, related_name="second_opinion"
    )
    first = models.ForeignKey(
        Decision, on_delete=models.PROTECT, related_name="second_opinions"
    )
    moderator = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    first_approves = models.BooleanField()
    approves = models.BooleanField()
    rule = models.ForeignKey(
        "Rule", on_delete=models.PROTECT, null=True, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("second opinion")
        verbose_name_plural = _("second opinions")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.first_id}: {self.approves}"

    @property
    def agrees(self) -> bool:
        return self.approves == self.first_approves
