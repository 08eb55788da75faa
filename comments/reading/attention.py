"""What one member follows and mutes, of what is on a page."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from articles.models import Article
from comments.models import Follow, Mute


@dataclass(frozen=True)
class Attention:
    """How a member stands to an article or a person."""

    thing: Any
    follows: bool
    mutes: bool

    @property
    def is_about_article(self) -> bool:
        return isinstance(self.thing, Article)

    @property
    def follow_url(self) -> str:
        return self._address("follow")

    @property
    def mute_url(self) -> str:
        return self._address("mute")

    def _address(self, deed: str) -> str:
        if isinstance(self.thing, Article):
            return reverse(f"comments:{deed}_article", args=[self.thing.slug])
        return reverse(f"comments:{deed}_member", args=[self.thing.pk])


def attention_of(member: Any, thing: Any) -> Attention:
    here = {"article" if isinstance(thing, Article) else "person": thing}
    return Attention(
        thing,
        follows=Follow.objects.of(member).filter(**here).exists(),
        mutes=Mute.objects.of(member).filter(**here).exists(),
    )


def chosen_by(member: Any) -> list[Attention]:
    """All that the member follows or mutes; two queries."""
    found = [
        Attention(row.article or row.person, chosen is Follow, chosen is Mute)
        for chosen in (Follow, Mute)
        for row in chosen.objects.of(member).select_related("article", "person")
    ]
    return sorted(found, key=lambda one: (not one.is_about_article, str(one.thing)))


def muted_among(member: Any, authors: Iterable[int | None]) -> set[int]:
    """Whose comments the member finds folded; one query, none for visitors."""
    if not member.is_authenticated:
        return set()
    others = set(authors) - {None, member.pk}
    muted = Mute.objects.of(member).filter(person__in=others)
    return set(muted.values_list("person", flat=True))
