"""What is older than its period goes, a batch at a time."""

from django.utils import timezone

from ethicsforum.accounts.privacy.actions.exporting import remove_orphans
from ethicsforum.accounts.privacy.retention import retentions

MOST_BATCHES = 10
"""Of each kind in one run; the next hour takes up the rest."""


def tidy() -> dict[str, int]:
    """How many rows of which kind were dealt with."""
    now = timezone.now()
    done = {"orphans": remove_orphans()}
    for retention in retentions():
        done[retention.name] = 0
        for _batch in range(MOST_BATCHES):
            count = retention.enforce(now)
            done[retention.name] += count
            if not count:
                break
    return {name: count for name, count in done.items() if count}
