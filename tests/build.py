"""Plain builders: each brings one thing about through the real actions."""

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.test import override_settings
from django.utils import timezone

from articles.models import Article
from comments.actions import reporting
from comments.actions.appealing import lodge_appeal
from comments.actions.deciding import Decider, Reason, decide, lock_comment, record
from comments.actions.judging import judge_item
from comments.actions.moderating import remove_comment
from comments.actions.posting import edit_comment, post_comment
from comments.actions.reporting import file_notice, report_comment
from comments.actions.sanctioning import limit, suspend
from comments.actions.verdicts import Verdict
from comments.models import (
    Appeal,
    Comment,
    Decision,
    Notification,
    QueueItem,
    Report,
    Revision,
    Rule,
    Sanction,
)
from comments.notifications import tell
from comments.states import Measure, State
from ethicsforum.accounts.models import User
from tests import cast

SANCTIONED = {
    Measure.WARN: Notification.Kind.WARNED,
    Measure.LIMIT: Notification.Kind.LIMITED,
    Measure.SUSPEND: Notification.Kind.SUSPENDED,
}
FINDING = {
    "screener": "new-member",
    "outcome": "hold",
    "saw": {"accepted": 0, "needed": 2},
    "rule": None,
}


def article(slug: str = "triage", **fields: Any) -> Article:
    found = Article.objects.filter(slug=slug).first()
    if found:
        return found
    fields = {
        "title": "Who decides who waits?",
        "body": "A hospital lets a model order its waiting list.",
        "question": "Would you accept its order?",
        "status": Article.Status.PUBLISHED,
        **fields,
    }
    return Article.objects.create(slug=slug, **fields)


def rule(code: str = "person") -> Rule:
    return Rule.objects.get(code=code)


def reason(code: str = "person", explanation: str = "About the person.") -> Reason:
    return Reason(rule(code), explanation)


def comment(
    author: User | None = None,
    body: str = "A thought worth having.",
    under: Article | None = None,
    parent: Comment | None = None,
) -> Comment:
    """In screening."""
    author = author or cast.ben()
    under = under or (parent.article if parent else article())
    return post_comment(under, author=author, body=body, parent=parent)


def published(**fields: Any) -> Comment:
    made = comment(**fields)
    decide(text_of(made), to=State.PUBLISHED, by=Decider.machine())
    return fresh(made)


def held(**fields: Any) -> QueueItem:
    """Waiting for a moderator."""
    made = comment(**fields)
    found = Reason(findings=[FINDING])
    decide(text_of(made), to=State.HELD, by=Decider.machine(), reason=found)
    return QueueItem.objects.get(comment=made)


def rejected(by: User | None = None, **fields: Any) -> Decision:
    text = held(**fields).revision
    moderator = Decider.moderator(by or cast.mia())
    return decide(text, to=State.REJECTED, by=moderator, reason=reason())


def removed(by: User | None = None, **fields: Any) -> Comment:
    made = published(**fields)
    remove_comment(made, moderator=by or cast.mia(), reason=reason())
    return fresh(made)


def reporter(name: str = "Rosa") -> User:
    """Known long enough, and by a comment, for an ordinary report."""
    user = cast.member(name, date_joined=timezone.now() - timedelta(days=30))
    if not user.comment_set.exists():
        published(author=user, body=f"Known as {name}.", under=article("elsewhere"))
    return user


def reported(
    made: Comment | None = None, by: User | None = None, code: str = "person"
) -> Report:
    made = made or published()
    return report_comment(made, reporter=by or reporter(), rule=rule(code))


def noticed(made: Comment | None = None, email: str = "law@example.org") -> Report:
    made = made or published()
    return file_notice(made, name="Lex", email=email, note="It libels somebody.")


def hidden(by: User | None = None, **fields: Any) -> Comment:
    """Reported by so many that nobody sees it until a moderator has decided."""
    made = published(**fields)
    with override_settings(REPORT_THRESHOLD=1):
        reported(made, by)
    return fresh(made)


def reported_item(made: Comment) -> QueueItem:
    """What waits because of reports, as the database has it."""
    kind = QueueItem.Kind.REPORTED
    return QueueItem.objects.waiting().for_desk().get(comment=made, kind=kind)


def take_down(made: Comment) -> Decision:
    return answer(reported_item(made), approves=False)


def answer(item: QueueItem, approves: bool, by: User | None = None) -> Decision:
    given = Reason(explanation="Blunt, but no breach.") if approves else reason()
    verdict = Verdict(approves, item.version, given)
    return reporting.decide_reported(item, verdict, moderator=by or cast.mia())


def leave_up(made: Comment) -> Decision:
    """What was reported about it is dismissed."""
    return answer(reported_item(made), approves=True)


def edited(made: Comment, body: str = "A better thought.") -> Revision:
    """The new text is accepted by the machine."""
    text = edit_comment(made, body=body)
    decide(text, to=State.PUBLISHED, by=Decider.machine())
    return text


def sanction(
    measure: Measure = Measure.SUSPEND,
    by: User | None = None,
    days: int = 7,
    **fields: Any,
) -> Decision:
    """Of the author of a comment, on the occasion of it."""
    made = published(**fields)
    until = None if measure == Measure.WARN else timezone.now() + timedelta(days=days)
    with transaction.atomic():
        lock_comment(made.pk)
        decision = record(
            text_of(made),
            measure,
            by=Decider.moderator(by or cast.mia()),
            reason=reason(),
            until=until,
        )
    Sanction.objects.create(decision=decision, member=made.author)
    tell(made.author, SANCTIONED[measure], decision=decision)
    return decision


def appeal(decision: Decision | None = None, text: str = "I see it so.") -> Appeal:
    """Of a decision about a comment of Ben's."""
    contested = decision or rejected(author=cast.ben())
    author = contested.comment.author
    return lodge_appeal(contested, appellant=author, text=text)


def appealed(decision: Decision | None = None) -> QueueItem:
    """An appeal that waits for a moderator."""
    return QueueItem.objects.get(appeal=appeal(decision))


def ruled(
    item: QueueItem, by: User, overturn: bool = False, explanation: str = "Heard again."
) -> Decision:
    verdict = Verdict(overturn, item.version, Reason(explanation=explanation))
    decision = judge_item(item, verdict, moderator=by)
    assert isinstance(decision, Decision)
    return decision


def limited(days: int = 7, **fields: Any) -> Sanction:
    text = text_of(published(**fields))
    return limit(text, days=days, moderator=cast.mia(), reason=reason())


def suspended(days: int = 7, **fields: Any) -> Sanction:
    text = text_of(published(**fields))
    return suspend(text, days=days, moderator=cast.mia(), reason=reason())


def text_of(made: Comment) -> Revision:
    """Its newest text, as the database has it."""
    return Revision.objects.filter(comment=made).order_by("-number")[0]


def fresh(made: Comment) -> Comment:
    return Comment.objects.select_related("article", "accepted_revision").get(
        pk=made.pk
    )
