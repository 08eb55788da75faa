"""`{% moment value %}`: a time to the minute, with its zone, in the site's own."""

from datetime import datetime

from django import template
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timezone import localtime

register = template.Library()


@register.simple_tag
def moment(value: datetime) -> SafeString:
    local = localtime(value)
    return format_html(
        '<time datetime="{}" title="{}">{}</time>',
        local.isoformat(timespec="seconds"),
        date_format(local, "DATETIME_FORMAT"),
        in_words(value),
    )


@register.filter
def in_words(value: datetime) -> str:
    """For mails and sentences, which have no markup to say it with."""
    local = localtime(value)
    return f"{date_format(local, 'DATETIME_FORMAT')} ({local.tzname()})"
