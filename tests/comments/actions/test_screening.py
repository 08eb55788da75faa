"""From an accepted text to a verdict that is acted on, once."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from comments.actions import screening
from comments.actions.screening import MOST_TRIES, resend_overdue, screen
from comments.models import (
    Comment,
    Decision,
    QueueItem,
    Revision,
    Rule,
    ScreeningPolicy,
    WatchedWord,
)
from comments.screening.facts import ClassifierAnswer
from comments.states import DeciderKind, State
from ethicsforum.accounts.models import User
from tests import build

pytestmark = pytest.mark.django_db
SPAM = "Buy my wonderful pills today, cheap."


def screened(**fields: Any) -> Decision | None:
    return screen(build.text_of(build.comment(**fields)).pk)


def why(decision: Decision | None) -> list[str]:
    assert decision is not None
    return [finding["screener"] for finding in decision.findings]


def test_a_known_member_is_published(ann: User) -> None:
    decision = screened(author=ann)
    assert decision is not None
    assert decision.to_state == State.PUBLISHED
    assert decision.findings == []


def test_a_new_member_is_held(ben: User) -> None:
    decision = screened(author=ben)
    assert decision is not None
    assert decision.to_state == State.HELD
    assert why(decision) == ["new-member"]
    assert QueueItem.objects.get().findings == decision.findings


def test_what_was_accepted_later_counts_too(ben: User) -> None:
    first = build.comment(author=ben, body="Waited for its screening.")
    build.published(author=ben, body="Second.")
    build.published(author=ben, body="Third.")
    decision = screen(build.text_of(first).pk)
    assert decision is not None
    assert decision.to_state == State.PUBLISHED


def test_the_article_can_ask_for_more_or_less(ben: User) -> None:
    trusting = build.article("trusting", first_comments_held=0)
    decision = screened(author=ben, under=trusting)
    assert decision is not None
    assert decision.to_state == State.PUBLISHED


def test_the_thresholds_are_the_admins_data(ann: User) -> None:
    policy = ScreeningPolicy.current()
    policy.max_links = 0
    policy.save()
    assert why(screened(author=ann, body="See https://example.org")) == ["links"]


def test_watched_words_are_the_admins_data(ann: User) -> None:
    WatchedWord.objects.create(phrase="pills", rule=build.rule("advertising"))
    decision = screened(author=ann, body="About pills and ethics.")
    assert why(decision) == ["watched-word"]
    assert decision is not None
    assert decision.findings[0]["rule"] == "advertising"


def test_the_same_text_again_is_held(ann: User) -> None:
    build.published(author=ann, body="Said before.")
    other = build.article("other")
    assert why(screened(author=ann, body="said  BEFORE.", under=other)) == ["repeat"]


def test_a_flood_is_held(ann: User) -> None:
    for number in range(5):
        build.published(author=ann, body=f"Quick thought {number}.")
    assert why(screened(author=ann, body="And another.")) == ["flood"]


def test_the_machine_rejects_what_a_moderator_rejected_word_for_word(
    ann: User, ben: User, mia: User
) -> None:
    item = build.held(author=ben, body=SPAM)
    from comments.actions.deciding import Decider, decide_item

    spam = build.reason("advertising", "An advertisement.")
    by = Decider.moderator(mia)
    decide_item(item, version=1, to=State.REJECTED, by=by, reason=spam)
    decision = screened(author=ann, body=SPAM.upper())
    assert decision is not None
    assert decision.to_state == State.REJECTED
    assert decision.decider_kind == DeciderKind.MACHINE
    assert decision.rule is not None
    assert decision.rule.code == "advertising"
    assert decision.explanation == decision.rule.template


def test_a_rule_that_is_a_matter_of_context_only_holds(ann: User, ben: User) -> None:
    build.rejected(author=ben, body=SPAM)
    decision = screened(author=ann, body=SPAM)
    assert decision is not None
    assert decision.to_state == State.HELD


def test_a_screener_that_crashes_holds(
    ann: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*args: Any) -> None:
        raise RuntimeError

    monkeypatch.setattr(screening, "gather", broken)
    decision = screened(author=ann)
    assert decision is not None
    assert decision.to_state == State.HELD
    assert why(decision) == ["failed"]


def test_a_classifier_that_is_away_holds(ann: User, settings: Any) -> None:
    settings.CLASSIFIER_URL = "http://127.0.0.1:9"
    assert why(screened(author=ann)) == ["classifier-failed"]


def test_a_classifier_can_hold(ann: User, monkeypatch: pytest.MonkeyPatch) -> None:
    answer = ClassifierAnswer(0.9, model="m1")
    monkeypatch.setattr(screening, "_classify", lambda text: answer)
    assert why(screened(author=ann)) == ["classifier"]


def test_the_second_delivery_does_nothing(ann: User) -> None:
    text = build.text_of(build.comment(author=ann))
    assert screen(text.pk) is not None
    assert screen(text.pk) is None
    assert Decision.objects.filter(revision=text).count() == 1


def test_a_missing_row_is_no_error() -> None:
    assert screen(10**9) is None


def test_a_text_that_takes_its_worker_down_goes_to_a_human(ann: User) -> None:
    text = build.text_of(build.comment(author=ann))
    Revision.objects.filter(pk=text.pk).update(screening_tries=MOST_TRIES)
    decision = screen(text.pk)
    assert why(decision) == ["too-many-tries"]


def test_screening_costs_a_fixed_number_of_queries(
    ann: User, django_assert_max_num_queries: Any
) -> None:
    text = build.text_of(build.comment(author=ann))
    with django_assert_max_num_queries(18):
        screen(text.pk)


def test_the_sweep_sends_what_is_overdue_and_marks_it(
    ben: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent: list[int] = []

    def send(task: str, pk: int, *, after: float = 0) -> bool:
        sent.append(pk)
        return True

    monkeypatch.setattr("ethicsforum.dispatch.send", send)
    late = build.text_of(build.comment(author=ben, body="Late."))
    build.comment(author=ben, body="Just now.")
    long_ago = timezone.now() - timedelta(minutes=5)
    Revision.objects.filter(pk=late.pk).update(queued_at=long_ago)
    assert resend_overdue() == 1
    assert sent == [late.pk]
    assert resend_overdue() == 0


def test_the_sweep_finds_what_a_clock_that_was_ahead_has_dated(
    ben: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its time would not come before tomorrow."""
    sent: list[int] = []

    def send(task: str, pk: int, *, after: float = 0) -> bool:
        sent.append(pk)
        return True

    monkeypatch.setattr("ethicsforum.dispatch.send", send)
    ahead = build.text_of(build.comment(author=ben, body="Said tomorrow."))
    tomorrow = timezone.now() + timedelta(days=1)
    Revision.objects.filter(pk=ahead.pk).update(queued_at=tomorrow)
    assert resend_overdue() == 1
    assert sent == [ahead.pk]
    assert resend_overdue() == 0


