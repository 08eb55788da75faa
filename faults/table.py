"""What was found, as a table, and what did not hold, in words. Pure."""

from collections.abc import Mapping, Sequence
from typing import Any

from bench.tables import columns

HEADINGS = (
    "fault",
    "accepted",
    "told to wait",
    "lost",
    "decided twice",
    "mailed twice",
    "slowest answer, s",
    "quiet after, s",
    "holds",
)
COUNTS = (
    *("accepted", "waits", "lost", "decided_twice", "mailed_twice"),
    *("slowest", "quiet_after"),
)
MUST_BE_NONE = ("lost", "decided_twice", "mailed_twice")

Found = Mapping[str, Any]


def table(found: Sequence[Found]) -> str:
    rows = [_row(one) for one in found]
    skipped = [
        f"SKIPPED {one['name']}: {one['skipped']}" for one in found if one["skipped"]
    ]
    skipped += [_revival(one) for one in found if one.get("revived")]
    shown = [row for row in rows if row]
    return "\n".join([columns(HEADINGS, shown), *skipped])


def failures(found: Sequence[Found]) -> list[str]:
    return [
        f"{one['name']}: {breach}"
        for one in found
        if not one["skipped"]
        for breach in [*_counted(one), *one["breaches"]]
    ]


def _row(one: Found) -> tuple[str, ...]:
    if one["skipped"]:
        return ()
    return (
        one["name"],
        str(one["accepted"]),
        str(one["waits"]),
        str(one["lost"]),
        str(one["decided_twice"]),
        str(one["mailed_twice"]),
        f"{one['slowest']:.1f}",
        f"{one['quiet_after']:.1f}",
        "no" if failures([one]) else "yes",
    )


def _revival(one: Found) -> str:
    who = ", ".join(one["revived"])
    return f"STARTED AGAIN after {one['name']}: {who}"


def _counted(one: Found) -> list[str]:
    return [
        f"{name.replace('_', ' ')}: {one[name]}" for name in MUST_BE_NONE if one[name]
    ]
