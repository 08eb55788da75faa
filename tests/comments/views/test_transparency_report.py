"""/moderation/report/ and what it is gathered from."""

import csv
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from io import StringIO
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from comments.actions.deciding import Decider, decide
from comments.actions.moderating import remove_comment, restore_comment
from comments.models import Decision, Report, Rule
from comments.report.periods import Period
from comments.report.records import gather
from comments.report.transparency import Origins, Times
from comments.states import Measure, State
from tests import build, cast, records

pytestmark = pytest.mark.django_db
REPORT = "/moderation/report/"
NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
NOVEMBER = Period(2026, 11)


@pytest.fixture(autouse=True)
def november() -> Iterator[Any]:
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


def counts() -> dict[tuple[str, str], tuple[int, int]]:
    found = gather(NOVEMBER).decisions
    return {(c.rule, c.outcome): (c.moderators, c.machine) for c in found}


def test_decisions_by_rule_kind_and_outcome() -> None:
    build.rejected(body="One.")
    records.rejected_by_machine(body="Two.")
    build.removed(body="Three.")
    records.measure(Measure.SUSPEND, build.published(body="Four."))
    assert counts() == {
        ("", "held"): (0, 1),
        ("", "published"): (0, 2),
        ("harm", "rejected"): (0, 1),
        ("person", "rejected"): (1, 0),
        ("person", "removed"): (1, 0),
        ("person", "suspend"): (1, 0),
    }
    assert gather(NOVEMBER).accounts == {"limit": 0, "suspend": 1, "warn": 0}


def test_what_was_undone_is_counted_apart() -> None:
    records.undone(build.rejected())
    report = gather(NOVEMBER)
    assert report.undone == 1
    assert [c.outcome for c in report.decisions] == ["held"]


def test_the_report_counts_what_the_log_shows(client: Client) -> None:
    build.rejected(body="One.")
    records.appealed(build.rejected(body="Two."), Measure.UPHOLD)
    records.undone(build.rejected(body="Three."))
    shown = client.get("/moderation/log/?show=all&month=2026-11").context["items"]
    standing = [i for i in shown if not (i.undone_by or i.decision.is_undo)]
    assert gather(NOVEMBER).total == len(standing)


def test_what_led_to_refusals() -> None:
    build.rejected(body="Found by ourselves.")
    records.removed_after(Report.Source.MEMBER)
    both = records.removed_after(Report.Source.NOTICE)
    records.reported(both.comment, Report.Source.MEMBER, both, Report.Outcome.ACTED)
    assert gather(NOVEMBER).origins == Origins(notices=1, reports=1, own_initiative=1)


def test_how_long_held_texts_waited(november: Any) -> None:
    items = [build.held(body=f"Number {number}.") for number in range(3)]
    for item, hours in zip(items, (1, 2, 4), strict=True):
        november.move_to(NOW + timedelta(hours=hours))
        by = Decider.moderator(cast.mia())
        decide(item.revision, to=State.PUBLISHED, by=by)
    hour = 3600
    assert gather(NOVEMBER).waits == Times(3, 2 * hour, 3.6 * hour)


def test_reports_and_notices_received(november: Any) -> None:
    comment = build.published()
    records.reported(comment)
    notice = records.reported(comment, Report.Source.NOTICE)
    november.move_to(NOW + timedelta(hours=5))
    notice.outcome, notice.decided_at = Report.Outcome.KEPT, datetime.now(UTC)
    notice.save()
    report = gather(NOVEMBER)
    member, from_outside = report.received
    assert (member.source, member.pending) == ("member", 1)
    assert (from_outside.source, from_outside.kept) == ("notice", 1)
    assert report.report_times == Times()
    assert report.notice_times == Times(1, 5 * 3600, 5 * 3600)


def test_what_of_the_machines_verdicts_was_reversed() -> None:
    build.published(body="Stays.")
    removed = build.removed(body="Goes.")
    restore_comment(removed, moderator=cast.mia(), reason=build.reason())
    remove_comment(build.fresh(removed), moderator=cast.mia(), reason=build.reason())
    refused = records.rejected_by_machine(body="Let in.")
    text = build.text_of(refused.comment)
    by = Decider.moderator(cast.mia())
    decide(text, to=State.PUBLISHED, by=by, reason=build.reason())
    report = gather(NOVEMBER)
    assert report.reversed == 2
    assert report.automation.decided.part == 3


def test_a_moderators_own_change_of_mind_is_not_the_machines() -> None:
    decision = build.rejected()
    by = Decider.moderator(cast.max_())
    text = build.text_of(decision.comment)
    decide(text, to=State.PUBLISHED, by=by, reason=build.reason())
    assert gather(NOVEMBER).reversed == 0


def test_appeals_and_their_outcome(november: Any) -> None:
    records.appealed(build.rejected(body="One."))
    ruled = build.rejected(body="Two.")
    records.appealed(ruled, Measure.OVERTURN)
    records.appealed(build.rejected(body="Three."), Measure.UPHOLD)
    appeals = gather(NOVEMBER).appeals
    assert (appeals.received, appeals.upheld) == (3, 1)
    assert (appeals.overturned, appeals.pending) == (1, 1)
    assert appeals.times == Times(2, 0, 0)


