"""What can be done to a forum, by name, and what is done beside what.

The faults of one lane happen one after the other to the same forum; the lanes of one
row run side by side, for most of the time is spent waiting.
"""

LANES: dict[str, tuple[str, ...]] = {
    "workers": (
        "nothing",
        "worker killed before its verdicts",
        "worker killed while it writes them",
        "worker killed just after one, twice",
        "worker killed at random, 3 times",
    ),
    "mails": (
        "worker killed while it mails",
        "worker killed once a mail is taken",
        "mail server refuses, then accepts",
        "tasks delivered 5 times, out of order",
        "two beats, two workers, one stood still",
        "clock a day ahead, then back",
    ),
    "redis": (
        "Redis killed while posts come in",
        "Redis flushed with texts waiting",
        "Redis frozen for 10 s",
        "Redis's data lost",
        "disk full for DATA_DIR",
    ),
    "surroundings": (
        "web process killed, 3 times",
        "new version while posts come in",
        "database locked for 10 s",
        "database server restarted",
        "two hosts, one of them killed",
    ),
    "backlog": ("10,000 comments waiting for an hour",),
}
TOGETHER = (("workers", "mails", "redis", "surroundings"), ("backlog",))


LONG = ("backlog",)
"""Only when it is asked for by name: the suite is to end within ten minutes."""


def wanted(only: list[str]) -> dict[str, list[str]]:
    """By lane, those whose name has one of the words in it; without a word all but
    the long ones."""
    found = {
        lane: [name for name in names if _is_wanted(name, only)]
        for lane, names in LANES.items()
        if only or lane not in LONG
    }
    return {lane: names for lane, names in found.items() if names}


def _is_wanted(name: str, only: list[str]) -> bool:
    return not only or any(word.lower() in name.lower() for word in only)
