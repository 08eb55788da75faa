"""A forum with something of everything in it, each text of it a hostile one."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.db import connection, models
from django.utils import timezone

from articles.models import Article, Picture, rendered
from comments.actions.indexing import reindex
from comments.actions.noting import note_on_comment, note_on_member
from comments.actions.rulemaking import save_word
from comments.models import BulkRejection, Revision, WatchedWord, guard
from comments.rendering import render_body
from ethicsforum.accounts.models import User
from tests import build, caches, cast, filled, pages
from tests.hostile.fields import label, planted_fields

FOUND = "A thought on the list."
Known = dict[str, int | str]


@dataclass
class Planted:
    known: Known
    people: dict[str, User]
    """By the name they had."""
    marks: dict[str, str] = field(default_factory=dict)
    """What stands in front of every text of a field, by the field."""


def plant(texts: Sequence[str]) -> Planted:
    """Each of the texts in every field, spread over the rows that are there."""
    known = {**filled.fill(), "year": timezone.now().year, **_what_is_missing()}
    done = Planted(known, {user.username: user for user in User.objects.all()})
    with guard.lifted(connection):
        for number, each in enumerate(planted_fields()):
            mark = done.marks[label(each)] = f"m{number}k-"
            _plant_in(each, mark, texts)
    _follow()
    return done


def _what_is_missing() -> Known:
    """What no other test of pages needs."""
    mia, ben = cast.mia(), cast.ben()
    picture = Picture.objects.create(
        alt="A ward.", credit="Somebody", digest="0123456789abcdef", width=8, height=8
    )
    pictured = build.article("pictured", title="With a picture", body=picture.markdown)
    item = build.held(author=ben, body="Two links too many.")
    note_on_comment(item.comment, "Read twice.", moderator=mia)
    note_on_member(ben, "Heard of before.", moderator=mia)
    for phrase in ("lottery", "casino"):
        word = WatchedWord(phrase=phrase, rule=build.rule(), note="In context.")
        save_word(word, editor=mia)
    BulkRejection.objects.create(
        member=ben,
        moderator=mia,
        rule=build.rule(),
        explanation="All of it.",
        since=timezone.now(),
        total=1,
    )
    Group.objects.create(name="Guests")
    _notes_of_the_admin(pictured)
    return {"pictured": pictured.pk, "item": item.pk}


def _notes_of_the_admin(article: Article) -> None:
    for row in (article, build.rule(), cast.ben()):
        LogEntry.objects.create(
            user=cast.root(),
            content_type=ContentType.objects.get_for_model(row),
            object_id=str(row.pk),
            object_repr=str(row),
            action_flag=CHANGE,
            change_message="Changed.",
        )


def _plant_in(field: "models.Field[Any, Any]", mark: str, texts: Sequence[str]) -> None:
    rows = list(_rows(field))
    for number, row in enumerate(rows):
        share = "\n".join(texts[number :: len(rows)] or texts[:1])
        said = _fitting(field, f"{mark}{row.pk} {share}", row)
        field.model._base_manager.filter(pk=row.pk).update(**{field.name: said})


def _rows(field: "models.Field[Any, Any]") -> Any:
    rows: Any = field.model._default_manager
    if field.model is User and field.name == "email":
        rows = rows.exclude(pk__in=[user.pk for user in _need_their_address()])
    elif label(field) == "account.EmailAddress.email":
        rows = rows.exclude(user__in=_need_their_address())
    elif field.model is Group:
        rows = rows.filter(name="Guests")
    return rows.order_by("pk")


def _need_their_address() -> list[User]:
    """Who signs in, or is written to, in the table of pages."""
    by_name = {page.by for page in pages.PAGES} | {"Mia", "Max", "Eda", "Root"}
    return [u for u in User.objects.all() if u.username in by_name]


def _fitting(field: "models.Field[Any, Any]", text: str, row: Any) -> Any:
    if isinstance(field, models.JSONField):
        return _findings(text) if field.name == "findings" else _word(text, row)
    if isinstance(field, models.EmailField):
        quoted = text.replace("\\", "").replace('"', "")
        return f'"{_cut(quoted, 200)}"@example.org'
    # So that the pages of search find it.
    most = field.max_length
    return _cut(text, most) if most else f"{text}\n\n{FOUND}"


def _cut(text: str, most: int) -> str:
    """SQLite takes what is longer than it should be, and more fits into one test."""
    return text if connection.vendor == "sqlite" else text[:most]


def _findings(text: str) -> list[dict[str, Any]]:
    saw = {"hosts": text, "phrases": text, "note": text, "by": text, "why": text}
    names = ("links", "watched-word", "classifier", "classifier-failed", text)
    return [
        {"screener": name, "outcome": "hold", "rule": None, "saw": saw}
        for name in names
    ]


def _word(text: str, change: Any) -> dict[str, Any]:
    return {"id": change.pk, "phrase": text, "rule": "person", "note": text}


def _follow() -> None:
    """What is made of the texts."""
    for text in Revision.objects.all():
        Revision.objects.filter(pk=text.pk).update(html=render_body(text.source))
    for article in Article.objects.all():
        html = rendered(article.body)
        Article.objects.filter(pk=article.pk).update(body_html=html)
    reindex()
    caches.forget()
