"""Findings in words: in full for moderators, short and kind for the author."""

from collections.abc import Mapping
from typing import Any

from django.utils.dateparse import parse_datetime
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

NAMES = {
    "new-member": _("new member"),
    "limited": _("limited member"),
    "links": _("links"),
    "watched-word": _("watched word"),
    "repeat": _("repeated text"),
    "flood": _("many comments at once"),
    "shouting": _("capitals"),
    "refused-before": _("refused before"),
    "under-review": _("an earlier text is under review"),
    "classifier": _("classifier"),
    "failed": _("screening failed"),
    "reported": _("reported"),
    "notice": _("notice of illegal content"),
}
"""What a finding is called in a word or two."""

FOR_MODERATORS = {
    "new-member": _("New member: {accepted} of {needed} first comments accepted"),
    "limited": _("Limited member: all is held until {until}"),
    "links": _("{count} links, the limit is {limit}: {hosts}"),
    "watched-word": _("Watched word: {phrases}"),
    "repeat": _("Same text {count} more times within {hours} hours"),
    "flood": _("{count} other comments within {minutes} minutes"),
    "shouting": _("{percent} % of the letters are capitals"),
    "refused-before": _("The very text that a moderator refused before"),
    "under-review": _("An edit of a comment that is hidden after reports"),
    "reported": _("Reported {count} times ({rules}); weight {weight}"),
    "notice": _("Notices of illegal content: {count}"),
    "classifier": _("Classifier {by}: {percent} %"),
    "classifier-failed": _("The classifier gave no usable answer: {why}"),
    "failed": _("Screening failed ({screener}); a human decides"),
    "too-many-tries": _("Screening was tried {tries} times without an end"),
}

FOR_AUTHORS = {
    "new-member": _("the first comments of a new member are read by a person"),
    "limited": _("until {until} a moderator reads each of your comments first"),
    "links": _("it has more links than usual"),
    "watched-word": _("it has a word that moderators look at in context"),
    "repeat": _("the same text was posted before"),
    "flood": _("several comments came within a few minutes"),
    "shouting": _("most of it is in capitals"),
    "refused-before": _("a moderator has refused the same text before"),
    "under-review": _("a moderator is looking at the comment after reports"),
    "reported": _("members have reported it"),
    "notice": _("somebody has told us that it may be illegal"),
    "classifier": _("an automatic check was unsure about it"),
}
UNSURE = _("an automatic check could not finish")


def for_moderator(finding: Mapping[str, Any]) -> str:
    words = FOR_MODERATORS.get(finding["screener"])
    if words is None:
        return str(finding["screener"])
    text = _filled(words, finding)
    note = finding.get("saw", {}).get("note")
    return f"{text} ({note})" if note else text


def for_author(finding: Mapping[str, Any]) -> str:
    return _filled(FOR_AUTHORS.get(finding["screener"], UNSURE), finding)


def _filled(words: Any, finding: Mapping[str, Any]) -> str:
    saw = dict(finding.get("saw", {}))
    if "until" in saw:
        saw["until"] = _moment(str(saw["until"]))
    return str(words).format_map(_Gaps(saw))


def _moment(written: str) -> str:
    """A finding is stored as JSON; its time is read back for people."""
    moment = parse_datetime(written)
    return date_format(localtime(moment), "DATETIME_FORMAT") if moment else written


class _Gaps(dict[str, Any]):
    """A finding stored by an older version may lack a value; show a gap for it."""

    def __missing__(self, key: str) -> str:
        return "…"
