"""Promise 3: one writer of state, and the database behind it."""

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from comments.actions.deciding import (
    Decider,
    Reason,
    ReasonMissing,
    StaleDecision,
    decide,
    decide_item,
)
from comments.actions.moderating import remove_comment, restore_comment
from comments.actions.posting import edit_comment
from comments.actions.screening import screen
from comments.models import (
    Comment,
    Decision,
    DecisionIsFinal,
    Notification,
    QueueItem,
    Revision,
)
from comments.states import DeciderKind, IllegalTransition, State
from ethicsforum.accounts.models import User
from tests import build

pytestmark = pytest.mark.django_db
Kind = Notification.Kind


def test_publishing_makes_the_text_public_and_leaves_a_decision(ben: User) -> None:
    comment = build.comment(author=ben)
    text = build.text_of(comment)
    decision = decide(text, to=State.PUBLISHED, by=Decider.machine())
    comment = build.fresh(comment)
    assert comment.state == State.PUBLISHED
    assert comment.accepted_revision == text
    assert comment.published_at is not None
    assert (decision.number, decision.from_state, decision.to_state) == (
        1,
        "screening",
        "published",
    )
    assert decision.decider_kind == DeciderKind.MACHINE


def test_holding_opens_a_queue_item_that_says_why(ben: User) -> None:
    item = build.held(author=ben)
    assert item.is_open
    assert item.version == 1
    assert item.findings == [build.FINDING]
    assert item.comment.state == State.HELD


def test_a_moderators_decision_closes_the_item(mia: User) -> None:
    item = build.held()
    by = Decider.moderator(mia)
    decision = decide_item(item, version=1, to=State.PUBLISHED, by=by)
    item.refresh_from_db()
    assert item.closing_decision == decision
    assert item.version == 2
    assert decision.decider == mia


def test_a_stale_version_changes_nothing_and_says_who_was_first(
    mia: User, max_: User
) -> None:
    item = build.held()
    first = decide_item(item, version=1, to=State.PUBLISHED, by=Decider.moderator(mia))
    with pytest.raises(StaleDecision) as caught:
        decide_item(
            item,
            version=1,
            to=State.REJECTED,
            by=Decider.moderator(max_),
            reason=build.reason(),
        )
    assert caught.value.decision == first
    assert build.fresh(item.comment).state == State.PUBLISHED
    assert Decision.objects.filter(decider_kind="moderator").count() == 1


def test_an_item_whose_text_the_author_changed_is_stale(ben: User, mia: User) -> None:
    item = build.held(author=ben)
    edit_comment(build.fresh(item.comment), body="Something else.")
    with pytest.raises(StaleDecision):
        by = Decider.moderator(mia)
        decide_item(item, version=1, to=State.PUBLISHED, by=by)
    assert build.fresh(item.comment).state == State.SCREENING


def test_the_same_text_twice_from_the_same_state_is_refused(ben: User) -> None:
    text = build.text_of(build.comment(author=ben))
    again = Revision.objects.get(pk=text.pk)
    decide(text, to=State.PUBLISHED, by=Decider.machine())
    with pytest.raises(StaleDecision):
        decide(again, to=State.HELD, by=Decider.machine())
    assert Decision.objects.count() == 1


@pytest.mark.parametrize(
    "reason", [Reason(), Reason(explanation="no rule"), Reason(None, "  ")]
)
def test_a_refusal_needs_rule_and_explanation(mia: User, reason: Reason) -> None:
    item = build.held()
    by = Decider.moderator(mia)
    with pytest.raises(ReasonMissing):
        decide_item(item, version=1, to=State.REJECTED, by=by, reason=reason)
    item.refresh_from_db()
    assert (item.is_open, item.version) == (True, 1)


def test_a_machine_cannot_remove(ben: User) -> None:
    comment = build.published(author=ben)
    assert comment.accepted_revision is not None
    with pytest.raises(IllegalTransition):
        decide(
            comment.accepted_revision,
            to=State.REMOVED,
            by=Decider.machine(),
            reason=build.reason(),
        )


def test_a_rejected_edit_leaves_the_accepted_text_up(ben: User, mia: User) -> None:
    comment = build.published(author=ben, body="Old.")
    text = edit_comment(comment, body="New.")
    by = Decider.moderator(mia)
    decide(text, to=State.HELD, by=Decider.machine())
    decide(text, to=State.REJECTED, by=by, reason=build.reason())
    comment = build.fresh(comment)
    assert comment.state == State.PUBLISHED
    assert comment.accepted_revision is not None
    assert comment.accepted_revision.source == "Old."


