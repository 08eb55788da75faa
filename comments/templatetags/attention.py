"""`{% attention thing %}`: the buttons to follow and mute an article or a person."""

from typing import Any

from django import template
from django.template.context import RequestContext

from comments.reading.attention import attention_of

register = template.Library()


@register.inclusion_tag("comments/_attention.html", takes_context=True)
def attention(context: RequestContext, thing: Any) -> dict[str, Any]:
    """Nothing to visitors: they have the feed."""
    user = context["user"]
    return {
        "attention": attention_of(user, thing) if user.is_authenticated else None,
        "csrf_token": context.get("csrf_token"),
    }
