"""Each fault is named once, in the lane where it happens."""

from bench.tables import columns
from faults import names, table
from faults.all import FAULTS
from faults.names import LANES, LONG, TOGETHER, wanted

CALM = {
    "name": "nothing",
    "skipped": "",
    "accepted": 20,
    "waits": 1,
    "lost": 0,
    "decided_twice": 0,
    "mailed_twice": 0,
    "slowest": 0.25,
    "quiet_after": 3.0,
    "breaches": [],
}


def test_every_fault_has_a_name_and_a_lane() -> None:
    named = [name for each in LANES.values() for name in each]
    assert sorted(named) == sorted(FAULTS)
    assert sorted(lane for row in TOGETHER for lane in row) == sorted(LANES)


def test_a_word_picks_faults_wherever_they_are() -> None:
    short = {lane: list(all_) for lane, all_ in LANES.items() if lane not in LONG}
    assert wanted([]) == short
    assert wanted(["10,000"]) == {"backlog": list(LANES["backlog"])}
    assert wanted(["frozen", "NOTHING"]) == {
        "workers": ["nothing"],
        "redis": ["Redis frozen for 10 s"],
    }
    assert wanted(["no such fault"]) == {}


def test_what_holds_is_a_row() -> None:
    row = ("nothing", "20", "1", "0", "0", "0", "0.2", "3.0", "yes")
    assert table.table([CALM]) == columns(table.HEADINGS, [row])
    assert table.failures([CALM]) == []


def test_what_does_not_hold_is_said() -> None:
    broken = {**CALM, "lost": 2, "breaches": ["comment 7: has no text"]}
    assert "no" in table.table([broken]).splitlines()[1].split()
    assert table.failures([broken]) == [
        "nothing: lost: 2",
        "nothing: comment 7: has no text",
    ]


def test_what_can_not_be_had_here_is_said_with_its_reason() -> None:
    away = {"name": "clock", "skipped": "no libfaketime", "seconds": 0.0}
    assert "SKIPPED clock: no libfaketime" in table.table([away])
    assert table.failures([away]) == []
    assert names.wanted(["clock"])
