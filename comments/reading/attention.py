"""What one member follows and mutes, of what is on a page."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.db.models import Value
from django.urls import reverse

from articles.models import Article
from comments.models import Follow, Mute
from ethicsforum.written import SOME_ARTICLE, SOMEBODY, Written, about, ask, write


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
    kind = "article" if isinstance(thing, Article) else "person"
    given = {SOMEBODY: member.pk, SOME_ARTICLE: thing.pk}
    found = {name for (name,) in ask(about(_chosen(kind), given))}
    return Attention(thing, follows="follow" in found, mutes="mute" in found)


@cache
def _chosen(kind: str) -> Written:
    """One query for both."""
    follows, mutes = (
        chosen.objects.of(SOMEBODY)
        .filter(**{kind: SOME_ARTICLE})
        .order_by()
        .values_list(Value(name))
        for chosen, name in ((Follow, "follow"), (Mute, "mute"))
    )
    return write(follows.union(mutes))


def chosen_by(member: Any) -> list[Attention]:
    """All that the member follows or mutes; two queries."""
    found = [
        Attention(row.article or row.person, chosen is Follow, chosen is Mute)
        for chosen in (Follow, Mute)
        for row in chosen.objects.of(member).select_related("article", "person")
    ]
    return sorted(found, key=lambda one: (not one.is_about_article, str(one.thing)))


def muted_among(member: Any, authors: Iterable[int | None]) -> set[int | None]:
    """Whose comments the member finds folded; one query, none for visitors."""
    others = set(authors) - {None, member.pk}
    if not others or not member.is_authenticated:
        return set()
    muted = {pk for (pk,) in ask(about(_muted(), {SOMEBODY: member.pk}))}
    return muted & others


@cache
def _muted() -> Written:
    people = Mute.objects.of(SOMEBODY).filter(person__isnull=False)
    return write(people.order_by().values_list("person"))
