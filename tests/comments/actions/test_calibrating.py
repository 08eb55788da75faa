"""Second opinions: what comes back, to whom, and what they leave."""

from datetime import timedelta
from http import HTTPStatus
from typing import Any

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from comments.actions.calibrating import calibrate, is_chosen
from comments.actions.deciding import (
    Decider,
    Reason,
    ReasonMissing,
    StaleDecision,
    decide,
    decide_item,
)
from comments.actions.judging import judge_item
from comments.actions.posting import withdraw_comment
from comments.actions.verdicts import Verdict
from comments.audit import audit
from comments.models import Decision, Notification, QueueItem, SecondOpinion
from comments.states import State
from ethicsforum.accounts.models import User
from tests import build, cast

pytestmark = pytest.mark.django_db
APPROVE = Verdict(True, 1, Reason())


@pytest.fixture(autouse=True)
def everything_comes_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("comments.actions.calibrating.is_chosen", lambda *_: True)


def refuse() -> Verdict:
    return Verdict(False, 1, build.reason("contempt"))


def decided(to: State = State.PUBLISHED, **fields: Any) -> Decision:
    """By Mia, two minutes ago: past the time to undo it."""
    with time_machine.travel(timezone.now() - timedelta(minutes=2), tick=False):
        item = build.held(**fields)
        by = Decider.moderator(cast.mia())
        why = build.reason() if to == State.REJECTED else Reason()
        return decide_item(item, version=1, to=to, by=by, reason=why)


def second_look(to: State = State.PUBLISHED, **fields: Any) -> QueueItem:
    decided(to, **fields)
    calibrate()
    return QueueItem.objects.waiting().get()


@pytest.mark.parametrize("to", [State.PUBLISHED, State.REJECTED])
def test_it_comes_back_as_it_first_waited(max_: User, to: State) -> None:
    decision = decided(to)
    assert calibrate() == 1
    first, second = QueueItem.objects.order_by("pk")
    assert second.first_decision == decision
    for field in ("kind", "comment", "revision", "findings", "severity"):
        assert getattr(second, field) == getattr(first, field)
    assert second.due_at - second.opened_at == first.due_at - first.opened_at
    assert second.opened_at > first.opened_at
    assert list(audit()) == []


def test_nothing_comes_back_twice(max_: User) -> None:
    decided()
    assert [calibrate(), calibrate()] == [1, 0]
    judge_item(QueueItem.objects.waiting().get(), APPROVE, moderator=max_)
    assert calibrate() == 0


def test_the_database_refuses_a_second_second_look(max_: User) -> None:
    item = second_look()
    item.pk = None
    item.closed_at = timezone.now()
    with pytest.raises(IntegrityError), transaction.atomic():
        item.save(force_insert=True)


def test_it_is_hidden_from_the_one_who_decided(max_: User) -> None:
    item = second_look()
    assert item not in QueueItem.objects.waiting().for_moderator(cast.mia())
    assert item in QueueItem.objects.waiting().for_moderator(max_)


def test_nothing_comes_back_where_there_is_nobody_else() -> None:
    decided()
    assert calibrate() == 0


def test_off_is_off(max_: User, settings: Any) -> None:
    settings.CALIBRATION_PERCENT = 0
    decided()
    assert calibrate() == 0


def too_early() -> None:
    item = build.held()
    by = Decider.moderator(cast.mia())
    decide_item(item, version=1, to=State.PUBLISHED, by=by)


def too_late() -> None:
    with time_machine.travel(timezone.now() - timedelta(days=2)):
        decided()


def undone() -> None:
    decision = decided(State.REJECTED)
    decision.revision.refresh_from_db()
    back = Reason(about=decision, is_undo=True)
    by = Decider.moderator(cast.mia())
    decide(decision.revision, to=State.HELD, by=by, reason=back)
    QueueItem.objects.waiting().get().delete()


def reversed_later() -> None:
    text = decided(State.REJECTED).revision
    text.refresh_from_db()
    decide(text, to=State.PUBLISHED, by=Decider.moderator(cast.max_()))


def withdrawn() -> None:
    withdraw_comment(decided().comment)


def decided_by_the_machine() -> None:
    build.published()


@pytest.mark.parametrize(
    "case",
    [
        too_early,
        too_late,
        undone,
        reversed_later,
        withdrawn,
        decided_by_the_machine,
    ],
)
def test_what_does_not_come_back(max_: User, case: Any) -> None:
    case()
    assert calibrate() == 0


