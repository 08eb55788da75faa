"""How many notices are unread; a comment in a line."""

from functools import cache

from django import template
from django.template.context import RequestContext

from comments.models import Notification
from ethicsforum.markup import plain_text
from ethicsforum.written import SOMEBODY, Written, about, ask, write

register = template.Library()

MOST_UNREAD = 99


@register.simple_tag(takes_context=True)
def unread_notices(context: RequestContext) -> str:
    """How many, as far as anybody wants to know; empty for none."""
    user = context.get("user")
    if user is None or not user.is_authenticated:
        return ""
    found = len(ask(about(_unread(), {SOMEBODY: user.pk})))
    return f"{MOST_UNREAD}+" if found > MOST_UNREAD else str(found or "")


@cache
def _unread() -> Written:
    of_somebody = Notification.objects.of(SOMEBODY).unread()
    return write(of_somebody.order_by().values_list("pk")[: MOST_UNREAD + 1])


@register.filter
def as_text(html: str) -> str:
    """The words of a comment, in one line."""
    return " ".join(plain_text(html).split())
