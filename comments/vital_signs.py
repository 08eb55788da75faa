"""What worker, beat and backup were last heard to do, in words for moderators."""

import time
from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext as _
from redis.exceptions import RedisError

from comments.durations import in_words
from ethicsforum.health import SEEN_LATELY, last_seen
from ethicsforum.keeping.daily import OVERDUE, newest_at


@dataclass(frozen=True)
class Sign:
    name: str
    is_well: bool
    words: str


def vital_signs() -> list[Sign]:
    now = time.time()
    return [*_processes(now), *_backups(now)]


def _backups(now: float) -> list[Sign]:
    return [] if settings.BACKUP_DIR is None else [backup_sign(newest_at(), now)]


def backup_sign(made: float | None, now: float) -> Sign:
    if made is None:
        return Sign(_("Backup"), False, _("none so far"))
    age = in_words(max(now - made, 1))
    if now - made < OVERDUE:
        return Sign(_("Backup"), True, _("made %(age)s ago") % {"age": age})
    words = _("none for %(age)s: the worker’s log says why")
    return Sign(_("Backup"), False, words % {"age": age})


def _processes(now: float) -> list[Sign]:
    try:
        seen = {name: last_seen(name) for name in ("worker", "beat")}
    except (RedisError, OSError):
        return [Sign(_("Redis"), False, _redis_is_away())]
    return [
        sign(_("Worker"), seen["worker"], now, _("comments wait until it is back")),
        sign(_("Beat"), seen["beat"], now, _("what got lost waits until it is back")),
    ]


def sign(name: str, seen: float | None, now: float, otherwise: str) -> Sign:
    """`otherwise` says what it means when there was none lately."""
    if seen is None:
        words = _("not seen so far: %(otherwise)s")
        return Sign(name, False, words % {"otherwise": otherwise})
    silent = max(now - seen, 0)
    age = in_words(silent)
    if silent < 1:
        return Sign(name, True, _("seen just now"))
    if silent < SEEN_LATELY:
        return Sign(name, True, _("seen %(age)s ago") % {"age": age})
    words = _("silent for %(age)s: %(otherwise)s")
    return Sign(name, False, words % {"age": age, "otherwise": otherwise})


def _redis_is_away() -> str:
    return _("does not answer: comments are kept and wait until it is back")
