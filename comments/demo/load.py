"""Puts the demo content into an empty database, through everybody's actions."""

import tomllib
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group
from django.db import transaction
from django.utils import timezone

from articles.actions import import_draft
from articles.importing import read_draft
from articles.models import Article
from comments.actions.announcing import announce
from comments.actions.appealing import lodge_appeal
from comments.actions.deciding import Decider, Reason, decide
from comments.actions.indexing import follow_articles, follow_comments
from comments.actions.moderating import remove_comment
from comments.actions.noting import note_on_member
from comments.actions.posting import post_comment, withdraw_comment
from comments.actions.reporting import report_comment
from comments.actions.rulemaking import save_word
from comments.actions.sanctioning import warn
from comments.actions.voting import vote
from comments.models import Comment, Notification, Rule, Vote, WatchedWord
from comments.priority import due_at
from comments.rendering import check_body
from comments.setup import MODERATORS
from comments.states import State
from ethicsforum.accounts.models import User

HERE = Path(__file__).parent

ACCOUNTS = ("reader", "newcomer", "moderator", "second", "admin")
PUBLIC_NAMES = {"moderator": "Maren", "second": "Sekou", "admin": "Ada"}
STAFF = {"moderator", "second", "admin"}

SAW: dict[str, dict[str, Any]] = {
    "new-member": {"accepted": 0, "needed": 2},
    "links": {"count": 4, "limit": 2, "hosts": "example.org"},
    "watched-word": {"phrases": "scam", "note": "often, but not always, spam"},
    "repeat": {"count": 1, "hours": 72},
    "flood": {"count": 6, "minutes": 5},
    "shouting": {"percent": 92},
}


@dataclass
class Loader:
    password: str
    people: dict[str, User] = field(default_factory=dict)
    posted: dict[str, Comment] = field(default_factory=dict)

    @transaction.atomic
    def load(self) -> None:
        hashed = make_password(self.password)
        for key in ACCOUNTS:
            self.people[key] = _account(key, hashed)
        for path in sorted((HERE / "articles").glob("*.md")):
            import_draft(read_draft(path.read_bytes(), path.name), publish=True)
        rule = Rule.objects.get(code="advertising")
        note = SAW["watched-word"]["note"]
        word = WatchedWord(phrase="scam", rule=rule, note=note)
        save_word(word, editor=self.people["admin"])
        plan = tomllib.loads((HERE / "discussions.toml").read_text())
        for entry in plan["article"]:
            article = Article.objects.filter(slug=entry["slug"])
            article.update(publish_at=_ago(entry["hours_ago"]))
        follow_articles(list(Article.objects.values_list("pk", flat=True)))
        for entry in plan["comment"]:
            self._comment(entry)
        follow_comments(list(Comment.objects.values_list("pk", flat=True)))
        self._aftermath(plan)
        for pk in Comment.objects.published().values_list("pk", flat=True):
            announce(pk)
        # The demo sends no mail: its people don't exist.
        Notification.objects.update(mailed_at=timezone.now())

    def _comment(self, entry: dict[str, Any]) -> None:
        comment = post_comment(
            Article.objects.get(slug=entry["article"]),
            author=self._person(entry["author"]),
            body=check_body(entry["body"]),
            parent=self.posted.get(entry.get("reply_to", "")),
        )
        self.posted[entry["key"]] = comment
        self._bring_to(State(entry["state"]), comment, entry)
        written = _ago(entry["hours_ago"])
        rows = Comment.objects.filter(pk=comment.pk)
        rows.update(created_at=written)
        rows.filter(published_at__isnull=False).update(published_at=written)
        for item in comment.queue_items.waiting():
            due = due_at(written, item.severity)
            comment.queue_items.filter(pk=item.pk).update(opened_at=written, due_at=due)
        comment.refresh_from_db()

    def _aftermath(self, plan: dict[str, Any]) -> None:
        """What waits in the other queues of the desk, and what came before."""
        for entry in plan["report"]:
            comment, by = self._named(entry)
            rule = Rule.objects.get(code=entry["rule"])
            report_comment(comment, reporter=by, rule=rule, note=entry["note"])
        for entry in plan["warning"]:
            comment, by = self._named(entry)
            warn(comment.revisions.get(), moderator=by, reason=_reason(entry))
        for entry in plan["note"]:
            comment, by = self._named(entry)
            note_on_member(comment.author, entry["text"], moderator=by)
        for entry in plan["appeal"]:
            comment = self.posted[entry["comment"]]
            refusal = comment.decisions.refusals().get()
            lodge_appeal(refusal, appellant=comment.author, text=entry["text"])
        for entry in plan["vote"]:
            self._votes(entry)

    def _votes(self, entry: dict[str, Any]) -> None:
        comment = self.posted[entry["comment"]]
        for axis in Vote.Axis:
            for choice in (Vote.Choice.UP, Vote.Choice.DOWN):
                for key in entry.get(f"{axis}_{choice.label}", []):
                    vote(comment, member=self._person(key), axis=axis, choice=choice)

    def _named(self, entry: dict[str, Any]) -> tuple[Comment, User]:
        return self.posted[entry["comment"]], self._person(entry["by"])

    def _bring_to(self, state: State, comment: Comment, entry: dict[str, Any]) -> None:
        text = comment.revisions.get()
        if state in (State.HELD, State.REJECTED):
            findings = [_finding(entry.get("why", "new-member"))]
            by = Decider.machine()
            decide(text, to=State.HELD, by=by, reason=Reason(findings=findings))
        if state == State.REJECTED:
            by = Decider.moderator(self.people["moderator"])
            decide(text, to=State.REJECTED, by=by, reason=_reason(entry))
        if state in (State.PUBLISHED, State.REMOVED, State.WITHDRAWN):
            decide(text, to=State.PUBLISHED, by=Decider.machine())
        comment.refresh_from_db()
        if state == State.REMOVED:
            second = self.people["second"]
            remove_comment(comment, moderator=second, reason=_reason(entry))
        if state == State.WITHDRAWN:
            withdraw_comment(comment)

    def _person(self, key: str) -> User:
        if key not in self.people:
            self.people[key] = _account(key, make_password(None))
        return self.people[key]


def _account(key: str, hashed: str) -> User:
    slug = key.lower().replace(" ", "-")
    name = PUBLIC_NAMES.get(key, key[0].upper() + key[1:])
    user = User(
        email=f"{slug}@example.org",
        username=name,
        is_staff=key in STAFF,
        is_superuser=key == "admin",
        date_joined=timezone.now() - timedelta(days=7 if key == "newcomer" else 200),
    )
    user.password = hashed
    user.save()
    EmailAddress.objects.create(
        user=user, email=user.email, verified=True, primary=True
    )
    if key in {"moderator", "second"}:
        user.groups.add(Group.objects.get(name=MODERATORS))
    return user


def _ago(hours: float) -> datetime:
    return timezone.now() - timedelta(hours=hours)


def _finding(why: str) -> dict[str, Any]:
    return {"screener": why, "outcome": "hold", "saw": SAW[why], "rule": None}


def _reason(entry: dict[str, Any]) -> Reason:
    rule = Rule.objects.get(code=entry["rule"])
    return Reason(rule, entry["explanation"])
