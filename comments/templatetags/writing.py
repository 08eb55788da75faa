"""What the form for comments needs, and the mark of an edit."""

from collections.abc import Iterable

from django import template

from comments.models import Comment, Rule
from comments.writing.edits import is_late

register = template.Library()


@register.simple_tag
def house_rules() -> Iterable[Rule]:
    return Rule.objects.in_force().only("code", "title")


@register.filter
def is_edited(comment: Comment) -> bool:
    """Whether its text has a history that people should know of."""
    text, published_at = comment.accepted_revision, comment.published_at
    if text is None or published_at is None or text.number == 1:
        return False
    return is_late(text.created_at, published_at)
