"""Each change of rules, words and thresholds is kept, with who made it."""

import pytest
from django.utils import timezone

from comments.actions.deciding import Decider, decide
from comments.actions.rulemaking import (
    StaleVersion,
    delete_word,
    save_rule,
    save_thresholds,
    save_word,
)
from comments.actions.screening import screen
from comments.models import (
    Rule,
    RuleVersion,
    ScreeningChange,
    ScreeningPolicy,
    WatchedWord,
)
from comments.states import State
from ethicsforum.accounts.models import User
from tests import build

pytestmark = pytest.mark.django_db


def changed_rule(**fields: object) -> Rule:
    rule = build.rule("question")
    for name, value in fields.items():
        setattr(rule, name, value)
    return rule


@pytest.mark.parametrize(
    "fields",
    [
        {"title": "Stay here"},
        {"text": "New words."},
        {"template": "Other words."},
        {"repeat_is_certain": True},
        {"retired_at": timezone.now()},
    ],
)
def test_a_change_of_a_rule_is_a_version(eda: User, fields: dict[str, object]) -> None:
    save_rule(changed_rule(**fields), editor=eda)
    rule = build.rule("question")
    newest, oldest = rule.versions.order_by("-number")
    assert (rule.version, newest.number, oldest.number) == (2, 2, 1)
    assert newest.changed_by == eda
    assert newest.in_force == (rule.retired_at is None)
    for name in ("title", "text", "template", "repeat_is_certain"):
        assert getattr(newest, name) == getattr(rule, name)


@pytest.mark.parametrize(
    "fields", [{}, {"position": 99}, {"dsa_keyword": "KEYWORD_DISCRIMINATION"}]
)
def test_what_does_not_change_the_rule_is_none(
    eda: User, fields: dict[str, object]
) -> None:
    save_rule(changed_rule(**fields), editor=eda)
    rule = build.rule("question")
    assert (rule.version, rule.versions.count()) == (1, 1)
    assert all(getattr(rule, name) == value for name, value in fields.items())


def test_a_new_rule_begins_with_version_one(eda: User) -> None:
    rule = Rule(code="new", title="N", text="T", template="E")
    save_rule(rule, editor=eda)
    version = RuleVersion.objects.get(rule=rule)
    assert (rule.version, version.number, version.changed_by) == (1, 1, eda)


def test_a_rule_is_not_saved_over_a_newer_version(eda: User, mia: User) -> None:
    slow = changed_rule(title="Slow")
    save_rule(changed_rule(title="Quick"), editor=eda)
    with pytest.raises(StaleVersion):
        save_rule(slow, editor=mia)
    rule = build.rule("question")
    assert (rule.title, rule.version, rule.versions.count()) == ("Quick", 2, 2)


def test_every_change_of_words_is_kept(mia: User, eda: User) -> None:
    rule = build.rule("advertising")
    before = ScreeningPolicy.current().version
    word = WatchedWord(phrase="free money", rule=rule, note="Often spam.")
    save_word(word, editor=mia)
    word.phrase = "free money*"
    save_word(word, editor=eda, seen=before + 1)
    pk = word.pk
    delete_word(word, editor=mia)
    rows = ScreeningChange.objects.order_by("number")
    first = {"id": pk, "rule": rule.code, "note": "Often spam.", "phrase": "free money"}
    second = {**first, "phrase": "free money*"}
    kept = [(r.number - before, r.before, r.after, r.changed_by) for r in rows]
    assert kept == [
        (1, None, first, mia),
        (2, first, second, eda),
        (3, second, None, mia),
    ]
    assert ScreeningPolicy.current().version == before + 3
    assert not WatchedWord.objects.exists()


