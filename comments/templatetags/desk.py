"""What the desk's templates ask for."""

from collections.abc import Iterable

from django import template

from comments import desk
from comments.models import QueueItem, Rule

register = template.Library()


@register.simple_tag
def desk_cards(items: Iterable[QueueItem]) -> list[desk.Card]:
    return desk.cards(items)


@register.simple_tag
def rules_in_force() -> list[Rule]:
    """A list: every card on the page reads the same one."""
    return list(Rule.objects.in_force())
