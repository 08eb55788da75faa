"""YAML front matter, read as data that a stranger wrote. No ORM."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

import yaml
from django.utils import timezone
from django.utils.translation import gettext as _
from frontmatter.default_handlers import YAMLHandler

from ethicsforum.markup import normalise

LARGEST = 20_000
DEEPEST = 3
MOST_TOPICS = 12
TOPIC_LENGTH = 60
SLUG = re.compile(r"[-a-zA-Z0-9_]{1,120}")


class CannotImport(Exception):
    """One line for the person who has the file."""


@dataclass(frozen=True)
class FrontMatter:
    title: str = ""
    slug: str = ""
    standfirst: str = ""
    byline: str = ""
    question: str = ""
    topics: tuple[str, ...] = ()
    publish_at: datetime | None = None
    unknown: tuple[str, ...] = ()


KNOWN = set(FrontMatter.__dataclass_fields__) - {"unknown"}
HANDLER = YAMLHandler(fm_boundary=re.compile(r"^---[ \t]*$", re.MULTILINE))


def has_front_matter(text: str) -> bool:
    return bool(HANDLER.detect(text))


def read_front_matter(text: str) -> tuple[FrontMatter, str]:
    """The front matter and the text below it; without any, the text as it is."""
    if not has_front_matter(text):
        return FrontMatter(), text
    try:
        source, body = HANDLER.split(text)
    except ValueError:
        message = _("its front matter has no closing '---'")
        raise CannotImport(message) from None
    return _checked(_loaded(source)), body


def _loaded(source: str) -> Mapping[Any, Any]:
    """The YAML as data, with the safe loader and after a look at its shape."""
    try:
        _refuse_bombs(source)
        found = HANDLER.load(source)
    except yaml.YAMLError as error:
        raise CannotImport(_said_by_yaml(error)) from None
    except (ValueError, LookupError, AttributeError):
        # What the safe loader lets through for a date or a number that can't be.
        message = _("its front matter has a date or a number that cannot be read")
        raise CannotImport(message) from None
    if found is None:
        return {}
    if not isinstance(found, dict):
        raise CannotImport(_("its front matter must be lines of 'key: value'"))
    return found


def _refuse_bombs(source: str) -> None:
    """A few lines of aliases or brackets can unfold to more than memory holds."""
    if len(source) > LARGEST:
        raise CannotImport(_("its front matter is too long"))
    depth = 0
    for event in yaml.parse(source, Loader=yaml.SafeLoader):
        if isinstance(event, yaml.AliasEvent):
            raise CannotImport(_("its front matter uses YAML aliases; write it out"))
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        if depth > DEEPEST:
            raise CannotImport(_("its front matter is nested too deep"))


def _said_by_yaml(error: yaml.YAMLError) -> str:
    mark = getattr(error, "problem_mark", None)
    if mark is None:
        return _("its front matter is not valid YAML")
    message = _("its front matter is not valid YAML, line %(line)d")
    return message % {"line": mark.line + 1}


# --- Data to fields -------------------------------------------------------


def _checked(found: Mapping[Any, Any]) -> FrontMatter:
    return FrontMatter(
        title=_line(found, "title"),
        slug=_address(found),
        standfirst=_words(found, "standfirst"),
        byline=_line(found, "byline", most=120),
        question=_line(found, "question", most=300),
        topics=_topics(found),
        publish_at=_moment(found),
        unknown=tuple(str(key) for key in found if key not in KNOWN),
    )


def _words(found: Mapping[Any, Any], key: str) -> str:
    value = found.get(key)
    if value is None:
        return ""
    if not isinstance(value, str):
        message = _("'%(key)s' must be text; put it in quotes")
        raise CannotImport(message % {"key": key})
    return normalise(value).strip()


def _line(found: Mapping[Any, Any], key: str, most: int | None = None) -> str:
    line = " ".join(_words(found, key).split())
    if most is not None and len(line) > most:
        message = _("'%(key)s' has over %(most)d characters")
        raise CannotImport(message % {"key": key, "most": most})
    return line


def _address(found: Mapping[Any, Any]) -> str:
    slug = _line(found, "slug", most=120)
    if slug and not SLUG.fullmatch(slug):
        raise CannotImport(_("'slug' may have letters a-z, digits, '-' and '_'"))
    return slug


def _topics(found: Mapping[Any, Any]) -> tuple[str, ...]:
    value = found.get("topics") or []
    if isinstance(value, str):
        value = value.split(",")
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise CannotImport(_("'topics' must be a list of names"))
    # One topic in two spellings is one topic; the first spelling stays.
    names: dict[str, str] = {}
    for name in filter(None, (" ".join(normalise(one).split()) for one in value)):
        names.setdefault(name.casefold(), name)
    if len(names) > MOST_TOPICS or any(len(name) > TOPIC_LENGTH for name in names):
        limits = {"most": MOST_TOPICS, "long": TOPIC_LENGTH}
        message = _("'topics' takes %(most)d names of up to %(long)d characters")
        raise CannotImport(message % limits)
    return tuple(names.values())


def _moment(found: Mapping[Any, Any]) -> datetime | None:
    value = found.get("publish_at")
    if value in (None, ""):
        return None
    try:
        moment = _as_datetime(value)
        aware = timezone.make_aware(moment) if timezone.is_naive(moment) else moment
    except (TypeError, ValueError, OverflowError):
        message = _("'publish_at' must be a date and time such as 2026-05-01 09:30")
        raise CannotImport(message) from None
    if not 1900 <= aware.year <= 2999:
        raise CannotImport(_("'publish_at' is in a year that cannot be meant"))
    return aware


def _as_datetime(value: object) -> datetime:
    if isinstance(value, datetime):
        return value
    if isinstance(value, date):
        return datetime.combine(value, time.min)
    if isinstance(value, str):
        return datetime.fromisoformat(value)
    raise TypeError(value)