@pytest.mark.parametrize("to", [State.PUBLISHED, State.REJECTED])
def test_the_opinion_is_written_and_the_text_stays(max_: User, to: State) -> None:
    item = second_look(to)
    decisions, notices = Decision.objects.count(), Notification.objects.count()
    opinion = judge_item(item, refuse(), moderator=max_)
    assert isinstance(opinion, SecondOpinion)
    assert opinion.first == item.first_decision
    assert opinion.first_approves is (to == State.PUBLISHED)
    assert (opinion.approves, opinion.rule) == (False, build.rule("contempt"))
    assert opinion.agrees is (to == State.REJECTED)
    assert Decision.objects.count() == decisions
    assert Notification.objects.count() == notices
    item.refresh_from_db()
    assert (item.closing_decision, item.version) == (None, 2)
    assert item.closed_at is not None
    assert build.fresh(item.comment).state == to
    assert list(audit()) == []


def test_an_approval_names_no_rule(max_: User) -> None:
    verdict = Verdict(True, 1, build.reason())
    opinion = judge_item(second_look(), verdict, moderator=max_)
    assert isinstance(opinion, SecondOpinion)
    assert (opinion.approves, opinion.rule) == (True, None)


def test_a_refusal_needs_a_rule_as_any_other(max_: User) -> None:
    with pytest.raises(ReasonMissing):
        judge_item(second_look(), Verdict(False, 1, Reason()), moderator=max_)
    assert QueueItem.objects.waiting().count() == 1


def test_the_one_who_decided_is_refused(max_: User) -> None:
    item = second_look()
    with pytest.raises(PermissionDenied):
        judge_item(item, APPROVE, moderator=cast.mia())
    assert not SecondOpinion.objects.exists()


def test_two_at_once_leave_one_opinion(max_: User) -> None:
    item = second_look()
    judge_item(item, APPROVE, moderator=max_)
    with pytest.raises(StaleDecision):
        judge_item(item, refuse(), moderator=cast.root())
    assert SecondOpinion.objects.get().approves


def test_another_version_is_stale(max_: User) -> None:
    with pytest.raises(StaleDecision):
        judge_item(second_look(), Verdict(True, 7, Reason()), moderator=max_)


def test_a_text_that_its_author_withdraws_needs_no_opinion(max_: User) -> None:
    item = second_look()
    withdraw_comment(item.comment)
    decision = Decision.objects.get(to_state=State.WITHDRAWN)
    item.refresh_from_db()
    assert (item.is_open, item.closing_decision) == (False, decision)
    with pytest.raises(StaleDecision) as stale:
        judge_item(item, APPROVE, moderator=max_)
    assert stale.value.decision == decision
    assert list(audit()) == []


def test_a_hidden_text_does_not_wait_by_a_second_look_alone(max_: User) -> None:
    item = second_look()
    item.revision.refresh_from_db()
    decide(item.revision, to=State.HELD, by=Decider.machine())
    assert any("no moderator will find it" in line for line in audit())


@pytest.mark.parametrize("to", [State.PUBLISHED, State.REJECTED])
def test_nothing_on_the_page_tells_it_from_others(
    client: Client, max_: User, to: State
) -> None:
    item = second_look(to, body="The text.")
    other = build.held(body="The text.", author=cast.cleo())
    client.force_login(max_)
    pages = []
    for each in (item, other):
        response = client.get(each.get_desk_url())
        assert response.status_code == HTTPStatus.OK
        pages.append(_bare(response.content.decode(), each))
    assert len(pages[0]) == len(pages[1])
    for word in ("second opinion", "second look", "An edit", "Mia", 'published"'):
        assert word not in pages[0]


def _bare(html: str, item: QueueItem) -> list[str]:
    """The tags of the card, without ids, times and names."""
    card = html.split('<article class="card"')[1].split("</article>", maxsplit=1)[0]
    return [part.split(">")[0].split()[0] for part in card.split("<")[1:]]


class TestTheShare:
    """Of 2,000 decisions, by the hash alone."""

    @pytest.mark.parametrize(("percent", "low", "high"), [(2, 20, 62), (20, 330, 470)])
    def test_it_is_about_right(self, percent: int, low: int, high: int) -> None:
        chosen = [pk for pk in range(1, 2001) if is_chosen(pk, percent)]
        assert low < len(chosen) < high

    def test_it_is_always_the_same(self) -> None:
        first = [is_chosen(pk, 20) for pk in range(2000)]
        assert first == [is_chosen(pk, 20) for pk in range(2000)]

    def test_a_larger_share_has_the_smaller_one_in_it(self) -> None:
        small = {pk for pk in range(2000) if is_chosen(pk, 2)}
        assert small <= {pk for pk in range(2000) if is_chosen(pk, 10)}

    def test_it_is_another_with_another_key(self, settings: Any) -> None:
        first = [is_chosen(pk, 20) for pk in range(2000)]
        settings.SECRET_KEY = "another"
        assert first != [is_chosen(pk, 20) for pk in range(2000)]
