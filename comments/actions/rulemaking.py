"""House rules, watched words, thresholds: each change is kept as a version."""

from typing import Any

from django.db import transaction

from comments.models import (
    Rule,
    RuleVersion,
    ScreeningChange,
    ScreeningPolicy,
    WatchedWord,
)

WORDING = ("title", "text", "template", "repeat_is_certain")
FIGURES = tuple(
    field.name
    for field in ScreeningPolicy._meta.concrete_fields
    if field.editable and not field.primary_key
)
What = ScreeningChange.What
Values = dict[str, Any]


class StaleVersion(Exception):
    """Somebody has saved a newer version than the one that was edited."""


@transaction.atomic
def save_rule(rule: Rule, *, editor: Any) -> None:
    """Keep the rule as it is now; `rule.version` is the version its editor read.

    What it says and whether it is in force make a version. Its place in the list and
    what it is called in the EU's database don't.
    """
    if rule.pk is None:
        rule.version = 1
        rule.save()
        _keep_version(rule, editor)
        return
    changed = versioned(Rule.objects.get(pk=rule.pk)) != versioned(rule)
    _compare_and_set(rule, seen=rule.version, new=rule.version + changed)
    if changed:
        _keep_version(rule, editor)


@transaction.atomic
def save_word(word: WatchedWord, *, editor: Any, seen: int | None = None) -> None:
    """`seen` is the version of words and thresholds in which the word was read."""
    policy = _lock_policy()
    before = _described(WatchedWord.objects.filter(pk=word.pk).first())
    if seen is not None and (before is None or changes_of_word(word, seen).exists()):
        raise StaleVersion
    word.save()
    _keep_change(policy, What.WORD, before, _described(word), editor)


@transaction.atomic
def delete_word(word: WatchedWord, *, editor: Any) -> None:
    policy = _lock_policy()
    before = _described(WatchedWord.objects.filter(pk=word.pk).first())
    _keep_change(policy, What.WORD, before, None, editor)
    word.delete()


@transaction.atomic
def save_thresholds(policy: ScreeningPolicy, *, editor: Any) -> None:
    """`policy.version` is the version of words and thresholds that was read."""
    stored = _lock_policy()
    if changes_of_thresholds(policy.version).exists():
        raise StaleVersion
    after = _figures(policy)
    ScreeningPolicy.objects.filter(pk=stored.pk).update(**after)
    _keep_change(stored, What.THRESHOLDS, _figures(stored), after, editor)


def changes_of_word(word: WatchedWord, seen: int) -> Any:
    """What was done to the word since that version."""
    newer = ScreeningChange.objects.filter(what=What.WORD, number__gt=seen)
    return newer.filter(after__id=word.pk)


def changes_of_thresholds(seen: int) -> Any:
    return ScreeningChange.objects.filter(what=What.THRESHOLDS, number__gt=seen)


def versioned(rule: Rule) -> Values:
    """The part of a rule of which each version is kept."""
    said = {name: getattr(rule, name) for name in WORDING}
    return {**said, "in_force": rule.retired_at is None}


def _compare_and_set(rule: Rule, *, seen: int, new: int) -> None:
    fields = (
        field.name for field in Rule._meta.concrete_fields if not field.primary_key
    )
    values = {**{name: getattr(rule, name) for name in fields}, "version": new}
    if Rule.objects.filter(pk=rule.pk, version=seen).update(**values) != 1:
        raise StaleVersion
    rule.version = new


def _keep_version(rule: Rule, editor: Any) -> None:
    RuleVersion.objects.create(
        rule=rule, number=rule.version, changed_by=editor, **versioned(rule)
    )


def _lock_policy() -> ScreeningPolicy:
    """The one row that every change of words and thresholds begins with."""
    rows = ScreeningPolicy.objects.select_for_update()
    return rows.get_or_create(pk=1)[0]


def _keep_change(
    policy: ScreeningPolicy,
    what: ScreeningChange.What,
    before: Values | None,
    after: Values | None,
    editor: Any,
) -> None:
    if before == after:
        return
    number = policy.version + 1
    ScreeningPolicy.objects.filter(pk=policy.pk).update(version=number)
    ScreeningChange.objects.create(
        number=number, what=what, before=before, after=after, changed_by=editor
    )


def _figures(policy: ScreeningPolicy) -> Values:
    return {name: getattr(policy, name) for name in FIGURES}


def _described(word: WatchedWord | None) -> Values | None:
    if word is None:
        return None
    rule = word.rule.code if word.rule else ""
    return {"id": word.pk, "phrase": word.phrase, "rule": rule, "note": word.note}
