"""`{% moderation_overview %}`: how the moderation goes, on the admin's first page."""

from typing import Any

from django import template
from django.template.context import RequestContext
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from comments import charts
from comments.durations import LIMITS, in_words
from comments.overview import Overview, overview, waiting_for
from comments.overview.flow import Flow, Times
from comments.vital_signs import vital_signs

register = template.Library()

HERE = "admin/comments/overview"


@register.inclusion_tag(f"{HERE}/overview.html", takes_context=True)
def moderation_overview(context: RequestContext) -> dict[str, Any]:
    numbers = overview()
    return {
        "waiting": waiting_for(context["request"].user),
        "signs": vital_signs(),
        "numbers": numbers,
        **_drawings(numbers),
    }


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
        "span_rows": _span_rows(numbers.flow.times),
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
    """Under the bars there is room for little: '< 1 h'."""
    limits = [_short(seconds) for seconds in LIMITS]
    return [*(f"< {limit}" for limit in limits), f"≥ {limits[-1]}"]


def _span_rows(times: Times) -> list[tuple[str, int]]:
    limits = [in_words(seconds) for seconds in LIMITS]
    words = [_("under %(limit)s") % {"limit": limit} for limit in limits]
    words.append(_("%(limit)s or more") % {"limit": limits[-1]})
    return list(zip(words, times.spans, strict=True))


def _short(seconds: int) -> str:
    if seconds < 3600:
        return _("%(n)d min") % {"n": seconds // 60}
    return _("%(n)d h") % {"n": seconds // 3600}