def test_an_accepted_edit_takes_over(ben: User) -> None:
    comment = build.published(author=ben, body="Old.")
    text = edit_comment(comment, body="New.")
    decide(text, to=State.PUBLISHED, by=Decider.machine())
    assert build.fresh(comment).accepted_revision == text


def test_remove_and_restore(ben: User, mia: User) -> None:
    comment = build.published(author=ben)
    remove_comment(comment, moderator=mia, reason=build.reason())
    assert build.fresh(comment).state == State.REMOVED
    with pytest.raises(StaleDecision):
        remove_comment(build.fresh(comment), moderator=mia, reason=build.reason())
    why = Reason(explanation="A second look.")
    restore_comment(build.fresh(comment), moderator=mia, reason=why)
    assert build.fresh(comment).state == State.PUBLISHED


def test_who_is_told_what(ben: User, mia: User) -> None:
    build.published(author=ben)
    assert not Notification.objects.exists()
    item = build.held(author=ben, body="Second.")
    decide_item(item, version=1, to=State.PUBLISHED, by=Decider.moderator(mia))
    build.rejected(author=ben, body="Third.")
    build.removed(author=ben, body="Fourth.")
    kinds = Notification.objects.order_by("pk").values_list("kind", "recipient")
    assert [*kinds] == [
        (Kind.APPROVED, ben.pk),
        (Kind.REJECTED, ben.pk),
        (Kind.REMOVED, ben.pk),
    ]


def test_a_decision_cannot_be_saved_or_deleted_again() -> None:
    decision = build.rejected()
    with pytest.raises(DecisionIsFinal):
        decision.save()
    with pytest.raises(DecisionIsFinal):
        decision.delete()


def test_the_database_refuses_to_change_or_delete_a_decision() -> None:
    build.rejected()
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Decision.objects.update(explanation="something else")
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Decision.objects.all()._raw_delete("default")
    assert Decision.objects.filter(explanation="About the person.").exists()


def test_the_database_refuses_illegal_rows(ben: User) -> None:
    comment = build.comment(author=ben)
    for state in (State.PUBLISHED, State.REMOVED, "nonsense"):
        with pytest.raises(IntegrityError), transaction.atomic():
            Comment.objects.filter(pk=comment.pk).update(state=state)
    with pytest.raises(IntegrityError), transaction.atomic():
        Decision.objects.create(
            comment=comment,
            revision=build.text_of(comment),
            number=1,
            from_state="held",
            to_state="rejected",
            decider_kind="machine",
        )


def test_the_database_allows_one_open_item_per_comment() -> None:
    item = build.held()
    with pytest.raises(IntegrityError), transaction.atomic():
        QueueItem.objects.create(comment=item.comment, revision=item.revision)


def test_a_removal_takes_the_waiting_edit_along(ben: User, mia: User) -> None:
    comment = build.published(author=ben, body="Old.")
    text = edit_comment(comment, body="New.")
    remove_comment(build.fresh(comment), moderator=mia, reason=build.reason())
    text.refresh_from_db()
    assert text.state == State.REJECTED
    assert screen(text.pk) is None
    assert build.fresh(comment).state == State.REMOVED
    kinds = Notification.objects.order_by("pk").values_list("kind", flat=True)
    assert [*kinds] == [Kind.REMOVED, Kind.REJECTED]


def test_a_text_that_was_replaced_is_no_longer_the_comments(
    ben: User, mia: User
) -> None:
    comment = build.published(author=ben, body="Old.")
    old = build.text_of(comment)
    decide(edit_comment(comment, body="New."), to=State.PUBLISHED, by=Decider.machine())
    with pytest.raises(StaleDecision):
        by = Decider.moderator(mia)
        decide(old, to=State.REMOVED, by=by, reason=build.reason())
    assert build.fresh(comment).state == State.PUBLISHED


def test_a_removal_from_a_stale_page_takes_down_what_is_up(
    ben: User, mia: User
) -> None:
    stale = build.published(author=ben, body="Old.")
    text = edit_comment(build.fresh(stale), body="New.")
    decide(text, to=State.PUBLISHED, by=Decider.machine())
    remove_comment(stale, moderator=mia, reason=build.reason())
    assert build.fresh(stale).state == State.REMOVED


def test_the_database_refuses_to_replace_or_truncate_decisions() -> None:
    build.rejected()
    replace = "INSERT OR REPLACE INTO comments_decision SELECT * FROM comments_decision"
    truncate = "TRUNCATE comments_decision CASCADE"
    statement = replace if connection.vendor == "sqlite" else truncate
    connection.check_constraints()  # what is deferred would refuse TRUNCATE first
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        connection.cursor().execute(statement)
