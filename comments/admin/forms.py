"""What a moderator sends with a decision."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from comments.actions.deciding import Reason
from comments.models import Rule
from comments.states import State

OUTCOMES = {"approve": State.PUBLISHED, "reject": State.REJECTED}


class ReasonForm(forms.Form):
    """A house rule and words to the author; without words, the rule's template."""

    rule = forms.ModelChoiceField(
        label=_("House rule"),
        queryset=Rule.objects.in_force(),
        to_field_name="code",
        empty_label=_("Choose the rule"),
        error_messages={"required": _("Please choose the rule it breaks.")},
    )
    explanation = forms.CharField(
        label=_("Explanation to the author"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_(
            "The author reads it, and it stands in the public log: no names, no "
            "quotes from the text. Left empty, the rule’s own words are sent."
        ),
    )

    def reason(self) -> Reason:
        rule = self.cleaned_data.get("rule")
        words = self.cleaned_data.get("explanation") or ""
        return Reason(rule, words or (rule.template if rule else ""))


class RemovalForm(ReasonForm):
    """Why a comment is removed, and which of its texts was read."""

    text = forms.IntegerField(min_value=1, max_value=2**63 - 1)


class DecisionForm(ReasonForm):
    """One decision about one item, as the moderator saw it."""

    outcome = forms.ChoiceField(choices=[(name, name) for name in OUTCOMES])
    version = forms.IntegerField(min_value=1, max_value=2**31 - 1)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["rule"].required = self.data.get("outcome") == "reject"

    def reason(self) -> Reason:
        """A rule chosen and then not used must not stand beside an approval."""
        if self.cleaned_data["outcome"] == "approve":
            return Reason(explanation=self.cleaned_data.get("explanation") or "")
        return super().reason()

    @property
    def to(self) -> State:
        return OUTCOMES[self.cleaned_data["outcome"]]


class RestoringForm(forms.Form):
    """Why an earlier decision is reversed, and for which text."""

    text = forms.IntegerField(min_value=1, max_value=2**63 - 1)

    explanation = forms.CharField(
        label=_("Explanation to the author"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def reason(self) -> Reason:
        return Reason(explanation=self.cleaned_data["explanation"])
