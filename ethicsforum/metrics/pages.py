"""What the page cache does for Django."""

from ethicsforum.metrics import own
from ethicsforum.page_cache.tally import tally


@own.tallied(
    "page_cache_requests",
    "requests: a `hit` is answered from memory, a `miss` made by Django and kept, the "
    "rest `passed` on to it",
    "outcome",
)
def _requests() -> dict[tuple[str, ...], int]:
    return {("hit",): tally.hit, ("miss",): tally.miss, ("passed",): tally.passed}


@own.tallied(
    "page_cache_not_modified", "hits and misses whose reader has the page (304)"
)
def _not_modified() -> dict[tuple[str, ...], int]:
    return {(): tally.not_modified}
