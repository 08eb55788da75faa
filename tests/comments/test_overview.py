"""The numbers of the overview, from rows whose answer is known."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine

from comments.actions.deciding import Decider, Reason, decide, decide_item
from comments.actions.moderating import restore_comment
from comments.actions.posting import withdraw_comment
from comments.models import Appeal, Comment, Decision, QueueItem, SecondOpinion
from comments.overview import overview, reckon, waiting_for
from comments.overview.waiting import Waiting
from comments.states import DeciderKind, Measure, State
from ethicsforum.accounts.models import User
from tests import build, cast

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 5, 20, 15, 0, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture(autouse=True)
def at_three_in_the_afternoon() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


def held(ago: timedelta, **fields: Any) -> QueueItem:
    with time_machine.travel(NOW - ago, tick=False):
        return build.held(**fields)


def decided(
    ago: timedelta, waited: timedelta = HOUR, to: State = State.PUBLISHED, **fields: Any
) -> Decision:
    """By Mia, so long ago, after it had waited for so long."""
    item = held(ago + waited, **fields)
    with time_machine.travel(NOW - ago, tick=False):
        by = Decider.moderator(cast.mia())
        why = build.reason() if to == State.REJECTED else Reason()
        return decide_item(item, version=1, to=to, by=by, reason=why)


def refused(ago: timedelta = DAY, **fields: Any) -> Decision:
    return decided(ago, to=State.REJECTED, **fields)


def second_opinion(first: Decision, approves: bool) -> SecondOpinion:
    item = QueueItem.objects.create(
        comment=first.comment,
        revision=first.revision,
        first_decision=first,
        closed_at=NOW,
    )
    return SecondOpinion.objects.create(
        item=item,
        first=first,
        first_approves=first.to_state == State.PUBLISHED,
        approves=approves,
        rule=None if approves else build.rule("contempt"),
    )


class TestWaiting:
    def number(self, waiting: Waiting, queue: str) -> int:
        return next(tab.count.number for tab in waiting.tabs if tab.queue == queue)

    def test_an_empty_forum(self, mia: User) -> None:
        waiting = waiting_for(mia)
        assert [tab.count.number for tab in waiting.tabs] == [0] * 5
        assert (waiting.oldest, waiting.overdue.number) == (None, 0)

    def test_each_tab_counts_its_own(self, mia: User) -> None:
        plain, snoozed, mine = (held(HOUR, body=word) for word in "abc")
        QueueItem.objects.filter(pk=snoozed.pk).update(snoozed_until=NOW + HOUR)
        QueueItem.objects.filter(pk=mine.pk).update(
            claimed_by=mia, claimed_until=NOW + HOUR
        )
        QueueItem.objects.create(
            kind="reported", comment=plain.comment, revision=plain.revision
        )
        waiting = waiting_for(mia)
        found = {tab.queue: tab.count.number for tab in waiting.tabs}
        assert found == {
            "waiting": 2,
            "reported": 1,
            "appeals": 0,
            "snoozed": 1,
            "mine": 1,
        }
        reported = waiting.tabs[1]
        assert reported.address == "/admin/comments/queueitem/?queue=reported"

    def test_an_appeal_counts_for_others_alone(self, mia: User, max_: User) -> None:
        decision = refused()
        appeal = Appeal.objects.create(decision=decision, due_at=NOW + DAY)
        QueueItem.objects.create(
            kind="appeal",
            comment=decision.comment,
            revision=decision.revision,
            appeal=appeal,
            first_decision=decision,
            due_at=appeal.due_at,
        )
        assert self.number(waiting_for(mia), "appeals") == 0
        theirs = waiting_for(max_)
        assert self.number(theirs, "appeals") == 1
        assert theirs.appeals_due.number == 1

    def test_the_oldest_and_the_overdue(self, mia: User) -> None:
        held(3 * HOUR, body="In time.")
        late = held(25 * HOUR, body="Late.")
        waiting = waiting_for(mia)
        assert waiting.oldest == late.opened_at
        assert waiting.overdue.number == 1

    def test_what_is_overdue_in_each_line_counts(self, mia: User) -> None:
        late = [held(25 * HOUR, body=word) for word in "ab"]
        QueueItem.objects.create(
            kind="reported",
            comment=late[0].comment,
            revision=late[0].revision,
            due_at=NOW - HOUR,
        )
        assert waiting_for(mia).overdue.number == 3

    def test_counting_stops_at_the_cap(
        self, mia: User, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("comments.overview.waiting.CAP", 2)
        for number in range(4):
            held(HOUR, body=f"Number {number}.")
        count = waiting_for(mia).tabs[0].count
        assert (count.is_capped, count.shown, count.number) == (True, 2, 3)


class TestFlow:
    def test_days(self) -> None:
        decided(timedelta(), waited=2 * DAY, body="a")
        decided(13 * DAY, body="b")
        decided(14 * DAY, body="too long ago")
        held(DAY, body="d")
        days = reckon().flow.days
        assert len(days) == 14
        assert {day.date.day: day.arrived for day in days if day.arrived} == {
            7: 1,
            18: 1,
            19: 1,
        }
        assert {day.date.day: day.decided for day in days if day.decided} == {
            7: 1,
            20: 1,
        }

    def test_second_looks_neither_arrive_nor_wait(self, mia: User) -> None:
        first = decided(40 * DAY)
        second_opinion(first, approves=True)
        flow = reckon().flow
        assert not flow.has_days
        assert flow.times.number == 0

    def test_times(self) -> None:
        for hours in range(1, 12):
            decided(DAY, waited=hours * HOUR, body=f"Waited {hours}.")
        decided(31 * DAY, waited=DAY, body="too long ago")
        times = reckon().flow.times
        assert (times.number, times.median, times.ninetieth) == (
            11,
            6 * 3600,
            10 * 3600,
        )
        assert times.spans == [0, 3, 8, 0, 0, 0]

    def test_what_its_author_withdrew_was_not_decided(self) -> None:
        withdraw_comment(held(HOUR).comment)
        flow = reckon().flow
        assert flow.times.number == 0
        assert sum(day.decided for day in flow.days) == 0

    def test_at_most_so_many_of_the_newest_are_read(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("comments.overview.flow.MOST_READ", 2)
        for days in (1, 2, 3):
            decided(days * DAY, waited=days * HOUR, body=f"Day {days}.")
        times = reckon().flow.times
        assert (times.number, times.median, times.is_cut) == (2, 1.5 * 3600, True)

    def test_the_machines_share(self, ben: User) -> None:
        decided(DAY, body="a")
        refused(body="b")
        for number in range(6):
            build.published(body=f"Number {number}.")
        deciders = reckon().flow.deciders
        assert (deciders.machine, deciders.moderators) == (6, 2)
        assert deciders.machine_share == 0.75


class TestReversals:
    def test_a_refusal_that_lasts(self) -> None:
        refused()
        found = reckon().reversals
        assert (found.refusals, found.overturned, found.rate) == (1, 0, 0)

    def test_an_appeal_that_was_overturned(self, max_: User) -> None:
        decision = refused()
        ruling = Decision.objects.create(
            comment=decision.comment,
            revision=decision.revision,
            number=9,
            measure=Measure.OVERTURN,
            decider_kind=DeciderKind.MODERATOR,
            decider=max_,
        )
        Appeal.objects.create(decision=decision, ruling=ruling, outcome="overturned")
        assert reckon().reversals.overturned == 1

    def test_a_removal_that_was_reversed(self) -> None:
        comment = build.removed()
        why = Reason(explanation="It was fine.")
        restore_comment(comment, moderator=cast.mia(), reason=why)
        assert reckon().reversals.rate == 1

    def test_an_undone_refusal_is_none(self) -> None:
        decision = refused()
        text = build.text_of(decision.comment)
        by = Decider.moderator(cast.mia())
        decide(text, to=State.HELD, by=by, reason=Reason(about=decision, is_undo=True))
        decide(text, to=State.PUBLISHED, by=by)
        assert reckon().reversals.rate is None

    def test_old_refusals_and_the_machines_do_not_count(self) -> None:
        refused(91 * DAY)
        text = build.text_of(build.comment(body="Spam."))
        decide(text, to=State.REJECTED, by=Decider.machine(), reason=build.reason())
        assert reckon().reversals.refusals == 0

    def test_by_rule_the_most_used_first(self) -> None:
        refused(body="a")
        refused(body="b")
        comment = build.removed(body="c")
        text = build.text_of(comment)
        decide(text, to=State.PUBLISHED, by=Decider.moderator(cast.mia()))
        text = build.held(body="d").revision
        by, other = Decider.moderator(cast.mia()), build.reason("contempt")
        decide(text, to=State.REJECTED, by=by, reason=other)
        rows = reckon().reversals.rules
        assert [(row.refusals, row.overturned) for row in rows] == [(3, 1), (1, 0)]
        assert rows[0].title == build.rule("person").title


class TestArticles:
    def test_those_with_the_most_waiting_first(self) -> None:
        calm, busy = build.article("calm"), build.article("busy", title="Busy")
        for number in range(3):
            build.published(under=calm, body=f"Calm {number}.")
        held(DAY, under=calm, body="Calm, held.")
        for number in range(2):
            held(HOUR, under=busy, body=f"Busy {number}.")
        rows = reckon().articles
        assert [(row.title, row.waiting, row.held_share) for row in rows] == [
            ("Busy", 2, 1),
            (calm.title, 1, 0.25),
        ]

    def test_one_that_waits_since_long_ago_has_no_share(self) -> None:
        held(40 * DAY)
        (row,) = reckon().articles
        assert (row.waiting, row.held_share) == (1, None)


class TestOpinions:
    def test_too_few(self) -> None:
        second_opinion(decided(DAY), approves=True)
        found = reckon().opinions
        assert (found.pairs, found.agreeing, found.agreement) == (1, 1, None)

    def test_agreement_and_the_latest_disagreements(self) -> None:
        for number in range(6):
            second_opinion(decided(DAY, body=f"Up {number}."), approves=True)
            second_opinion(refused(body=f"Down {number}."), approves=False)
        up = second_opinion(decided(DAY, body="Up."), approves=False)
        down = second_opinion(refused(body="Down."), approves=True)
        found = reckon().opinions
        assert (found.pairs, found.differing) == (14, 2)
        assert found.agreement is not None
        assert found.agreement.kappa == pytest.approx(5 / 7)
        latest, earlier = found.disagreements
        assert (latest.comment_id, latest.first_approves) == (
            down.first.comment_id,
            False,
        )
        assert latest.rule == build.rule("person").title
        assert (earlier.comment_id, earlier.first_approves) == (
            up.first.comment_id,
            True,
        )
        assert earlier.rule == build.rule("contempt").title

    def test_five_disagreements_are_enough(self) -> None:
        for number in range(7):
            second_opinion(decided(DAY, body=f"Number {number}."), approves=False)
        assert len(reckon().opinions.disagreements) == 5


def test_an_empty_forum_is_empty(db: None) -> None:
    assert reckon().is_empty
    held(HOUR)
    assert not reckon().is_empty


def test_it_is_kept_for_five_minutes() -> None:
    first = overview()
    held(HOUR)
    with time_machine.travel(NOW + timedelta(seconds=299), tick=False):
        assert overview() == first
    with time_machine.travel(NOW + timedelta(seconds=301), tick=False):
        assert not overview().is_empty


def test_nobody_is_named(max_: User) -> None:
    second_opinion(refused(), approves=True)
    held(HOUR, author=cast.ben(), body="Waits.")
    told = repr(reckon())
    assert Comment.objects.count() == 2
    for name in ("Mia", "Max", "Ben", "example.org"):
        assert name not in told
