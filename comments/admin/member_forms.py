"""What a moderator sends about a member."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from comments.actions import sanctioning
from comments.admin.forms import ReasonForm
from comments.models import Comment, Note, Revision, Sanction
from comments.states import ACCOUNT_MEASURES, Measure

MOST_DAYS = 365
MOST_HOURS = 24 * 30
DEFAULT_HOURS = 24
USUAL_DAYS = 7


class SanctionForm(ReasonForm):
    """A warning, a limit or a suspension, and the comment that is its occasion."""

    measure = forms.ChoiceField(
        choices=[(measure.value, measure.label) for measure in ACCOUNT_MEASURES]
    )
    days = forms.IntegerField(label=_("Days"), min_value=1, max_value=MOST_DAYS)
    comment = forms.ModelChoiceField(
        label=_("On the occasion of"),
        queryset=Comment.objects.none(),
        error_messages={
            "invalid_choice": _("That is no comment of this member."),
            "required": _("Please choose the comment that it is about."),
        },
    )

    def __init__(self, *args: Any, member: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = Comment.objects.filter(author=member)
        occasion: Any = self.fields["comment"]
        occasion.queryset = own.select_related("accepted_revision")
        self.fields["days"].required = self.data.get("measure") != Measure.WARN

    def impose(self, *, moderator: Any) -> Sanction:
        occasion, reason = self._occasion(), self.reason()
        days = self.cleaned_data["days"]
        measure = self.cleaned_data["measure"]
        if measure == Measure.WARN:
            return sanctioning.warn(occasion, moderator=moderator, reason=reason)
        act = sanctioning.limit if measure == Measure.LIMIT else sanctioning.suspend
        return act(occasion, days=days, moderator=moderator, reason=reason)

    def _occasion(self) -> Revision:
        comment: Comment = self.cleaned_data["comment"]
        newest = comment.revisions.order_by("number").last()
        text = comment.accepted_revision or newest
        assert text is not None  # noqa: S101  # no comment is without a text
        return text


class LiftForm(forms.Form):
    explanation = forms.CharField(
        label=_("Why"),
        max_length=2000,
        error_messages={"required": _("Please say why: the member reads it.")},
    )


class MemberNoteForm(forms.ModelForm[Note]):
    class Meta:
        model = Note
        fields = ["text"]
        error_messages = {"text": {"required": _("The note is empty.")}}


class HoursForm(forms.Form):
    """How far back a bulk rejection reaches."""

    hours = forms.IntegerField(
        label=_("Of the last hours"), min_value=1, max_value=MOST_HOURS
    )


class BulkForm(ReasonForm):
    """The order for a bulk rejection, and what its moderator was shown."""

    since = forms.DateTimeField()
    newest = forms.IntegerField(min_value=0, max_value=2**63 - 1)
