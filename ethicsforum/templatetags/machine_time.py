"""A moment as HTML's `datetime` takes it. In every template, without a load."""

from datetime import date, datetime

from django import template

register = template.Library()


@register.filter(expects_localtime=True)
def iso(moment: date | None) -> str:
    """To the second: a fraction of six digits, as `date:"c"` writes it, is invalid."""
    if isinstance(moment, datetime):
        return moment.isoformat(timespec="seconds")
    return moment.isoformat() if moment else ""
