"""check_forum: silent on sound data, and names each breach that was made by hand."""

from collections.abc import Callable
from datetime import timedelta
from io import StringIO

import pytest
import time_machine
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from comments.actions.sanctioning import lift
from comments.audit import audit
from comments.models import (
    Appeal,
    Comment,
    Decision,
    Delivery,
    Digest,
    Notification,
    QueueItem,
    Report,
    Revision,
    Sanction,
    guard,
)
from comments.states import State
from ethicsforum.outbox import MAIL_TRIES
from tests import build, cast

pytestmark = pytest.mark.django_db


def every_state() -> None:
    build.comment(body="In screening.")
    build.held(body="Held.")
    parent = build.published(body="Published.")
    build.published(body="A reply.", parent=parent)
    build.rejected(body="Rejected.")
    build.removed(body="Removed.")
    build.hidden(body="Hidden.")
    build.noticed(build.published(body="Noticed."))
    build.reported(build.published(body="Reported."), code="harm")
    build.appeal(build.rejected(body="Contested."))
    build.suspended(author=cast.cleo())
    limit = build.limited(author=cast.cleo(), body="And limited.")
    lift(limit, moderator=cast.max_(), explanation="No longer needed.")


def public_without_decision() -> str:
    text = build.text_of(build.comment())
    Revision.objects.filter(pk=text.pk).update(state=State.PUBLISHED)
    Comment.objects.filter(pk=text.comment_id).update(
        state=State.PUBLISHED, accepted_revision=text, published_at=timezone.now()
    )
    return "public without an accepting decision"


def state_without_decision() -> str:
    text = build.text_of(build.comment())
    Revision.objects.filter(pk=text.pk).update(state=State.REJECTED)
    Comment.objects.filter(pk=text.comment_id).update(state=State.REJECTED)
    return "is rejected, decided was screening"


def comment_away_from_its_text() -> str:
    comment = build.published()
    Comment.objects.filter(pk=comment.pk).update(state=State.WITHDRAWN)
    return "is withdrawn, its text published"


def unclean_html() -> str:
    text = build.text_of(build.published())
    dirty = "<p onclick=alert(1)>x</p><script>1</script>"
    Revision.objects.filter(pk=text.pk).update(html=dirty)
    return "stored HTML is not clean"


def held_but_not_queued() -> str:
    item = build.held()
    QueueItem.objects.filter(pk=item.pk).delete()
    return "held, but no moderator will find it"


def refusal_untold() -> str:
    build.rejected()
    Notification.objects.all().delete()
    return "its author was not told"


def measure_for_nobody() -> str:
    build.limited()
    Sanction.objects.all().delete()
    return "decided about a member, but for nobody"


def suspended_twice() -> str:
    first = build.suspended(author=cast.ben())
    with time_machine.travel(timezone.now() + timedelta(days=8)):
        build.suspended(author=cast.ben(), body="Later.", days=30)
    with guard.lifted(connection):
        until = timezone.now() + timedelta(days=20)
        Decision.objects.filter(pk=first.decision_id).update(until=until)
    return "2 times suspend at once"


def lifted_in_secret() -> str:
    sanction = build.limited()
    decision = lift(sanction, moderator=cast.max_(), explanation="An error.")
    Notification.objects.filter(decision=decision).delete()
    return "taken back, and the member was not told"


def measure_in_secret() -> str:
    sanction = build.suspended()
    Notification.objects.filter(decision=sanction.decision).delete()
    return "its author was not told"


def stuck_in_screening() -> str:
    text = build.text_of(build.comment())
    long_ago = timezone.now() - timedelta(hours=1)
    Revision.objects.filter(pk=text.pk).update(created_at=long_ago)
    return "in screening for more than ten minutes"


def reported_but_not_queued() -> str:
    comment = build.reported().comment
    QueueItem.objects.filter(comment=comment).delete()
    return "open, but no moderator will find it"


def report_answered_by_nobody() -> str:
    report = build.reported()
    build.leave_up(report.comment)
    Report.objects.update(decision=None)
    return "answered without a decision"


