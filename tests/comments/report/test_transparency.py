"""What the report adds up, and how it is written down: no database."""

import csv
from datetime import UTC, datetime
from io import StringIO
from typing import Any

import pytest
from django.utils import timezone

from comments.report.periods import Period, months
from comments.report.spreadsheet import csv_of
from comments.report.transparency import (
    Appeals,
    DecisionCount,
    Report,
    SecondOpinions,
    Share,
    Times,
    as_json,
    as_rows,
    count_decisions,
    count_reports,
    percentile,
)
from comments.templatetags.transparency import duration, percent


@pytest.mark.parametrize(
    ("values", "share", "expected"),
    [
        ([], 0.5, None),
        ([7], 0.9, 7),
        ([1, 2, 3], 0.5, 2),
        ([1, 2, 3, 4], 0.5, 2.5),
        ([0, 10], 0.9, 9),
        (list(range(101)), 0.9, 90),
    ],
)
def test_a_percentile(
    values: list[float], share: float, expected: float | None
) -> None:
    assert percentile(values, share) == expected


def test_times_need_no_order() -> None:
    assert Times.of([30, 10, 20]) == Times(3, 20, 28)
    assert Times.of([]) == Times(0, None, None)


@pytest.mark.parametrize(
    ("part", "whole", "expected", "words"),
    [
        (4, 4, None, "not enough data"),
        (0, 0, None, "not enough data"),
        (1, 5, 20.0, "20.0 %"),
        (1, 3000, 0.0, "0.0 %"),
    ],
)
def test_a_share_of_too_few_is_none(
    part: int, whole: int, expected: float | None, words: str
) -> None:
    assert Share(part, whole).percent == expected
    assert percent(Share(part, whole)) == words


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (None, "–"),
        (0.4, "0 seconds"),
        (1, "1 second"),
        (119, "119 seconds"),
        (600, "10 minutes"),
        (3 * 3600, "3.0 hours"),
        (5 * 86400, "5.0 days"),
    ],
)
def test_a_duration(seconds: float | None, words: str) -> None:
    assert duration(seconds) == words


def test_decisions_are_counted_by_rule_and_outcome() -> None:
    rows = [
        ("person", "moderator", "rejected", 3),
        ("person", "machine", "rejected", 2),
        (None, "machine", "published", 9),
    ]
    assert count_decisions(rows) == [
        DecisionCount("", "published", 0, 9),
        DecisionCount("person", "rejected", 3, 2),
    ]


def test_reports_are_counted_by_source_and_rule() -> None:
    rows = [
        ("member", "person", "", 1),
        ("member", "person", "acted", 4),
        ("member", "person", "kept", 2),
        ("notice", None, "withdrawn", 1),
    ]
    members, notices = count_reports(rows)
    assert (members.received, members.pending, members.acted_on) == (7, 1, Share(4, 6))
    assert (notices.rule, notices.received) == ("", 1)


REPORT = Report(
    period="2026-11",
    rules={"person": "=1+1"},
    decisions=[
        DecisionCount("", "held", 0, 50),
        DecisionCount("", "published", 10, 80),
        DecisionCount("person", "rejected", 6, 4),
        DecisionCount("person", "warn", 2),
    ],
    reversed=21,
    appeals=Appeals(upheld=3, overturned=2, pending=1),
    second_opinions=SecondOpinions(5, 1, 2, 2),
)


def test_the_machines_share_is_of_verdicts() -> None:
    """To hold a text is none."""
    assert REPORT.automation.decided == Share(84, 100)
    assert REPORT.automation.reversed == Share(21, 84)


def test_measures_against_accounts() -> None:
    assert REPORT.accounts == {"limit": 0, "suspend": 0, "warn": 2}


def test_an_empty_report_knows_it() -> None:
    assert Report("2026").is_empty
    assert not REPORT.is_empty
    assert not Report("2026", undone=1).is_empty


def test_as_json() -> None:
    said = as_json(REPORT)
    assert said["decisions_total"] == 152
    assert said["appeals"]["overturned_share"] == {
        "part": 2, "whole": 5, "percent": 40.0,
    }  # fmt: skip
    opinions = said["second_opinions"]
    assert (opinions["pairs"], opinions["agree"]) == (10, 7)
    assert opinions["kappa_low"] < opinions["kappa"] < opinions["kappa_high"]


def test_as_rows_every_row_has_four_cells() -> None:
    rows = list(as_rows(REPORT))
    assert rows[0] == ("section", "item", "measure", "value")
    assert {len(row) for row in rows} == {4}
    assert ("decisions", "person/rejected", "moderators", 6) in rows
    assert ("decisions", "none/held", "machine", 50) in rows
    assert ("automation", "", "decided_percent", 84.0) in rows
    assert ("decisions_total", "", "", 152) in rows
    assert ("accounts", "", "warn", 2) in rows


def test_csv_is_as_rfc_4180_says_and_calculates_nothing() -> None:
    text = csv_of([("a", 'b "c", d'), ("=1+1", -3), ("@x", "\tx"), ("+1", "-1")])
    assert text == ('a,"b ""c"", d"\r\n\'=1+1,-3\r\n\'@x,\'\tx\r\n\'+1,\'-1\r\n')
    assert "'=1+1" in csv_of(as_rows(REPORT))


@pytest.mark.parametrize("sign", "=+-@＝＋－＠\t\r\n")  # wide signs are meant
def test_no_cell_of_a_table_is_a_formula(sign: str) -> None:
    (row,) = csv.reader(
        StringIO(csv_of([(f"{sign}cmd|' /C calc'!A0", "b")]), newline="")
    )
    assert row[0].startswith("'")


# --- Periods --------------------------------------------------------------


@pytest.mark.parametrize("slug", ["2026", "2026-01", "2026-12", "0001", "9998"])
def test_a_period_and_its_name(slug: str) -> None:
    period = Period.parse(slug)
    assert period.slug == slug
    assert period.start < period.end


@pytest.mark.parametrize(
    "slug",
    ["", "26", "0000", "9999", "2026-13", "2026-00", "2026-1", "2026-11-01", "٢٠٢٦"],
)
def test_what_is_no_period(slug: str) -> None:
    with pytest.raises(ValueError, match=f"^{slug}$"):
        Period.parse(slug)


def test_a_month_in_the_sites_time_zone() -> None:
    with timezone.override("Pacific/Auckland"):
        assert Period.month_of(datetime(2026, 8, 31, 13, tzinfo=UTC)).slug == "2026-09"
        start = Period.parse("2026-09").start
    assert start.astimezone(UTC) == datetime(2026, 8, 31, 12, tzinfo=UTC)


def test_months_in_order_over_a_new_year() -> None:
    first, last = datetime(2026, 11, 30, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC)
    assert [m.slug for m in months(first, last)] == ["2026-11", "2026-12", "2027-01"]


@pytest.mark.parametrize(
    ("now", "over", "future"),
    [
        (datetime(2026, 10, 31, 23, 59, tzinfo=UTC), False, True),
        (datetime(2026, 11, 1, tzinfo=UTC), False, False),
        (datetime(2026, 11, 30, 23, 59, tzinfo=UTC), False, False),
        (datetime(2026, 12, 1, tzinfo=UTC), True, False),
    ],
)
def test_when_a_period_is_over(now: Any, over: bool, future: bool) -> None:
    period = Period.parse("2026-11")
    assert (period.is_over(now), period.is_future(now)) == (over, future)
