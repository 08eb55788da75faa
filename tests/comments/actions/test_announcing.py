"""Announce: who hears of a new comment, as what, and only once."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from articles.models import Article
from comments import dispatch
from comments.actions import announcing
from comments.actions.announcing import announce, resend_lost
from comments.actions.deciding import Decider, decide, decide_item
from comments.actions.moderating import remove_comment, restore_comment
from comments.actions.posting import withdraw_comment
from comments.actions.undoing import undo
from comments.models import Comment, Delivery, Notification, QueueItem
from comments.states import State
from ethicsforum.accounts.models import User
from tests import build, cast, news
from tests.news import Kind

pytestmark = pytest.mark.django_db


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, int]]:
    """What a worker was told to do."""
    nudges: list[tuple[str, int]] = []

    def note(task: str, pk: int, *, after: float = 0) -> bool:
        nudges.append((task, pk))
        return True

    monkeypatch.setattr("ethicsforum.dispatch.send", note)
    return nudges


# --- Who is told what ---------------------------------------------------------


def test_the_author_of_the_parent_hears_of_a_reply(ben: User) -> None:
    reply = news.answered(ben)
    assert news.told() == {"Ben": Kind.REPLY}
    assert reply.announced_at is not None
    notice = Notification.objects.get()
    assert notice.comment == reply
    assert notice.mail_due_at is not None


def test_who_is_named_hears_of_it(ben: User) -> None:
    news.announced(author=cast.cleo(), body="As @Ben said, and @Nobody too.")
    assert news.told() == {"Ben": Kind.MENTION}


def test_who_follows_the_discussion_or_the_person_hears_of_it(ben: User) -> None:
    news.follow(ben, article=build.article())
    news.follow(cast.member("Dora"), person=cast.cleo())
    news.follow(cast.member("Emil"), article=build.article("other"))
    news.announced(author=cast.cleo())
    assert news.told() == {"Ben": Kind.FOLLOWED, "Dora": Kind.FOLLOWED}
    assert set(Notification.objects.values_list("delivery", flat=True)) == {"daily"}
    assert not Notification.objects.filter(mail_due_at__isnull=False).exists()


def test_a_reply_counts_before_a_mention_before_what_is_followed(ben: User) -> None:
    dora = cast.member("Dora")
    for follower in (ben, dora):
        news.follow(follower, article=build.article())
        news.follow(follower, person=cast.cleo())
    news.answered(ben, body="No, @Ben. @Dora is right.")
    assert news.told() == {"Ben": Kind.REPLY, "Dora": Kind.MENTION}
    assert Notification.objects.count() == 2


def test_nobody_hears_of_their_own(ben: User) -> None:
    news.follow(ben, article=build.article())
    news.answered(ben, by=ben, body="I, @Ben, add this.")
    assert news.told() == {}


def test_who_muted_the_discussion_or_the_person_hears_nothing(ben: User) -> None:
    dora, emil = cast.member("Dora"), cast.member("Emil")
    news.mute(ben, article=build.article())
    news.mute(dora, person=cast.cleo())
    news.mute(emil, article=build.article("other"))
    for member in (dora, emil):
        news.follow(member, article=build.article())
    news.answered(ben, body="@Dora!")
    assert news.told() == {"Emil": Kind.FOLLOWED}


def test_of_what_a_member_who_left_wrote_others_mutes_say_nothing(ben: User) -> None:
    news.mute(ben, article=build.article("other"))
    news.follow(ben, article=build.article())
    made = build.published(author=cast.cleo())
    cast.cleo().delete()
    announce(made.pk)
    assert news.told() == {"Ben": Kind.FOLLOWED}


@pytest.mark.parametrize(
    "change",
    [{"is_active": False}, {"unverified": True}],
)
def test_who_cannot_sign_in_hears_nothing(change: dict[str, bool], ben: User) -> None:
    if change.get("unverified"):
        ben.emailaddress_set.update(verified=False)  # type: ignore[attr-defined]  # allauth's
    else:
        User.objects.filter(pk=ben.pk).update(**change)
    news.announced(author=cast.cleo(), body="@Ben, you there?")
    assert news.told() == {}


@pytest.mark.parametrize(
    "change",
    [{"discussion": Article.Discussion.HIDDEN}, {"status": Article.Status.DRAFT}],
)
def test_of_what_nobody_can_read_nobody_hears(
    change: dict[str, str], ben: User
) -> None:
    made = build.published(author=cast.cleo(), body="@Ben")
    Article.objects.update(**change)
    announce(made.pk)
    assert news.told() == {}
    assert build.fresh(made).announced_at is not None


def test_a_text_calls_ten_people_at_most(ben: User) -> None:
    names = [f"Guest{number}" for number in range(12)]
    for name in names:
        cast.member(name)
    news.announced(author=ben, body=" ".join(f"@{name}," for name in names))
    assert set(news.told()) == set(names[:10])


# --- Once ---------------------------------------------------------------------


def test_announced_twice_tells_once(ben: User) -> None:
    reply = news.answered(ben)
    assert announce(reply.pk) == 0
    assert Notification.objects.count() == 1


def test_removed_and_restored_is_told_once(ben: User, mia: User) -> None:
    reply = news.answered(ben)
    remove_comment(reply, moderator=mia, reason=build.reason())
    announce(reply.pk)
    restore_comment(build.fresh(reply), moderator=mia, reason=build.reason())
    announce(reply.pk)
    assert Notification.objects.filter(news=reply).count() == 1


def test_removed_before_anybody_was_told_is_told_when_it_is_back(
    ben: User, mia: User
) -> None:
    parent = build.published(author=ben)
    reply = build.published(author=cast.cleo(), parent=parent)
    remove_comment(reply, moderator=mia, reason=build.reason())
    assert announce(reply.pk) == 0
    assert news.told() == {}
    restore_comment(build.fresh(reply), moderator=mia, reason=build.reason())
    announce(reply.pk)
    assert news.told() == {"Ben": Kind.REPLY}


def test_an_edit_that_names_somebody_tells_nobody(ben: User) -> None:
    made = news.announced(author=cast.cleo())
    build.edited(made, "Now with @Ben.")
    announce(made.pk)
    assert news.told() == {}


@pytest.mark.parametrize("state", ["screening", "held", "withdrawn"])
def test_what_is_not_public_is_not_announced(state: str, ben: User) -> None:
    parent = build.published(author=ben)
    fields: dict[str, Any] = {"author": cast.cleo(), "parent": parent}
    held = state == "held"
    made = build.held(**fields).comment if held else build.comment(**fields)
    if state == "withdrawn":
        decide(build.text_of(made), to=State.PUBLISHED, by=Decider.machine())
        withdraw_comment(build.fresh(made))
    assert announce(made.pk) == 0
    assert build.fresh(made).announced_at is None


# --- Many ---------------------------------------------------------------------


def test_many_followers_are_told_in_batches(
    ben: User,
    monkeypatch: pytest.MonkeyPatch,
    sent: list[tuple[str, int]],
    django_capture_on_commit_callbacks: Any,
) -> None:
    monkeypatch.setattr(announcing, "BATCH", 3)
    for number in range(7):
        news.follow(cast.member(f"Reader{number}"), article=build.article())
    reply = build.published(author=cast.cleo(), parent=build.published(author=ben))
    told = []
    with django_capture_on_commit_callbacks(execute=True):
        while build.fresh(reply).announced_at is None:
            told.append(announce(reply.pk))
    assert told == [3, 3, 2]
    assert sent.count((dispatch.ANNOUNCE, reply.pk)) == 2
    assert len(news.told()) == 8
    assert announce(reply.pk) == 0


def test_the_cost_does_not_grow_with_the_followers(
    ben: User, django_assert_num_queries: Any
) -> None:
    parent = build.published(author=ben)
    first = build.published(author=cast.cleo(), parent=parent, body="One. @Ben")
    with django_assert_num_queries(12):
        announce(first.pk)
    for number in range(20):
        news.follow(cast.member(f"Reader{number}"), article=build.article())
    second = build.published(author=cast.cleo(), parent=parent, body="Two. @Ben")
    with django_assert_num_queries(14):
        announce(second.pk)
    assert Notification.objects.filter(news=second).count() == 21


def test_only_a_few_mails_are_sent_to_workers_at_once(
    ben: User, sent: list[tuple[str, int]], django_capture_on_commit_callbacks: Any
) -> None:
    for number in range(25):
        follower = cast.member(f"Reader{number}")
        news.follow(follower, article=build.article())
        news.choose(follower, followed=Delivery.AT_ONCE)
    made = build.published(author=ben)
    with django_capture_on_commit_callbacks(execute=True):
        announce(made.pk)
    assert len(sent) == 20
    assert Notification.objects.filter(news=made).mail_due().count() == 25


# --- When ---------------------------------------------------------------------


def test_the_worker_hears_of_it_when_it_comes_out(
    ben: User, sent: list[tuple[str, int]], django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        made = build.published(author=ben)
    assert (dispatch.ANNOUNCE, made.pk) in sent


def test_what_a_moderator_undoes_was_told_to_nobody(
    ben: User, mia: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    waits: list[float] = []

    def enqueue(task: str, pk: int, *, after: float = 0) -> None:
        if task == dispatch.ANNOUNCE:
            waits.append(after)

    parent = build.published(author=ben)
    item = build.held(author=cast.cleo(), parent=parent)
    monkeypatch.setattr(dispatch, "enqueue", enqueue)
    by = Decider.moderator(mia)
    accepted = decide_item(item, version=1, to=State.PUBLISHED, by=by)
    assert waits == [15]
    undo(accepted, moderator=mia)
    assert announce(item.comment_id) == 0
    assert not Notification.objects.filter(news__isnull=False).exists()
    again = QueueItem.objects.waiting().get(comment=item.comment_id)
    decide_item(again, version=again.version, to=State.PUBLISHED, by=by)
    announce(item.comment_id)
    assert news.told() == {"Ben": Kind.REPLY}


def test_the_sweep_finds_what_no_worker_announced(
    ben: User, sent: list[tuple[str, int]]
) -> None:
    made = build.published(author=ben)
    assert resend_lost() == 0
    long_ago = timezone.now() - announcing.LATE - timedelta(seconds=1)
    Comment.objects.filter(pk=made.pk).update(published_at=long_ago)
    assert resend_lost() == 1
    assert sent == [(dispatch.ANNOUNCE, made.pk)]
    announce(made.pk)
    assert resend_lost() == 0
