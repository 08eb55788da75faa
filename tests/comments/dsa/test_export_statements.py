"""manage.py export_statements: which refusals, with what, to where."""

import json
import re
from collections.abc import Callable
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from comments.actions.deciding import Decider, Reason, decide
from comments.demo.load import Loader
from comments.models import Decision, Report, Rule, RuleVersion
from comments.states import Measure, State
from ethicsforum.accounts.models import User
from tests import build, cast, records
from tests.comments.dsa.schema import errors

pytestmark = pytest.mark.django_db


def exported(*arguments: str) -> list[dict[str, Any]]:
    out = StringIO()
    call_command("export_statements", *arguments, stdout=out, stderr=StringIO())
    return [json.loads(line) for line in out.getvalue().splitlines()]


def only(statements: list[dict[str, Any]]) -> dict[str, Any]:
    (statement,) = statements
    assert errors(statement) == []
    return statement


def test_a_rejection_after_screening() -> None:
    decision = build.rejected()
    statement = only(exported())
    assert statement["decision_visibility"] == ["DECISION_VISIBILITY_CONTENT_DISABLED"]
    assert statement["automated_detection"] == "Yes"
    assert statement["automated_decision"] == "AUTOMATED_DECISION_NOT_AUTOMATED"
    assert statement["source_type"] == "SOURCE_VOLUNTARY"
    assert statement["puid"].endswith(f"-{decision.pk}")
    assert statement["content_language"] == "EN"
    assert statement["decision_ground_reference_url"].endswith("/rules/#rule-person")


def test_a_rejection_with_a_classifiers_score() -> None:
    saw = {"percent": 91, "by": "tone 3"}
    finding = {"screener": "classifier", "outcome": "hold", "saw": saw, "rule": None}
    text = build.text_of(build.comment())
    by, seen = Decider.machine(), Reason(findings=[finding])
    decide(text, to=State.HELD, by=by, reason=seen)
    text.refresh_from_db()
    moderator = Decider.moderator(cast.mia())
    decide(text, to=State.REJECTED, by=moderator, reason=build.reason())
    assert only(exported())["automated_decision"] == "AUTOMATED_DECISION_PARTIALLY"


def test_a_rejection_by_the_machine() -> None:
    records.rejected_by_machine()
    statement = only(exported())
    assert statement["automated_decision"] == "AUTOMATED_DECISION_FULLY"
    assert statement["automated_detection"] == "Yes"


def test_a_removal_that_a_moderator_found() -> None:
    build.removed()
    statement = only(exported())
    assert statement["decision_visibility"] == ["DECISION_VISIBILITY_CONTENT_REMOVED"]
    assert statement["automated_detection"] == "No"


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (Report.Source.MEMBER, "SOURCE_TYPE_OTHER_NOTIFICATION"),
        (Report.Source.NOTICE, "SOURCE_ARTICLE_16"),
    ],
)
def test_a_removal_that_others_brought_about(source: str, expected: str) -> None:
    records.removed_after(source)
    assert only(exported())["source_type"] == expected


@pytest.mark.parametrize(
    ("kind", "field", "end"),
    [
        (Measure.LIMIT, "decision_provision", "end_date_service_restriction"),
        (Measure.SUSPEND, "decision_account", "end_date_account_restriction"),
    ],
)
def test_a_measure_against_an_account(kind: Measure, field: str, end: str) -> None:
    made = records.measure(kind)
    statement = only(exported())
    assert field in statement
    assert made.until
    assert statement[end] == made.until.date().isoformat()


def an_approval() -> None:
    build.published()


def a_held_text() -> None:
    build.held()


def a_warning() -> None:
    records.measure(Measure.WARN)


def a_lifting() -> None:
    records.measure(Measure.LIFT)


def an_undone_rejection() -> None:
    records.undone(build.rejected())


def a_withdrawal() -> None:
    from comments.actions.posting import withdraw_comment

    withdraw_comment(build.published())


@pytest.mark.parametrize(
    "bring_about",
    [an_approval, a_held_text, a_warning, a_lifting, an_undone_rejection, a_withdrawal],
)
def test_what_restricts_nobody_makes_no_statement(
    bring_about: Callable[[], None],
) -> None:
    bring_about()
    assert exported() == []


def test_a_decision_that_was_overturned_still_was_one() -> None:
    records.appealed(build.rejected(), Measure.OVERTURN)
    only(exported())