def hidden_but_not_queued() -> str:
    comment = build.hidden()
    QueueItem.objects.filter(comment=comment).delete()
    return "hidden, but no moderator will find why"


def guard_gone() -> str:
    guard._run(connection, guard.SQLITE_LIFT, guard.POSTGRES_LIFT)
    return "no longer refuses"


def reply_moved() -> str:
    parent = build.published()
    other = build.article("other")
    build.published(parent=parent, body="Moved.")
    Comment.objects.exclude(parent=None).update(article=other)
    return "answers a comment under another article"


def path_wrong() -> str:
    comment = build.published()
    Comment.objects.filter(pk=comment.pk).update(path="00000000ff")
    return "stands at another place"


def appeal_not_queued() -> str:
    build.appealed().delete()
    return "open, but no moderator will find it"


def appeal_ruled_and_queued() -> str:
    item = build.appealed()
    build.ruled(item, by=cast.max_())
    QueueItem.objects.filter(pk=item.pk).update(closed_at=None, closing_decision=None)
    return "open, but its appeal is ruled on"


def appeal_ruled_by_who_decided() -> str:
    appeal = build.appeal()
    own = Appeal.objects.filter(pk=appeal.pk)
    own.update(ruling=appeal.decision, outcome="upheld")
    return "ruled on by the person who had decided"


def ruling_about_something_else() -> str:
    appeal = build.appeal()
    other = build.rejected(body="Another.", by=cast.max_())
    Appeal.objects.filter(pk=appeal.pk).update(ruling=other, outcome="upheld")
    return "its ruling is about another decision"


def published_and_silent() -> str:
    made = build.published()
    long_ago = timezone.now() - timedelta(hours=2)
    Comment.objects.filter(pk=made.pk).update(published_at=long_ago)
    return f"comment {made.pk}: published for an hour, and nobody was told"


def digest_left_lying() -> str:
    digest = Digest.objects.create(
        recipient=cast.cleo(), period=Delivery.DAILY, day=timezone.now()
    )
    long_ago = timezone.now() - timedelta(hours=2)
    Digest.objects.filter(pk=digest.pk).update(created_at=long_ago)
    return "no worker has tried to mail it"


def digest_never_made() -> str:
    build.rejected()
    long_ago = timezone.now() - timedelta(days=3)
    Notification.objects.update(
        delivery=Delivery.DAILY, mail_due_at=None, created_at=long_ago
    )
    return "its daily digest was never made"


def mail_given_up() -> str:
    build.rejected()
    Notification.objects.update(mail_tries=MAIL_TRIES)
    return "its mail was given up"


VIOLATIONS: list[Callable[[], str]] = [
    public_without_decision,
    state_without_decision,
    comment_away_from_its_text,
    unclean_html,
    held_but_not_queued,
    refusal_untold,
    reported_but_not_queued,
    report_answered_by_nobody,
    hidden_but_not_queued,
    measure_for_nobody,
    suspended_twice,
    lifted_in_secret,
    measure_in_secret,
    stuck_in_screening,
    guard_gone,
    reply_moved,
    path_wrong,
    appeal_not_queued,
    appeal_ruled_and_queued,
    appeal_ruled_by_who_decided,
    ruling_about_something_else,
    published_and_silent,
    digest_left_lying,
    digest_never_made,
    mail_given_up,
]


def test_sound_data_in_every_state_passes() -> None:
    every_state()
    assert list(audit()) == []
    out = StringIO()
    call_command("check_forum", stdout=out)
    assert "All promises hold" in out.getvalue()


@pytest.mark.parametrize("violate", VIOLATIONS)
def test_a_violation_is_named(violate: Callable[[], str]) -> None:
    every_state()
    expected = violate()
    out, err = StringIO(), StringIO()
    with pytest.raises(SystemExit) as caught:
        call_command("check_forum", stdout=out, stderr=err)
    assert caught.value.code == 1
    assert expected in out.getvalue()