def test_a_retired_rule_rejects_nothing(ann: User, ben: User, mia: User) -> None:
    from comments.actions.deciding import Decider, decide_item

    item = build.held(author=ben, body=SPAM)
    spam = build.reason("advertising", "An advertisement.")
    by = Decider.moderator(mia)
    decide_item(item, version=1, to=State.REJECTED, by=by, reason=spam)
    Rule.objects.filter(code="advertising").update(retired_at=timezone.now())
    decision = screened(author=ann, body=SPAM)
    assert decision is not None
    assert decision.to_state == State.PUBLISHED


def test_edits_of_old_comments_count_as_new_texts(ann: User) -> None:
    from comments.actions.posting import edit_comment

    long_ago = timezone.now() - timedelta(days=30)
    olds = [build.published(author=ann, body=f"Old {n}.") for n in range(2)]
    Comment.objects.update(created_at=long_ago)
    Revision.objects.update(created_at=long_ago)
    first = edit_comment(build.fresh(olds[0]), body=SPAM)
    screen(first.pk)
    second = edit_comment(build.fresh(olds[1]), body=SPAM)
    assert why(screen(second.pk)) == ["repeat"]


def test_who_left_has_no_record(ann: User, ben: User) -> None:
    text = build.text_of(build.comment(author=ben))
    Comment.objects.update(author=None)
    assert why(screen(text.pk)) == ["new-member"]
