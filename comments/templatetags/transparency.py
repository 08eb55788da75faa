"""Figures of the transparency report in words."""

from collections.abc import Mapping

from django import template
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from comments.models import Report
from comments.report.transparency import Share
from comments.states import Measure, State

register = template.Library()

MINUTE, HOUR, DAY = 60, 60 * 60, 24 * 60 * 60


@register.filter
def percent(share: Share) -> str:
    if share.percent is None:
        return _("not enough data")
    return _("%(number)s %%") % {"number": number_format(share.percent, 1)}


@register.filter
def duration(seconds: float | None) -> str:
    """In the largest unit of which there are two, so that it can be compared."""
    if seconds is None:
        return "–"
    if seconds < 2 * MINUTE:
        return ngettext("%(n)s second", "%(n)s seconds", round(seconds)) % {
            "n": round(seconds)
        }
    if seconds < 2 * HOUR:
        return _("%(n)s minutes") % {"n": round(seconds / MINUTE)}
    if seconds < 2 * DAY:
        return _("%(n)s hours") % {"n": number_format(seconds / HOUR, 1)}
    return _("%(n)s days") % {"n": number_format(seconds / DAY, 1)}


@register.filter
def outcome(value: str) -> str:
    kinds: type[Measure | State] = Measure if value in Measure.values else State
    return str(kinds(value).label)


@register.filter
def source(value: str) -> str:
    return str(Report.Source(value).label)


@register.filter
def title_in(code: str, titles: Mapping[str, str]) -> str:
    return titles.get(code, code)
