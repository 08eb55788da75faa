"""What moderators write for each other: notes, and a call for help."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from comments.models import Comment, Note, QueueItem
from comments.priority import Severity


def note_on_comment(comment: Comment, text: str, *, moderator: Any) -> Note:
    """The same words sent twice are one note."""
    return _note_once(moderator, text, comment=comment)


def note_on_member(member: Any, text: str, *, moderator: Any) -> Note:
    return _note_once(moderator, text, member=member)


def _note_once(moderator: Any, text: str, **subject: Any) -> Note:
    words = {**subject, "author": moderator, "text": text}
    return Note.objects.filter(**words).first() or Note.objects.create(**words)


@transaction.atomic
def escalate(item: QueueItem, text: str, *, moderator: Any) -> bool:
    """To the front of the line, awake, with a note that says why; False when closed.

    A second call adds its note and leaves the first one's name and time.
    """
    still = QueueItem.objects.waiting().filter(pk=item.pk)
    if not still.exists():
        return False
    now = timezone.now()
    still.filter(escalated_at__isnull=True).update(
        escalated_by=moderator,
        escalated_at=now,
        severity=Severity.URGENT,
        due_at=now,
        snoozed_until=None,
    )
    note_on_comment(item.comment, text, moderator=moderator)
    return True