def test_the_rule_is_the_one_of_then() -> None:
    decision = build.rejected()
    assert decision.rule
    then = decision.rule.text
    RuleVersion.objects.create(
        rule=decision.rule, number=2, title="New", text="New text.", template="",
        repeat_is_certain=False,
    )  # fmt: skip
    Rule.objects.filter(code="person").update(title="New", text="New text.", version=2)
    statement = only(exported())
    assert statement["incompatible_content_explanation"] == then
    assert "version 1: Argue with the claim" in statement["incompatible_content_ground"]


HOSTILE = 'As @Ben (ben@example.org) wrote: "one two three four five six seven eight nine ten eleven twelve thirteen"'  # noqa: E501  # one line of a mail


def test_nothing_that_was_written_about_somebody_leaves() -> None:
    text = build.held(author=cast.ben(), body=HOSTILE).revision
    by = Decider.moderator(cast.mia())
    decide(text, to=State.REJECTED, by=by, reason=build.reason(explanation=HOSTILE))
    line = json.dumps(only(exported()))
    for secret in ("Ben", "Mia", "@", "one two three", "thirteen"):
        assert secret not in line


def test_the_demo_exports_whole_and_names_nobody() -> None:
    Loader("a password for the demo").load()
    statements = exported()
    # A warning restricts nothing.
    refusals = Decision.objects.refusals().exclude(measure=Measure.WARN)
    assert len(statements) == refusals.count() > 0
    assert [errors(statement) for statement in statements] == [[]] * len(statements)
    text = "\n".join(json.dumps(s, ensure_ascii=False) for s in statements)
    assert "@" not in text
    for name in User.objects.values_list("username", flat=True):
        assert not re.search(rf"\b{re.escape(name)}\b", text), name
    ids = [statement["puid"] for statement in statements]
    assert len(set(ids)) == len(ids)


def test_since_a_day() -> None:
    with time_machine.travel(datetime(2026, 10, 31, 23, 59, tzinfo=UTC), tick=False):
        build.rejected(body="Before.")
    with time_machine.travel(datetime(2026, 11, 1, 0, 0, tzinfo=UTC), tick=False):
        at = build.rejected(body="On it.")
    assert only(exported("--since", "2026-11-01"))["puid"].endswith(f"-{at.pk}")
    assert exported("--since", "2026-11-02") == []
    assert [s["application_date"] for s in exported()] == ["2026-10-31", "2026-11-01"]


@pytest.mark.parametrize(
    "said", ["yesterday", "2026-13-01", "01.11.2026", "", "0001-01-01T"]
)
def test_a_day_that_is_none_gets_one_clear_line(said: str) -> None:
    with pytest.raises(CommandError) as refusal:
        exported("--since", said)
    message = str(refusal.value)
    assert message == f"--since: {said!r} is no date; write it like 2026-11-24."


def test_into_a_file_and_how_many(tmp_path: Path) -> None:
    build.rejected()
    path, out = tmp_path / "statements.jsonl", StringIO()
    call_command("export_statements", "--output", str(path), stdout=out)
    assert out.getvalue().strip() == f"{path}: 1 statement written."
    assert errors(json.loads(path.read_text(encoding="utf-8"))) == []
    assert [file.name for file in tmp_path.iterdir()] == ["statements.jsonl"]


def test_a_file_stays_as_it_was_when_the_export_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build.rejected(body="One.")
    build.rejected(body="Two.")
    path = tmp_path / "statements.jsonl"
    path.write_text("the last export")
    monkeypatch.setattr(
        "comments.management.commands.export_statements.json.dumps", _once_then_fail()
    )
    with pytest.raises(RuntimeError):
        call_command("export_statements", "--output", str(path))
    assert path.read_text() == "the last export"
    assert [file.name for file in tmp_path.iterdir()] == ["statements.jsonl"]


def _once_then_fail() -> Callable[..., str]:
    written: list[object] = []

    def dumps(value: object, **how: Any) -> str:
        if written:
            raise RuntimeError
        written.append(value)
        return "{}"

    return dumps


def test_a_folder_that_is_not_there_gets_one_clear_line(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="No such file or directory"):
        call_command("export_statements", "--output", str(tmp_path / "no" / "file"))


def test_the_number_of_queries_does_not_grow() -> None:
    def counted() -> int:
        with CaptureQueriesContext(connection) as queries:
            exported()
        return len(queries)

    build.rejected(body="One.")
    few = counted()
    for number in range(5):
        build.rejected(body=f"Number {number}.")
    assert counted() == few == 3
