"""What the page cache does for Django."""

from ethicsforum.metrics import own
from ethicsforum.page_cache.tally import tally


@own.tallied(
    "page_cache_requests",
    "requests: a `hit` is answered from memory, a `miss` made and kept if it may be, "
    "the rest `passed` to Django",
    "outcome",
)
def _requests() -> dict[tuple[str, ...], int]:
    return {("hit",): tally.hit, ("miss",): tally.miss, ("passed",): tally.passed}


@own.tallied(
    "page_cache_not_modified", "hits and misses whose reader has the page (304)"
)
def _not_modified() -> dict[tuple[str, ...], int]:
    return {(): tally.not_modified}
