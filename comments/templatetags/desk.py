"""What the desk's templates ask for."""

from collections.abc import Iterable

from django import template
from django.db.models import QuerySet

from comments import desk
from comments.models import QueueItem, Rule

register = template.Library()


@register.simple_tag
def desk_cards(items: Iterable[QueueItem]) -> list[desk.Card]:
    return desk.cards(items)


@register.simple_tag
def rules_in_force() -> QuerySet[Rule]:
    return Rule.objects.in_force()
