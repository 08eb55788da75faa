"""What a word, a threshold or a rule would have done with the last 30 days."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from comments import dry_run
from comments.actions.deciding import Decider, Reason, decide
from comments.actions.moderating import remove_comment
from comments.actions.rulemaking import save_word
from comments.actions.screening import screen
from comments.dry_run import past
from comments.dry_run.trial import Trial
from comments.models import Decision, ScreeningPolicy, WatchedWord
from comments.states import State
from ethicsforum.accounts.models import User
from tests import build, cast

pytestmark = pytest.mark.django_db
SPAM = "Buy my wonderful pills today, cheap."


def screened(author: User, body: str) -> Decision:
    under = build.article("open", first_comments_held=0)
    made = build.comment(author=author, body=body, under=under)
    decision = screen(build.text_of(made).pk)
    assert decision is not None
    return decision


def approve(decision: Decision, by: User) -> None:
    decision.revision.refresh_from_db()
    decide(decision.revision, to=State.PUBLISHED, by=Decider.moderator(by))


def counts(trial: Trial) -> tuple[int, int, int, int, int]:
    held = len(trial.held)
    return (
        held,
        trial.approved,
        trial.held_today,
        trial.newly_held,
        trial.no_longer_held,
    )


def test_a_new_word(ben: User, mia: User) -> None:
    save_word(WatchedWord(phrase="cheap"), editor=mia)
    approve(screened(ben, "A miracle, and cheap."), mia)
    screened(ben, "A miracle happened.")
    screened(ben, "Something else, and cheap.")
    trial = dry_run.try_word(WatchedWord(phrase="miracle*"))
    assert counts(trial) == (2, 1, 1, 1, 0)
    became = [(t.text.past.text, t.change, str(t.text.became)) for t in trial.shown]
    assert became == [
        ("A miracle happened.", "newly held", "published by the machine"),
        ("A miracle, and cheap.", "", "approved by a moderator"),
    ]
    assert trial.shown[0].why == ["Watched word: miracle*"]
    assert WatchedWord.objects.count() == 1


def test_a_word_that_is_changed_is_tried_instead_of_the_old_one(
    ben: User, mia: User
) -> None:
    word = WatchedWord(phrase="pills")
    save_word(word, editor=mia)
    screened(ben, "About pills.")
    screened(ben, "About powders.")
    word.phrase = "powders"
    assert counts(dry_run.try_word(word)) == (1, 0, 1, 1, 1)


def test_thresholds(ben: User, mia: User) -> None:
    approve(screened(ben, "https://a.example https://b.example https://c.example"), mia)
    screened(ben, "See https://a.example")
    policy = ScreeningPolicy.current()
    policy.max_links = 0
    assert counts(dry_run.try_thresholds(policy)) == (2, 1, 1, 1, 0)
    policy.max_links = 5
    assert counts(dry_run.try_thresholds(policy)) == (0, 0, 1, 0, 1)


def test_a_rule_that_lets_the_machine_reject(ann: User, ben: User, mia: User) -> None:
    first = screened(ann, SPAM)
    remove_comment(
        build.fresh(first.comment), moderator=mia, reason=build.reason("question")
    )
    assert screened(ben, SPAM).to_state == State.HELD
    screened(ben, "Something else.")
    rule = build.rule("question")
    rule.repeat_is_certain = True
    trial = dry_run.try_rule(rule)
    assert counts(trial) == (0, 0, 1, 0, 1)
    assert (trial.rejected, trial.rejected_today) == (1, 0)
    assert [t.change for t in trial.shown] == ["rejected by the machine"]
    rule.retired_at = timezone.now()
    trial = dry_run.try_rule(rule)
    assert [t.change for t in trial.shown] == ["no longer held"]


@pytest.mark.parametrize(
    ("state", "became"),
    [
        (State.PUBLISHED, "approved by a moderator"),
        (State.REJECTED, "refused by a moderator"),
        (State.HELD, "waiting"),
    ],
)
def test_the_last_human_word_is_told(
    ben: User, mia: User, state: State, became: str
) -> None:
    item = build.held(author=ben, body="A miracle.")
    if state != State.HELD:
        reason = build.reason() if state == State.REJECTED else Reason()
        by = Decider.moderator(mia)
        decide(item.revision, to=state, by=by, reason=reason)
    (tried,) = dry_run.try_word(WatchedWord(phrase="miracle")).texts
    assert str(tried.text.became) == became


def test_an_approval_that_was_taken_back_is_none(ben: User, mia: User) -> None:
    decision = screened(ben, "A miracle.")
    remove_comment(build.fresh(decision.comment), moderator=mia, reason=build.reason())
    trial = dry_run.try_word(WatchedWord(phrase="miracle"))
    assert trial.approved == 0
    assert str(trial.texts[0].text.became) == "refused by a moderator"


def test_what_the_classifier_said_is_kept_in_mind(ben: User) -> None:
    saw = {"percent": 80, "by": "m1"}
    finding = {"screener": "classifier", "outcome": "hold", "saw": saw, "rule": None}
    made = build.comment(author=ben, under=build.article("open", first_comments_held=0))
    by = Decider.machine()
    decide(build.text_of(made), to=State.HELD, by=by, reason=Reason(findings=[finding]))
    policy = ScreeningPolicy.current()
    assert counts(dry_run.try_thresholds(policy)) == (1, 0, 1, 0, 0)
    policy.classifier_percent = 90
    assert counts(dry_run.try_thresholds(policy)) == (0, 0, 1, 0, 1)


def test_only_the_last_30_days_count(ben: User) -> None:
    with time_machine.travel(timezone.now() - timedelta(days=31)):
        screened(ben, "An old miracle.")
    screened(ben, "A new miracle.")
    trial = dry_run.try_word(WatchedWord(phrase="miracle"))
    assert [t.text.past.text for t in trial.texts] == ["A new miracle."]


def test_only_the_newest_texts_are_looked_at(
    ben: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(past, "MOST_TEXTS", 2)
    for number in range(3):
        screened(ben, f"A miracle, number {number}.")
    trial = dry_run.try_word(WatchedWord(phrase="miracle"))
    assert trial.capped
    assert len(trial.texts) == 2
    assert "number 0" not in "".join(t.text.past.text for t in trial.texts)


def test_nothing_to_look_at() -> None:
    trial = dry_run.try_thresholds(ScreeningPolicy.current())
    assert counts(trial) == (0, 0, 0, 0, 0)
    assert (trial.capped, trial.shown) == (False, [])


def test_the_queries_are_few_whatever_was_written(
    mia: User, django_assert_num_queries: Any
) -> None:
    for number in range(4):
        screened(cast.member(f"Writer{number}"), f"A miracle, number {number}.")
    policy = ScreeningPolicy.current()
    with django_assert_num_queries(8):
        dry_run.try_thresholds(policy)
    with django_assert_num_queries(9):
        dry_run.try_word(WatchedWord(phrase="miracle"))
