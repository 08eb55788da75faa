"""Every limit of the site; those of signing in are django-allauth's.

Nobody who reads, writes and argues meets one. A moderator's desk has none.
"""

from dataclasses import dataclass
from enum import Enum

MINUTE, HOUR, DAY = 60, 3600, 86_400


class Kept(Enum):
    ROWS = "rows"
    """In the database: for what writes there anyway."""
    CACHE = "cache"
    """For what only looks, and must not write."""


@dataclass(frozen=True)
class Limit:
    name: str
    member: int
    """How often for one member…"""
    address: int
    """…and for all who come from one address: a school may share it."""
    per: int
    """Seconds."""
    kept: Kept = Kept.ROWS


POSTING = Limit("posting", 60, 600, 10 * MINUTE)
EDITING = Limit("editing", 60, 600, 10 * MINUTE)
VOTING = Limit("voting", 300, 3000, 10 * MINUTE)
FOLLOWING = Limit("following", 120, 1200, 10 * MINUTE)
REPORTING = Limit("reporting", 30, 120, HOUR)
NOTIFYING = Limit("notifying", 20, 20, HOUR)
APPEALING = Limit("appealing", 20, 60, HOUR)
EXPORTING = Limit("exporting", 5, 20, DAY)
SEARCHING = Limit("searching", 120, 300, MINUTE, Kept.CACHE)
PREVIEWING = Limit("previewing", 240, 1200, MINUTE, Kept.CACHE)
NAMING = Limit("naming", 240, 1200, MINUTE, Kept.CACHE)
"""Names of those whom a text may call, asked for while it is typed."""
