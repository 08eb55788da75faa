"""What the desk's templates ask for."""

from collections.abc import Iterable

from django import template
from django.template import RequestContext

from comments import desk
from comments.models import QueueItem, Rule

register = template.Library()


@register.simple_tag(takes_context=True)
def desk_cards(context: RequestContext, items: Iterable[QueueItem]) -> list[desk.Card]:
    return desk.cards(items, viewer=context.request.user)


@register.simple_tag(takes_context=True)
def dossier(context: RequestContext, card: desk.Card) -> desk.Dossier:
    return desk.dossier(card, viewer=context.request.user)


@register.simple_tag
def rules_in_force() -> list[Rule]:
    """A list: every card on the page reads the same one."""
    return list(Rule.objects.in_force())


@register.filter
def weight(hundredths: int) -> str:
    """A report's weight as moderators read it: 1.25."""
    return f"{hundredths / 100:.2f}"
