"""What the walk finds: one of everything, and whatever can be owned is the member's."""

import io

from django.contrib.admin import site
from django.contrib.contenttypes.models import ContentType
from django.utils import timezone
from PIL import Image

from articles.actions import keep_picture
from articles.models import Article, Picture, Topic
from articles.pictures import prepare
from comments.actions.bulk_rejecting import newest_text, start
from comments.mailing.tokens import token_for
from comments.models import Comment, Decision, Notification, QueueItem, WatchedWord
from comments.states import State
from ethicsforum.accounts.models import User
from ethicsforum.accounts.privacy.actions.exporting import ask_export, make_export
from ethicsforum.accounts.privacy.actions.leaving import ask_deletion
from ethicsforum.accounts.privacy.tokens import token_for as token_to_stay
from tests import build, cast, news
from tests.passkeys import passkey_of

Known = dict[str, int | str]
PEOPLE = {
    "member": cast.ben,
    "other": cast.cleo,
    "moderator": cast.mia,
    "editor": cast.eda,
    "admin": cast.root,
}
"""Whose eyes the walk has, beside those of nobody."""


def build_scene() -> Known:
    """Answers with what stands in braces in the table's addresses and forms."""
    for make in PEOPLE.values():
        make()
    ben = cast.ben()
    return {
        **_articles(),
        **_comments(ben),
        **_desk(ben),
        **_decisions(ben),
        **_sanctions(),
        "member": ben.pk,
        "other": cast.cleo().pk,
        "passkey": passkey_of(ben)[1].pk,
        "notice": _notice(ben),
        "lurker": cast.member("Lurker").pk,
        "unsubscribe": token_for(ben.pk, "replies"),
        **_own_data(ben),
        "year": timezone.now().year,
        **_newest_rows(),
    }


def _own_data(ben: User) -> Known:
    """A file that can be fetched, and the link for somebody who wants to leave."""
    export = ask_export(ben)
    make_export(export.pk)
    leaving = ask_deletion(cast.member("Vera"), comments="keep")
    return {"export": export.pk, "keep": token_to_stay(leaving.pk)}


def _newest_rows() -> Known:
    """One of each kind that the admin has pages about."""
    models = [model for model in site._registry if model._default_manager.exists()]
    return {m._meta.label_lower: m._default_manager.latest("pk").pk for m in models}


def _articles() -> Known:
    topic = Topic.objects.create(name="Care", slug="care")
    article = build.article()
    article.topics.add(topic)
    build.article("draft", status=Article.Status.DRAFT)
    return {"picture": _picture(), "article": article.pk, "draft": "draft"}


def _picture() -> str:
    made = io.BytesIO()
    Image.new("RGB", (640, 320), "#15545d").save(made, "PNG")
    picture = Picture(alt="A waiting room")
    keep_picture(picture, prepare(made.getvalue()))
    return picture.url(picture.width).rsplit("/", 1)[1]


def _comments(ben: User) -> Known:
    mine = build.published(author=ben, body="What do you think?")
    build.edited(mine)
    removed = build.removed(by=cast.max_(), author=ben, body="Removed words.")
    return {
        "mine": mine.pk,
        "mine_text": build.text_of(mine).pk,
        "comment_type": ContentType.objects.get_for_model(Comment).pk,
        "screening": build.comment(author=ben, body="In screening.").pk,
        "rejected": build.rejected(author=ben, body="Rejected words.").comment_id,
        "removed": removed.pk,
        "removed_text": build.text_of(removed).pk,
        "hidden": build.hidden(author=ben, body="Hidden words.").pk,
        "silent": _silent(ben).pk,
        "quiet": "quiet",
    }


def _silent(ben: User) -> Comment:
    """Published once, under an article that no longer shows its discussion."""
    article = build.article("quiet")
    made = build.published(author=ben, body="Quiet words.", under=article)
    article.discussion = Article.Discussion.HIDDEN
    article.save()
    return made


def _decisions(ben: User) -> Known:
    """By a colleague of the moderator's, who can therefore hear the appeals."""
    acceptance = Decision.objects.filter(comment__author=ben, to_state=State.PUBLISHED)
    removal = Decision.objects.get(comment__author=ben, to_state=State.REMOVED)
    refusal = build.rejected(by=cast.max_(), author=ben, body="Refused words.")
    contested = build.rejected(by=cast.max_(), author=ben, body="Contested words.")
    appealed = build.appealed(contested)
    return {
        "acceptance": acceptance.earliest("pk").pk,
        "removal": removal.pk,
        "refusal": refusal.pk,
        "contested": contested.pk,
        "appeal": appealed.appeal_id or 0,
        "appeal_item": appealed.pk,
    }


def _desk(ben: User) -> Known:
    item = build.held(author=ben, body="Words that wait.")
    decision = build.rejected(author=ben, body="Decided by the moderator.")
    own = build.appealed(build.rejected(author=ben, body="Contested, too."))
    WatchedWord.objects.create(phrase="gizmo")
    return {
        "item": item.pk,
        "held": item.comment_id,
        "decided_item": QueueItem.objects.get(comment=decision.comment_id).pk,
        "decided": decision.pk,
        "own_appeal": own.appeal_id or 0,
        "own_appeal_item": own.pk,
    }


def _sanctions() -> Known:
    sanction = build.limited(author=cast.member("Limited"))
    member = cast.member("Spammer")
    build.published(author=member, body="Buy this.")
    since = member.date_joined
    newest = newest_text(member, since)
    by, reason = cast.max_(), build.reason()
    job = start(member, since=since, newest=newest, moderator=by, reason=reason)
    return {
        "sanction": sanction.pk,
        "limited": sanction.decision.comment.author_id or 0,
        "limited_comment": sanction.decision.comment_id,
        "job": job.pk,
    }


def _notice(ben: User) -> int:
    news.answered(ben, by=cast.cleo())
    return Notification.objects.filter(recipient=ben).latest("pk").pk
