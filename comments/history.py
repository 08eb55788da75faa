"""What was changed in rules, words and thresholds, told as differences."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import Model, Q
from django.utils.translation import gettext as _

from comments.actions.rulemaking import FIGURES, WORDING
from comments.diffs import Kind, Piece, changes
from comments.models import (
    Rule,
    RuleVersion,
    ScreeningChange,
    ScreeningPolicy,
    WatchedWord,
)

PAGE = 20


def _labels(model: type[Model], names: Iterable[str]) -> dict[str, Any]:
    fields = {field.name: field for field in model._meta.concrete_fields}
    return {name: fields[name].verbose_name for name in names}


RULE_LABELS = _labels(RuleVersion, [*WORDING, "in_force"])
SCREENING_LABELS = {
    **_labels(ScreeningPolicy, FIGURES),
    **_labels(WatchedWord, ["phrase", "rule", "note"]),
}


class Change(NamedTuple):
    label: Any
    pieces: list[Piece]


class Entry(NamedTuple):
    number: int
    title: str
    by: Any
    at: datetime
    changes: list[Change]


class Page(NamedTuple):
    entries: list[Entry]
    older: int | None
    """The number before which the next page begins."""


def of_rule(rule: Rule, before: int | None = None) -> Page:
    rows = rule.versions.select_related("changed_by").order_by("-number")
    versions, older = _page(rows, before)
    earlier = [*versions[1:], rows.filter(number=older - 1).first() if older else None]
    entries = [
        _of_version(new, old) for new, old in zip(versions, earlier, strict=True)
    ]
    return Page(entries, older)


def of_screening(before: int | None = None) -> Page:
    return _of_changes(ScreeningChange.objects.all(), before)


def of_word(word: WatchedWord, before: int | None = None) -> Page:
    about = Q(before__id=word.pk) | Q(after__id=word.pk)
    words = ScreeningChange.objects.filter(about, what=ScreeningChange.What.WORD)
    return _of_changes(words, before)


def _of_changes(rows: Any, before: int | None) -> Page:
    newest = rows.select_related("changed_by").order_by("-number")
    changes, older = _page(newest, before)
    return Page([_of_change(change) for change in changes], older)


def _page(rows: Any, before: int | None) -> tuple[list[Any], int | None]:
    shown = rows.filter(number__lt=before) if before else rows
    found = list(shown[: PAGE + 1])
    page = found[:PAGE]
    return page, page[-1].number if len(found) > PAGE else None


def _of_version(new: RuleVersion, old: RuleVersion | None) -> Entry:
    title = _("Version %(n)s") % {"n": new.number}
    if old is None:
        return Entry(new.number, title, new.changed_by, new.created_at, _first(new))
    before, after = _values(old), _values(new)
    changed = _changes(before, after, RULE_LABELS)
    return Entry(new.number, title, new.changed_by, new.created_at, changed)


def _of_change(row: ScreeningChange) -> Entry:
    changed = _changes(row.before or {}, row.after or {}, SCREENING_LABELS)
    return Entry(row.number, _title(row), row.changed_by, row.created_at, changed)


def _title(row: ScreeningChange) -> str:
    if row.what == ScreeningChange.What.THRESHOLDS:
        return _("Thresholds")
    if row.before is None:
        return _("Word added")
    return _("Word deleted") if row.after is None else _("Word changed")


def _first(version: RuleVersion) -> list[Change]:
    """How it began: nothing was added to anything."""
    shown = {name: _shown(value) for name, value in _values(version).items()}
    return [
        Change(RULE_LABELS[name], [Piece(Kind.SAME, text)])
        for name, text in shown.items()
    ]


def _values(version: RuleVersion) -> dict[str, Any]:
    return {name: getattr(version, name) for name in RULE_LABELS}


def _changes(
    old: Mapping[str, Any], new: Mapping[str, Any], labels: Mapping[str, Any]
) -> list[Change]:
    return [
        Change(label, changes(_shown(old.get(name)), _shown(new.get(name))))
        for name, label in labels.items()
        if old.get(name) != new.get(name) and (old.get(name) or new.get(name))
    ]


def _shown(value: Any) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return "" if value is None else str(value)
