"""Forms that know which version their editor read, and can be tried out."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from comments.actions.rulemaking import (
    FIGURES,
    WORDING,
    changes_of_thresholds,
    changes_of_word,
)
from comments.models import Rule, ScreeningPolicy, WatchedWord

TRY = "_try"
"""The name of the button that saves nothing."""


class VersionedForm(forms.ModelForm[Any]):
    seen = forms.IntegerField(
        widget=forms.HiddenInput, min_value=1, max_value=2**31 - 1
    )
    merged: tuple[str, ...] = ()
    """Fields of which versions are kept."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["seen"] = self.current_version()
        # What the page showed goes back with what was typed: that tells the fields
        # that were changed here from those that a colleague changed meanwhile.
        for name in {*self.merged} & {*self.fields}:
            self.fields[name].show_hidden_initial = True

    def is_valid(self) -> bool:
        """A trial is never ready to be saved; the admin shows it again as typed."""
        return TRY not in self.data and super().is_valid()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for name, value in cleaned.items():
            if isinstance(value, str):
                # Browsers send \r\n; a save without a change must not look like one.
                cleaned[name] = value.replace("\r\n", "\n")
        seen = cleaned.get("seen")
        if self.instance.pk and seen and self.is_stale(seen):
            self._take_in_the_newer_version()
            raise ValidationError(_stale())
        return cleaned

    def current_version(self) -> int:
        return ScreeningPolicy.current().version

    def is_stale(self, seen: int) -> bool:
        """Whether a colleague has saved since that version."""
        raise NotImplementedError

    def _take_in_the_newer_version(self) -> None:
        """Their changes come in; what was typed here stays, beside theirs."""
        mine = {*self.changed_data}
        typed: Any = self.data
        merged = typed.copy()
        merged[self["seen"].html_name] = self.current_version()
        for name in {*self.merged} & {*self.fields}:
            bound = self[name]
            theirs = bound.initial
            if name not in mine:
                merged[bound.html_name] = _as_sent(theirs)
            elif bound.field.has_changed(theirs, bound.data):
                self.add_error(name, _("In the newer version: %s") % _shown(theirs))
            merged[bound.html_initial_name] = _as_sent(theirs)
        self.data = merged


def _stale() -> str:
    return _(
        "A colleague has saved a newer version while you were writing; nothing was "
        "saved. Their changes are in the form now, and what you typed is kept. Where "
        "you both changed a field, yours stands and theirs is shown. Read it, then "
        "save again. The history shows who changed what."
    )


def _as_sent(value: Any) -> Any:
    return "" if value is None or value is False else value


def _shown(value: Any) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return str(value)


class RuleForm(VersionedForm):
    retired = forms.BooleanField(
        label=gettext_lazy("No longer in force"),
        required=False,
        help_text=gettext_lazy(
            "Nobody can decide under it any more. Decisions that name it keep it, and "
            "its page stays."
        ),
    )
    merged = (*WORDING, "retired")

    class Meta:
        help_texts = {
            "text": gettext_lazy(
                "Plain text, shown to everybody. What it said before stays readable, "
                "and a decision names the version it was made under."
            ),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["retired"] = self.instance.retired_at is not None
        if not self.instance.pk and "seen" in self.fields:
            self.fields["seen"].required = False

    def current_version(self) -> int:
        return int(self.instance.version)

    def is_stale(self, seen: int) -> bool:
        return seen != self.current_version()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        rule: Rule = self.instance
        retired = cleaned.get("retired", False)
        rule.retired_at = (rule.retired_at or timezone.now()) if retired else None
        return cleaned


class WordForm(VersionedForm):
    merged = ("phrase", "rule", "note")

    class Meta:
        help_texts = {
            "rule": gettext_lazy(
                "Comes up first when a moderator reads the comment. The word itself "
                "never rejects anything."
            ),
            "note": gettext_lazy("What to look at, and when the word is harmless."),
        }

    def is_stale(self, seen: int) -> bool:
        word: WatchedWord = self.instance
        return bool(changes_of_word(word, seen).exists())


class ThresholdsForm(VersionedForm):
    merged = FIGURES

    class Meta:
        help_texts = {
            "flood_minutes": gettext_lazy(
                "Edits count too. Staff are never held for a flood."
            ),
        }

    def is_stale(self, seen: int) -> bool:
        return bool(changes_of_thresholds(seen).exists())
