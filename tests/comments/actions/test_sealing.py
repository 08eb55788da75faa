"""What is sealed about a decision, and that older entries keep their word."""

import json
from typing import Any

import pytest
from django.db import connection

from comments.actions import sealing
from comments.actions.deciding import Decider, Reason, decide
from comments.actions.sealing import facts_of, seal, verify
from comments.models import Decision, LogEntry, guard
from comments.record.chain import canonical, digest, hash_of
from comments.states import Measure, State
from tests import build, records

pytestmark = pytest.mark.django_db


def body_of(decision: Decision) -> dict[str, Any]:
    seal()
    said: dict[str, Any] = json.loads(LogEntry.objects.get(decision=decision).body)
    return said


def test_a_move_is_sealed_with_its_text_rule_and_version() -> None:
    decision = build.rejected()
    assert body_of(decision) == {
        "position": 2,
        "decision": decision.pk,
        "at": decision.created_at.isoformat(),
        "comment": decision.comment_id,
        "text": 1,
        "from": "held",
        "to": "rejected",
        "measure": "",
        "until": None,
        "by": "moderator",
        "rule": "person",
        "rule_version": 1,
        "policy_version": None,
        "about": None,
        "undo": False,
        "explanation_sha256": digest("About the person."),
    }


def test_the_machines_policy_is_sealed() -> None:
    text = build.text_of(build.comment())
    reason = Reason(policy_version=12)
    decision = decide(text, to=State.HELD, by=Decider.machine(), reason=reason)
    assert body_of(decision)["policy_version"] == 12


def test_an_undo_is_sealed_with_what_it_undoes() -> None:
    decision = build.rejected()
    undo = records.undone(decision)
    said = body_of(undo)
    assert (said["about"], said["undo"]) == (decision.pk, True)


@pytest.mark.parametrize(
    "kind", [Measure.WARN, Measure.LIMIT, Measure.SUSPEND, Measure.LIFT]
)
def test_a_measure_is_sealed_without_the_comment(kind: Measure) -> None:
    made = records.measure(kind)
    said = body_of(made)
    assert said["measure"] == kind
    assert said["until"] == (made.until.isoformat() if made.until else None)
    assert not said.keys() & {"comment", "text"}


def test_so_is_the_ruling_on_an_appeal_against_it() -> None:
    appeal = records.appealed(records.measure(Measure.SUSPEND), Measure.OVERTURN)
    assert appeal.ruling
    said = body_of(appeal.ruling)
    assert said["about"] == appeal.decision_id
    assert "comment" not in said


def test_the_ruling_on_a_removal_names_its_comment() -> None:
    appeal = records.appealed(build.rejected(), Measure.UPHOLD)
    assert appeal.ruling
    assert body_of(appeal.ruling)["comment"] == appeal.decision.comment_id


def test_one_run_seals_all_that_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sealing, "BATCH", 2)
    for number in range(5):
        build.published(body=f"Number {number}.")
    assert seal() == 5
    assert list(LogEntry.objects.values_list("position", flat=True)) == [1, 2, 3, 4, 5]
    assert verify() is None


def test_a_run_ends_and_the_next_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sealing, "BATCH", 1)
    monkeypatch.setattr(sealing, "MOST_BATCHES", 2)
    for number in range(3):
        build.published(body=f"Number {number}.")
    assert [seal(), seal(), seal()] == [2, 1, 0]


# --- Entries of earlier versions ------------------------------------------

SAID_AT_FIRST = ["position", "decision", "at", "comment", "text", "from", "to"]
SAID_AT_FIRST += ["by", "rule", "explanation_sha256"]


def sealed_as(decision: Decision, *keys: str, **forged: Any) -> None:
    """The first entry, as a version that said no more than this sealed it."""
    facts = {**facts_of(decision, 1), **forged}
    body = canonical({key: facts[key] for key in keys})
    with guard.lifted(connection):
        LogEntry.objects.all().delete()
    LogEntry.objects.create(
        position=1, decision=decision, body=body, previous="0" * 64,
        hash=hash_of("0" * 64, body),
    )  # fmt: skip


def first_decision() -> Decision:
    comment = build.published()
    return comment.decisions.get()


def test_an_entry_of_the_first_version_holds() -> None:
    sealed_as(first_decision(), *SAID_AT_FIRST)
    assert verify() is None
    build.rejected(body="Sealed by this version.")
    seal()
    assert verify() is None


@pytest.mark.parametrize("key", ["by", "to", "comment", "rule", "at"])
def test_what_it_says_must_be_true(key: str) -> None:
    sealed_as(first_decision(), *SAID_AT_FIRST, **{key: "another"})
    broken = verify()
    assert broken
    assert broken == (1, "its decision says something else")


def test_it_can_not_say_less_than_the_first_version() -> None:
    keys = [key for key in SAID_AT_FIRST if key != "explanation_sha256"]
    sealed_as(first_decision(), *keys)
    assert verify() == (1, "its decision says something else")


def test_nor_what_no_version_ever_said() -> None:
    sealed_as(first_decision(), *SAID_AT_FIRST, "author", author="Ben")
    assert verify() == (1, "its decision says something else")


# --- A head noted earlier -------------------------------------------------


def test_a_noted_head_is_found_again() -> None:
    build.rejected()
    seal()
    noted = LogEntry.objects.get(position=1).hash
    assert verify(noted) is None


def test_a_log_made_anew_has_lost_it() -> None:
    """Who owns the server can drop the end together with its decisions."""
    build.published(body="Stays.")
    last = build.published(body="Is made undone.").decisions.get()
    seal()
    noted = last.log_entry.hash
    with guard.lifted(connection):
        LogEntry.objects.filter(decision=last).delete()
        Decision.objects.filter(pk=last.pk)._raw_delete("default")
    assert verify() is None
    assert verify(noted) == (2, "the hash you noted is no longer there")