def test_second_opinions() -> None:
    records.second_opinion(build.rejected(body="One."), approves=False)
    records.second_opinion(build.rejected(body="Two."), approves=True)
    opinions = gather(NOVEMBER).second_opinions
    assert (opinions.pairs, opinions.agree) == (2, 1)
    assert (opinions.both_refuse, opinions.second_only) == (1, 1)


def test_a_period_has_what_was_in_it_and_no_more(november: Any) -> None:
    november.move_to(datetime(2026, 10, 31, 23, 59, 59, tzinfo=UTC))
    build.rejected(body="October.")
    november.move_to(datetime(2026, 11, 1, tzinfo=UTC))
    build.rejected(body="November.")
    assert counts()["person", "rejected"] == (1, 0)
    assert gather(Period(2026, 10)).total == gather(NOVEMBER).total == 2
    assert gather(Period(2026)).total == 4


# --- The pages ------------------------------------------------------------


def test_no_records_no_periods(client: Client) -> None:
    assert "With the first one" in client.get(REPORT).content.decode()


def test_the_periods_there_are(client: Client, november: Any) -> None:
    november.move_to(datetime(2025, 12, 30, tzinfo=UTC))
    build.rejected()
    november.move_to(datetime(2026, 2, 1, tzinfo=UTC))
    html = client.get(REPORT).content.decode()
    for slug in ("2025", "2025-12", "2026", "2026-01", "2026-02"):
        assert f'href="{REPORT}{slug}/"' in html
    assert f"{REPORT}2025-11/" not in html
    assert f"{REPORT}2026-03/" not in html


@pytest.mark.parametrize("slug", ["2026", "2026-11"])
def test_the_page_has_tables_with_heads(client: Client, slug: str) -> None:
    build.rejected()
    html = client.get(f"{REPORT}{slug}/").content.decode()
    assert "Argue with the claim" in html
    assert 'href="/rules/#rule-person"' in html
    assert html.count("<table") == html.count("<caption") == 7
    assert html.count("<th") == html.count("<th scope=") + html.count("<thead")
    assert "So far; the period is not over." in html
    assert "not enough data" in html


def test_a_period_without_anything_says_so(client: Client) -> None:
    html = client.get(f"{REPORT}1999/").content.decode()
    assert "Nothing was reported, decided or appealed in 1999." in html
    assert client.get(f"{REPORT}1999.json").json()["decisions"] == []


@pytest.mark.parametrize("slug", ["2027", "2026-12", "2026-13", "0000", "9999", "26"])
@pytest.mark.parametrize("end", ["/", ".csv", ".json"])
def test_what_has_not_come_yet_is_404(client: Client, slug: str, end: str) -> None:
    assert client.get(f"{REPORT}{slug}{end}").status_code == 404


def test_writing_to_it_is_refused(client: Client) -> None:
    for address in ("", "2026/", "2026.csv", "2026.json"):
        assert client.post(REPORT + address).status_code == 405


def test_csv_and_json_say_the_same(client: Client) -> None:
    build.rejected()
    response = client.get(f"{REPORT}2026-11.csv")
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    rows = list(csv.reader(StringIO(response.content.decode())))
    said = client.get(f"{REPORT}2026-11.json").json()
    assert ["decisions_total", "", "", str(said["decisions_total"])] in rows
    assert {len(row) for row in rows} == {4}


def test_a_rule_that_looks_like_a_formula_calculates_nothing(client: Client) -> None:
    Rule.objects.filter(code="person").update(title="=HYPERLINK(1)")
    build.rejected()
    text = client.get(f"{REPORT}2026.csv").content.decode()
    assert ",'=HYPERLINK(1)\r\n" in text


def test_a_period_that_is_over_is_kept_an_hour(client: Client, november: Any) -> None:
    build.rejected(body="One.")
    november.move_to(datetime(2026, 12, 2, tzinfo=UTC))
    client.get(f"{REPORT}2026-11.json")
    with CaptureQueriesContext(connection) as queries:
        client.get(f"{REPORT}2026-11.json")
    assert len(queries) == 0


def test_a_running_period_is_always_new(client: Client) -> None:
    build.rejected(body="One.")
    before = client.get(f"{REPORT}2026-11.json").json()["decisions_total"]
    build.rejected(body="Two.")
    assert client.get(f"{REPORT}2026-11.json").json()["decisions_total"] == before + 2


def test_the_number_of_queries_does_not_grow(client: Client) -> None:
    def counted() -> int:
        with CaptureQueriesContext(connection) as queries:
            client.get(f"{REPORT}2026/")
        return len(queries)

    build.rejected(body="One.")
    few = counted()
    for number in range(5):
        records.appealed(build.rejected(body=f"Number {number}."), Measure.UPHOLD)
        records.rejected_by_machine(body=f"Machine {number}.")
    assert Decision.objects.count() > 20
    assert counted() == few <= 11
