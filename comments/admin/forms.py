"""What a moderator sends with a decision."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from comments.actions.deciding import Reason
from comments.actions.snoozing import Nap
from comments.actions.verdicts import Verdict
from comments.models import QueueItem, Rule

APPROVE, REJECT = OUTCOMES = ("approve", "reject")
COMMENT, AUTHOR = "comment", "author"
Kind = QueueItem.Kind


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
    """One decision about one item, as the moderator saw it.

    To reject needs a rule; both answers to an appeal need words, and no rule.
    """

    outcome = forms.ChoiceField(choices=[(name, name) for name in OUTCOMES])
    version = forms.IntegerField(min_value=1, max_value=2**31 - 1)

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.needs_rule = kind != Kind.APPEAL and self.data.get("outcome") == REJECT
        self.fields["rule"].required = self.needs_rule
        self.fields["explanation"].required = kind == Kind.APPEAL

    def reason(self) -> Reason:
        """A rule chosen and then not used must not stand beside the decision."""
        if self.needs_rule:
            return super().reason()
        return Reason(explanation=self.cleaned_data.get("explanation") or "")

    def verdict(self) -> Verdict:
        fields = self.cleaned_data
        approves = fields["outcome"] == APPROVE
        return Verdict(approves, fields["version"], self.reason())


class SnoozeForm(forms.Form):
    nap = forms.ChoiceField(choices=Nap.choices)


class Words(forms.CharField):
    """What moderators write for each other."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            max_length=2000,
            widget=forms.Textarea(attrs={"rows": 4}),
            help_text=_("Only moderators see it."),
            error_messages={"required": _("Please write a word or two.")},
            **kwargs,
        )


class EscalationForm(forms.Form):
    escalation = Words(label=_("What should a colleague look at?"))


class NoteForm(forms.Form):
    """About the comment, unless it says otherwise."""

    note = Words(label=_("Note to colleagues"))
    about = forms.ChoiceField(
        required=False,
        choices=[(COMMENT, _("the comment")), (AUTHOR, _("its author"))],
        widget=forms.HiddenInput,
    )


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
