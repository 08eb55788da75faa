"""Who is meant by `@Name` in a text: what may be a name is pure, who has it is asked.

A name may have spaces, so where it ends is only known once the names are: each @ has
several readings, and the longest that is somebody's name counts.
"""

import re
from collections.abc import Mapping
from typing import Any

from django.contrib.auth import get_user_model

from ethicsforum.accounts.names import name_key
from ethicsforum.markup import own_words

MOST_MENTIONS = 20
"""Only the first few of a text call anybody."""

LONGEST_NAME = 40
MENTION = re.compile(r"(?<![\w@./])@(\w[\w.'’-]*(?: \w[\w.'’-]*)*)")
END_OF_NAME = re.compile(r"\w(?!\w)")
GAP = re.compile(r"[\W_]+")

Readings = tuple[str, ...]


def mentioned_names(source: str) -> list[Readings]:
    """What each @ outside quotes and code may name, its longest reading first."""
    lines = own_words(source) if "@" in source else []
    found = (match[1][:LONGEST_NAME] for line in lines for match in _mentions(line))
    return [_readings(text) for text in found][:MOST_MENTIONS]


def chosen(mentions: list[Readings], names: Mapping[str, str]) -> list[str]:
    """Of the names that there are, by key: the keys of those that are meant."""
    meant = (_longest(readings, names) for readings in mentions)
    return list(dict.fromkeys(key for key in meant if key))


def mentioned_members(source: str) -> list[Any]:
    """The members whom the text mentions, each once, in the order of the text."""
    mentions = mentioned_names(source)
    keys = {name_key(reading) for readings in mentions for reading in readings}
    people = get_user_model().objects.filter(is_active=True, username_key__in=keys)
    known = {user.username_key: user for user in people} if keys else {}
    names = {key: user.username for key, user in known.items()}
    return [known[key] for key in chosen(mentions, names)]


def _mentions(line: str) -> list[re.Match[str]]:
    return list(MENTION.finditer(line))


def _readings(text: str) -> Readings:
    """Every beginning of it that ends with a word."""
    ends = [match.end() for match in END_OF_NAME.finditer(text)]
    return tuple(text[:end] for end in reversed(ends))


def _longest(readings: Readings, names: Mapping[str, str]) -> str | None:
    for reading in readings:
        key = name_key(reading)
        # Keys know no spaces: "@Ann is" is not "Annis".
        if key in names and reading.count(" ") <= len(GAP.findall(names[key])):
            return key
    return None
