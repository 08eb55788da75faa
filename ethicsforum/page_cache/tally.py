"""What the page cache did in this process: plain numbers, added to without a lock."""

from dataclasses import dataclass


@dataclass(slots=True)
class Tally:
    hit: int = 0
    miss: int = 0
    passed: int = 0
    not_modified: int = 0


tally = Tally()
