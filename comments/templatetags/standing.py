"""`{% standing as words %}`: what a limited or suspended member should know."""

from django import template
from django.template.context import RequestContext
from django.utils.safestring import SafeString

from comments import policies

register = template.Library()


@register.simple_tag(takes_context=True)
def standing(context: RequestContext) -> list[SafeString]:
    running = policies.standing(context["request"].user)
    return [policies.words_to_member(sanction) for sanction in running]
