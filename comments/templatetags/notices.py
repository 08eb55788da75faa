"""How many notices are unread; a comment in a line."""

from django import template
from django.template.context import RequestContext

from comments.models import Notification
from ethicsforum.markup import plain_text

register = template.Library()

MOST_UNREAD = 99


@register.simple_tag(takes_context=True)
def unread_notices(context: RequestContext) -> str:
    """How many, as far as anybody wants to know; empty for none."""
    user = context["request"].user
    if not user.is_authenticated:
        return ""
    found = Notification.objects.of(user).unread()[: MOST_UNREAD + 1].count()
    return f"{MOST_UNREAD}+" if found > MOST_UNREAD else str(found or "")


@register.filter
def as_text(html: str) -> str:
    """The words of a comment, in one line."""
    return " ".join(plain_text(html).split())
