from datetime import datetime, timedelta
from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from comments.models.comment import Comment
from comments.states import REFUSED, WAITING, State

OVERDUE = timedelta(seconds=30)
"""How long a text may stay in screening before it is sent to a worker again."""
AHEAD = timedelta(minutes=5)
"""Further in the future only a wrong clock has put a time."""


class RevisionQuerySet(models.QuerySet["Revision"]):
    def waiting(self) -> Self:
        return self.filter(state__in=WAITING)

    def drafts(self) -> Self:
        """Waiting and never public; a text hidden after reports is none."""
        return self.waiting().filter(accepted_at__isnull=True)

    def overdue(self, now: datetime | None = None) -> Self:
        now = now or timezone.now()
        late = Q(queued_at__lt=now - OVERDUE) | Q(queued_at__gt=now + AHEAD)
        return self.filter(late, state=State.SCREENING).order_by("queued_at")

    def refused(self) -> Self:
        return self.filter(state__in=REFUSED)

    def unaccepted_of(self, author: Any, comments: list[int]) -> Self:
        """The author's own newer texts that others can't see."""
        hidden = [State.SCREENING, State.HELD, State.REJECTED]
        mine = self.filter(comment__in=comments, comment__author=author)
        return mine.filter(state__in=hidden).order_by("number")


class Revision(models.Model):
    """One text of a comment. Decisions are about a revision, never about a comment."""

    comment = models.ForeignKey(
        Comment, on_delete=models.PROTECT, related_name="revisions"
    )
    number = models.PositiveIntegerField()
    state = models.CharField(
        _("state"), max_length=10, choices=State.choices, default=State.SCREENING
    )
    source = models.TextField(_("text"))
    html = models.TextField()
    render_version = models.CharField(max_length=40)
    text_key = models.CharField(max_length=64)
    created_at = models.DateTimeField(_("written"), auto_now_add=True)
    queued_at = models.DateTimeField(default=timezone.now)
    screening_tries = models.PositiveSmallIntegerField(default=0)
    accepted_at = models.DateTimeField(_("first accepted"), null=True)

    objects = RevisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("revision")
        verbose_name_plural = _("revisions")
        ordering = ["comment", "number"]
        indexes = [
            models.Index(
                fields=["queued_at"],
                condition=Q(state="screening"),
                name="revision_in_screening",
            ),
            models.Index(fields=["text_key"], name="revision_same_text"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["comment", "number"], name="revision_number_once"
            ),
            models.UniqueConstraint(
                fields=["comment"],
                condition=Q(state__in=["screening", "held"], accepted_at__isnull=True),
                name="revision_one_waiting",
            ),
            models.CheckConstraint(
                condition=Q(state__in=State.values), name="revision_state_known"
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.comment_id}/{self.number}"

    @property
    def is_erased(self) -> bool:
        """Its author has left; nobody writes an empty text."""
        return not self.source
