"""Limits in the quick cache, for what only looks: without Redis, in each process."""

import time

from ethicsforum.cache import quick


def spend(shares: dict[str, int], per: int) -> int:
    """Count one more in this span of time; the rest of it, in seconds, if too many."""
    now = int(time.time())
    counts = [_one_more(f"limits:{key}:{now // per}", per) for key in shares]
    allowed = shares.values()
    is_over = any(n > many for n, many in zip(counts, allowed, strict=True))
    return per - now % per if is_over else 0


def _one_more(key: str, per: int) -> int:
    quick.add(key, 0, per)
    try:
        return int(quick.incr(key))
    except ValueError:
        # Gone between the two lines, as when Redis came back: whoever looks may look.
        return 1
