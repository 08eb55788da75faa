"""Which decisions of the public log to show: by rule, by outcome, by month."""

from datetime import datetime
from typing import Any, cast
from urllib.parse import urlencode

from django import forms
from django.db.models import Min, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from comments.models import Decision, Rule
from comments.models.decision import DecisionQuerySet
from comments.report.periods import Period, months
from comments.states import Measure, State

SHOW_ALL = "all"
FIELDS = ("rule", "kind", "month")
MOVES = (State.REJECTED, State.REMOVED, State.PUBLISHED, State.HELD)
OUTCOMES = [(kind.value, kind.label) for kind in (*MOVES, *Measure)]


def earliest_decision() -> datetime | None:
    first = Decision.objects.public().aggregate(first=Min("created_at"))["first"]
    return cast("datetime | None", first)


def _months() -> list[tuple[str, Any]]:
    """Newest first, as far back as there are decisions."""
    now = timezone.now()
    since = months(earliest_decision() or now, now)
    newest_first = [(month.slug, month.label) for month in since][::-1]
    return [("", _("Every month")), *newest_first]


class LogFilter(forms.Form):
    """Empty fields leave nothing out; a value that there is not finds nothing."""

    rule = forms.ModelChoiceField(
        Rule.objects.all(),
        to_field_name="code",
        required=False,
        label=_("Rule"),
        empty_label=_("Every rule"),
    )
    kind = forms.ChoiceField(
        choices=[("", _("Every outcome")), *OUTCOMES],
        required=False,
        label=_("Outcome"),
    )
    month = forms.ChoiceField(choices=_months, required=False, label=_("Month"))
    show = forms.CharField(required=False)

    def decisions(self) -> DecisionQuerySet:
        if not self.is_valid():
            return Decision.objects.none()
        said = self.cleaned_data
        wanted = Q()
        if said["rule"]:
            wanted &= Q(rule=said["rule"])
        if said["kind"]:
            wanted &= _has_outcome(said["kind"])
        if said["month"]:
            month = Period.parse(said["month"])
            wanted &= Q(created_at__gte=month.start, created_at__lt=month.end)
        return self._shown().filter(wanted)

    @property
    def shows_all(self) -> bool:
        return bool(self["show"].value() == SHOW_ALL)

    @property
    def narrows(self) -> bool:
        return any(self[name].value() for name in FIELDS)

    @property
    def selects(self) -> list[forms.BoundField]:
        return [self[name] for name in FIELDS]

    @property
    def query_data(self) -> dict[str, str]:
        """What an address needs to lead back to this choice."""
        said = {name: self[name].value() or "" for name in FIELDS}
        said["show"] = SHOW_ALL if self.shows_all else ""
        return {name: value for name, value in said.items() if value}

    @property
    def query(self) -> str:
        return urlencode(self.query_data)

    @property
    def query_for_all(self) -> str:
        return urlencode({**self.query_data, "show": SHOW_ALL})

    @property
    def query_for_interventions(self) -> str:
        said = self.query_data.items()
        return urlencode({name: value for name, value in said if name != "show"})

    def _shown(self) -> DecisionQuerySet:
        if self.shows_all:
            return Decision.objects.public()
        return Decision.objects.interventions()


def _has_outcome(kind: str) -> Q:
    if kind in Measure.values:
        return Q(measure=kind, to_state="")
    return Q(to_state=kind, measure="")
