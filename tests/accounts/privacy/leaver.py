"""Somebody with something of everything, and a name that nobody else has; and a look
through the whole database for it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from allauth.account.models import EmailAddress
from django.contrib.admin.models import CHANGE
from django.contrib.admin.models import LogEntry as AdminLog
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.backends.cached_db import KEY_PREFIX
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.utils import timezone

from comments.actions.sealing import seal, verify
from comments.audit import audit
from comments.models import (
    Comment,
    Decision,
    LogEntry,
    Note,
    Presence,
    QueueItem,
    Revision,
    Visit,
)
from ethicsforum.accounts.models import User
from ethicsforum.accounts.privacy.actions.leaving import ask_deletion, carry_out
from ethicsforum.accounts.privacy.models import Deletion
from ethicsforum.accounts.privacy.personal import sessions_of
from ethicsforum.accounts.privacy.registry import holdings
from ethicsforum.cache import quick as cache
from tests import build, cast, filled

NAME = "Zora Quillfeather"
ADDRESS = "zora.quill@mailbox.example"
IP = "203.0.113.77"
BROWSER = "Zorabrowser/7"
TRACES = (NAME, "quillfeather", ADDRESS, IP, BROWSER)


def member() -> User:
    """Ben, who has done everything by now, under another name and signed in."""
    filled.fill()
    ben = cast.ben()
    Note.objects.create(member=ben, author=cast.mia(), text=f"{NAME} is blunt.")
    build.noticed(email=ADDRESS)
    Visit.objects.get_or_create(member=ben, article=build.article())
    return _renamed(ben)


def moderator() -> User:
    """Mia, who has decided everything, under another name and signed in."""
    filled.fill()
    mia = cast.mia()
    item = QueueItem.objects.waiting().filter(kind="held").first()
    assert item is not None
    Presence.objects.create(item=item, moderator=mia, seen_at=timezone.now())
    soon = timezone.now() + timedelta(minutes=5)
    QueueItem.objects.filter(pk=item.pk).update(claimed_by=mia, claimed_until=soon)
    Note.objects.create(comment=item.comment, author=mia, text="Look twice.")
    return _renamed(mia)


def _renamed(user: User) -> User:
    EmailAddress.objects.filter(user=user).update(email=ADDRESS)
    user.email, user.username = ADDRESS, NAME
    user.save()
    AdminLog.objects.create(
        user=cast.root(),
        content_type=ContentType.objects.get_for_model(User),
        object_id=str(user.pk),
        object_repr=NAME,
        action_flag=CHANGE,
        change_message=f"Changed the address to {ADDRESS}.",
    )
    client = Client(REMOTE_ADDR=IP, HTTP_USER_AGENT=BROWSER)
    client.post("/accounts/login/", {"login": ADDRESS, "password": cast.PASSWORD})
    assert "_auth_user_id" in client.session
    return user


def leave(user: User, comments: Deletion.Comments = Deletion.Comments.KEEP) -> None:
    """To the end, however many tasks it takes."""
    deletion = ask_deletion(user, comments=comments, after=timedelta())
    for _task in range(50):
        if carry_out(deletion.pk):
            return
    raise AssertionError("it never ends")


@dataclass
class Aftermath:
    """What there was before somebody left, and what after: filling a forum takes long,
    so all tests look at the same."""

    pk: int
    traces: tuple[list[str], list[str]]
    holdings: tuple[set[str], set[str]]
    audit: tuple[set[str], set[str]]
    decisions: tuple[list[Any], list[Any]]
    log: tuple[list[Any], list[Any]]
    public: tuple[set[int], set[int]]
    """Comments that everybody can read, of anybody."""
    own: set[int]
    words: set[int]
    """Own comments of which there is still text."""
    broken: Any
    cached_sessions: tuple[int, int]
    left: Mapping[str, Any] | None
    pages: dict[str, str]


def aftermath(user: User, choice: Deletion.Comments) -> Aftermath:
    own = set(Comment.objects.filter(author=user).values_list("pk", flat=True))
    keys = [
        f"{KEY_PREFIX}{key}" for key in sessions_of(user).values_list("pk", flat=True)
    ]
    decision = Decision.objects.filter(decider=user, to_state="removed").first()
    seal()
    before = _state(user, keys)
    leave(user, choice)
    seal()
    after = _state(user, keys)
    texts = Revision.objects.filter(comment__in=own).exclude(source="", html="")
    pages = [f"/members/{user.pk}/"]
    pages += [f"/moderation/log/{decision.pk}/"] if decision else []
    return Aftermath(
        pk=user.pk,
        **{name: (said, after[name]) for name, said in before.items()},
        own=own,
        words=set(texts.values_list("comment", flat=True)),
        broken=verify(),
        left=User.objects.filter(pk=user.pk).values().first(),
        pages={page: Client().get(page).content.decode() for page in pages},
    )


def _state(user: User, keys: list[str]) -> dict[str, Any]:
    return {
        "traces": traces(),
        "holdings": {each.key for each in holdings() if each.rows(user).exists()},
        "audit": set(audit()),
        "decisions": list(Decision.objects.order_by("pk").values()),
        "log": list(LogEntry.objects.order_by("pk").values()),
        "public": set(Comment.objects.public().values_list("pk", flat=True)),
        "cached_sessions": sum(key in cache for key in keys),
    }


def traces() -> list[str]:
    """Each place in the database that still says who it was."""
    return [
        f"{place}: {trace}"
        for place, said in _everything()
        for trace in TRACES
        if trace.lower() in said.lower()
    ]


def _everything() -> Iterator[tuple[str, str]]:
    """All columns of all tables as text, whatever made the table; sessions decoded."""
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        for table in tables:
            name = connection.ops.quote_name(table)
            cursor.execute(f"SELECT * FROM {name}")  # noqa: S608  # the database's own names
            names = [column[0] for column in cursor.description]
            for row in cursor.fetchall():
                for name, value in zip(names, row, strict=True):
                    yield f"{table}.{name}", _text(value)
    for session in Session.objects.all():
        yield "a session", str(session.get_decoded())


def _text(value: object) -> str:
    return value.decode("latin-1") if isinstance(value, bytes) else str(value)