def test_every_change_of_thresholds_is_kept(eda: User) -> None:
    policy = ScreeningPolicy.current()
    before = policy.version
    policy.max_links = 7
    save_thresholds(policy, editor=eda)
    row = ScreeningChange.objects.get()
    assert row.before and row.after
    assert (row.before["max_links"], row.after["max_links"]) == (2, 7)
    assert {**row.before, "max_links": 7} == row.after
    now = ScreeningPolicy.current()
    assert (now.max_links, now.version, row.number) == (7, before + 1, before + 1)


def test_saving_without_a_change_makes_no_version(eda: User, mia: User) -> None:
    word = WatchedWord(phrase="free money")
    save_word(word, editor=mia)
    version = ScreeningPolicy.current().version
    save_word(word, editor=mia, seen=version)
    save_thresholds(ScreeningPolicy.current(), editor=eda)
    assert ScreeningPolicy.current().version == version
    assert ScreeningChange.objects.count() == 1


def test_thresholds_are_not_saved_over_newer_ones(eda: User, mia: User) -> None:
    slow, quick = ScreeningPolicy.current(), ScreeningPolicy.current()
    save_word(WatchedWord(phrase="meanwhile"), editor=mia)
    quick.max_links = 7
    save_thresholds(quick, editor=eda)
    slow.max_links = 1
    with pytest.raises(StaleVersion):
        save_thresholds(slow, editor=mia)
    assert ScreeningPolicy.current().max_links == 7


def test_a_word_is_not_saved_over_a_newer_one(eda: User, mia: User) -> None:
    word = WatchedWord(phrase="once")
    save_word(word, editor=mia)
    seen = ScreeningPolicy.current().version
    save_word(WatchedWord(phrase="another"), editor=eda)
    word.phrase = "twice"
    save_word(word, editor=eda, seen=seen)
    word.phrase = "thrice"
    with pytest.raises(StaleVersion):
        save_word(word, editor=mia, seen=seen)
    gone = WatchedWord.objects.get(phrase="another")
    WatchedWord.objects.filter(pk=gone.pk).delete()
    with pytest.raises(StaleVersion):
        save_word(gone, editor=mia, seen=seen + 2)


def test_a_missing_row_of_thresholds_is_made(mia: User) -> None:
    ScreeningPolicy.objects.all().delete()
    save_word(WatchedWord(phrase="word"), editor=mia)
    assert ScreeningPolicy.objects.get().version == 2


def test_decisions_name_what_they_used(ann: User, eda: User, mia: User) -> None:
    policy = ScreeningPolicy.current()
    policy.max_links = 0
    save_thresholds(policy, editor=eda)
    version = ScreeningPolicy.current().version
    text = build.text_of(build.comment(author=ann, body="See https://example.org"))
    machine = screen(text.pk)
    assert machine is not None
    assert (machine.policy_version, machine.rule_version) == (version, None)
    save_rule(changed_rule(title="Stay here"), editor=eda)
    text.refresh_from_db()
    reason = build.reason("question")
    by = Decider.moderator(mia)
    human = decide(text, to=State.REJECTED, by=by, reason=reason)
    assert (human.rule_version, human.policy_version) == (2, None)


def test_the_machines_refusal_names_both(ann: User, ben: User, mia: User) -> None:
    body = "Buy my wonderful pills today, cheap."
    item = build.held(author=ben, body=body)
    spam = build.reason("advertising", "An advertisement.")
    by = Decider.moderator(mia)
    decide(item.revision, to=State.REJECTED, by=by, reason=spam)
    decision = screen(build.text_of(build.comment(author=ann, body=body)).pk)
    assert decision is not None
    assert decision.to_state == State.REJECTED
    version = ScreeningPolicy.current().version
    assert (decision.policy_version, decision.rule_version) == (version, 1)


def test_who_leaves_takes_their_name_and_not_the_version(eda: User) -> None:
    save_rule(changed_rule(title="Stay here"), editor=eda)
    eda.delete()
    newest = build.rule("question").versions.get(number=2)
    assert (newest.title, newest.changed_by) == ("Stay here", None)
