"""The admin's first page: what waits now, and how the moderation goes."""

from itertools import pairwise
from typing import Any

from django import template
from django.template.context import RequestContext
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from comments.durations import HOURS, in_words
from comments.overview import Overview, overview, waiting_for
from comments.overview.flow import Flow
from comments.report import charts
from comments.vital_signs import vital_signs

register = template.Library()

HERE = "admin/comments/overview"


@register.inclusion_tag(f"{HERE}/now.html", takes_context=True)
def moderation_now(context: RequestContext) -> dict[str, Any]:
    return {"waiting": waiting_for(context["request"].user), "signs": vital_signs()}


@register.inclusion_tag(f"{HERE}/numbers.html")
def moderation_numbers() -> dict[str, Any]:
    numbers = overview()
    return {"numbers": numbers, **_drawings(numbers)}


@register.filter
def percent(share: float) -> str:
    return _("%(n)d %%") % {"n": round(share * 100)}


@register.filter
def duration(seconds: float) -> str:
    return in_words(seconds)


def _drawings(numbers: Overview) -> dict[str, Any]:
    machine = numbers.flow.deciders.machine_share
    agreement = numbers.opinions.agreement
    return {
        "days_chart": _days_chart(numbers.flow),
        "times_chart": charts.chart(_spans(), numbers.flow.times.spans),
        "span_rows": zip(_spans(), numbers.flow.times.spans, strict=True),
        "machine_strip": None if machine is None else charts.share_strip(machine),
        "kappa_strip": agreement
        and charts.span_strip(agreement.low, agreement.kappa, agreement.high),
    }


def _days_chart(flow: Flow) -> charts.Chart:
    return charts.chart(
        [date_format(day.date, "j M") for day in flow.days],
        [day.arrived for day in flow.days],
        [day.decided for day in flow.days],
        every=3,
    )


def _spans() -> list[str]:
    """Short: there is little room under a bar."""
    between = [f"{low}–{high}" for low, high in pairwise(HOURS)]
    spans = [f"< {HOURS[0]}", *between, f"≥ {HOURS[-1]}"]
    return [_("%(span)s h") % {"span": span} for span in spans]
