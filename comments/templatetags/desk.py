"""What the desk's templates ask for."""

from collections.abc import Iterable
from copy import copy
from dataclasses import replace
from typing import Any

from django import template
from django.template import RequestContext
from django.utils.safestring import SafeString, mark_safe

from comments import desk
from comments.models import QueueItem, Rule

register = template.Library()


@register.simple_tag(takes_context=True)
def desk_cards(context: RequestContext, items: Iterable[QueueItem]) -> list[desk.Card]:
    return desk.cards(items, viewer=context.request.user)


@register.simple_tag(takes_context=True)
def dossier(context: RequestContext, card: desk.Card) -> desk.Dossier:
    return desk.dossier(card, viewer=context.request.user)


HANDS = "admin/comments/queueitem/_hands.html"
STAND_IN = 10**17 - 1
"""An id that no item has, for the place of each one's own."""


@register.simple_tag
def no_hands_yet() -> dict[tuple[Any, ...], str]:
    """Where a list keeps what it has rendered of them."""
    return {}


@register.simple_tag(takes_context=True)
def card_hands(context: RequestContext, card: desk.Card) -> SafeString:
    """The buttons and panels of a card. Those of two cards mostly differ by the id
    alone, and to render them takes half of a list's time: there it is done once."""
    known = context.get("hands_made")
    if known is None or card.hands is None:
        return _hands(context, card)
    if card.hands not in known:
        known[card.hands] = _hands(context, _stand_in(card))
    html: str = known[card.hands].replace(str(STAND_IN), str(card.item.pk))
    return mark_safe(html)  # noqa: S308  # a rendered template, with a number in it


def _hands(context: RequestContext, card: desk.Card) -> SafeString:
    template = context.template.engine.get_template(HANDS)  # type: ignore[union-attr]  # bound while it renders
    with context.push(card=card):
        html: SafeString = template.render(context)
    return html


def _stand_in(card: desk.Card) -> desk.Card:
    item = copy(card.item)
    item.pk = STAND_IN
    return replace(card, item=item)


@register.simple_tag
def rules_in_force() -> list[Rule]:
    """A list: every card on the page reads the same one."""
    return list(Rule.objects.in_force())


@register.filter
def weight(hundredths: int) -> str:
    """A report's weight as moderators read it: 1.25."""
    return f"{hundredths / 100:.2f}"
