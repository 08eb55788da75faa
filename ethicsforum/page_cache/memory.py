"""What one process remembers: bounded, and forgotten by key."""

from collections import OrderedDict
from dataclasses import dataclass, field
from threading import Lock
from typing import Any

MOST_NOTED = 10_000

Address = tuple[Any, ...]


@dataclass
class Remembered:
    keys: frozenset[str]
    """What makes it stale."""
    size: int
    """Bytes of memory, near enough."""
    started: float
    """When its making began, on the monotonic clock: it may be as old as that."""
    used: bool = field(default=False, kw_only=True)
    """Asked for since it was last spared from being forgotten."""


class Memory:
    """Read without a lock: each look is one step of a dict.

    When it is full the oldest goes, unless it was asked for since it was last
    spared (the clock algorithm).
    """

    def __init__(self, most_bytes: int) -> None:
        self.most_bytes = most_bytes
        self.size = 0
        self._kept: OrderedDict[Address, Remembered] = OrderedDict()
        self._stale_at: dict[str, int] = {}
        self._moment = 0
        self._cleared_at = 0
        self._lock = Lock()

    def __len__(self) -> int:
        return len(self._kept)

    @property
    def moment(self) -> int:
        """Counts what became stale; noted before a page is made."""
        return self._moment

    def get(self, address: Address) -> Remembered | None:
        return self._kept.get(address)

    def put(self, address: Address, kept: Remembered, moment: int) -> bool:
        """False when what is in it became stale since the moment, or it is too big."""
        with self._lock:
            if self._is_late(kept, moment) or kept.size > self.most_bytes // 8:
                return False
            self._forget(address)
            self._kept[address] = kept
            self.size += kept.size
            self._make_room()
            return True

    def drop(self, key: str) -> None:
        with self._lock:
            self._moment += 1
            if len(self._stale_at) >= MOST_NOTED:
                self._stale_at.clear()
                self._cleared_at = self._moment
            self._stale_at[key] = self._moment
            for address in [a for a, kept in self._kept.items() if key in kept.keys]:
                self._forget(address)

    def clear(self) -> None:
        with self._lock:
            self._moment += 1
            self._cleared_at = self._moment
            self._kept.clear()
            self.size = 0

    def _is_late(self, kept: Remembered, moment: int) -> bool:
        stale = max((self._stale_at.get(key, 0) for key in kept.keys), default=0)
        return moment < max(stale, self._cleared_at)

    def _forget(self, address: Address) -> None:
        kept = self._kept.pop(address, None)
        if kept is not None:
            self.size -= kept.size

    def _make_room(self) -> None:
        while self.size > self.most_bytes:
            address, kept = next(iter(self._kept.items()))
            if kept.used:
                kept.used = False
                self._kept.move_to_end(address)
            else:
                self._forget(address)
