"""GET /decisions/<id>/: the statement of reasons."""

import re
from datetime import timedelta
from http import HTTPStatus
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from comments.actions.deciding import Decider, decide
from comments.models import Decision, Report, Rule, RuleVersion
from comments.models.appeal import MAY_APPEAL_FOR
from comments.states import Measure, State
from ethicsforum.accounts.models import User
from tests import build, cast

pytestmark = pytest.mark.django_db
HOSTILE = "<script>alert(1)</script>"


@pytest.fixture
def author(client: Client, ben: User) -> Client:
    client.force_login(ben)
    return client


def page(client: Client, decision: Decision) -> str:
    response = client.get(f"/decisions/{decision.pk}/")
    assert response.status_code == HTTPStatus.OK
    return " ".join(response.content.decode().split())


def removal() -> Decision:
    build.removed(author=cast.ben(), body="My words.")
    return Decision.objects.get(to_state=State.REMOVED)


def report(about: Decision, **fields: Any) -> Report:
    fields = {
        "source": Report.Source.MEMBER,
        "reporter": cast.cleo(),
        "rule": build.rule(),
        **fields,
    }
    return Report.objects.create(
        comment=about.comment, revision=about.revision, **fields
    )


def test_it_says_what_by_whom_why_and_about_what(author: Client, ben: User) -> None:
    html = page(author, build.rejected(author=ben, body="My words."))
    for part in (
        "Why your text was not published",
        "A moderator; no machine decided.",
        "About the person.",
        "Say what is wrong with an argument as sharply",
        "My words.",
    ):
        assert part in html
    assert "Mia" not in html


def test_it_says_until_when_one_may_appeal(author: Client, ben: User) -> None:
    decision = build.rejected(author=ben)
    html = page(author, decision)
    until = decision.created_at + MAY_APPEAL_FOR
    assert f'datetime="{until.isoformat(timespec="seconds")}"' in html
    assert f'href="/decisions/{decision.pk}/appeal/"' in html
    assert "answers within 7 days" in html
    assert "out-of-court dispute settlement body" in html


@pytest.mark.parametrize("person", ["nobody", "cleo", "mia"])
def test_nobody_else_reads_it(client: Client, person: str) -> None:
    decision = build.rejected(author=cast.ben())
    if person == "nobody":
        response = client.get(f"/decisions/{decision.pk}/")
        assert response.headers["Location"].startswith("/accounts/login/?next=")
        return
    client.force_login(cast.member(person.title()))
    response = client.get(f"/decisions/{decision.pk}/")
    assert response.status_code == HTTPStatus.NOT_FOUND


# --- The rule, as it read then --------------------------------------------


def test_the_rule_stands_as_it_read_when_it_was_applied(
    author: Client, ben: User
) -> None:
    decision = build.rejected(author=ben)
    assert "It still reads so today." in page(author, decision)
    Rule.objects.filter(code="person").update(text="Be nice.", version=2)
    html = page(author, decision)
    assert "Say what is wrong with an argument as sharply" in html
    assert "Be nice." not in html
    assert "It has been changed since." in html
    assert 'href="/rules/#rule-person"' in html


def test_a_rule_that_was_retired_says_so(author: Client, ben: User) -> None:
    decision = build.rejected(author=ben)
    Rule.objects.update(retired_at=timezone.now())
    assert "This rule is no longer in force." in page(author, decision)


def test_without_a_kept_version_the_rule_of_today_stands(
    author: Client, ben: User
) -> None:
    decision = build.rejected(author=ben)
    RuleVersion.objects.all().delete()
    assert "Say what is wrong with an argument" in page(author, decision)


# --- How it was found -----------------------------------------------------


def test_the_screening_set_it_aside(author: Client, ben: User) -> None:
    html = page(author, build.rejected(author=ben))
    assert "Our automatic screening set it aside for a person" in html
    assert "first comments of a new member are read by a person" in html


def test_a_machine_decided(author: Client, ben: User) -> None:
    text = build.text_of(build.comment(author=ben))
    by = Decider.machine()
    decision = decide(text, to=State.REJECTED, by=by, reason=build.reason())
    html = page(author, decision)
    assert "The screening machine, by itself; no person took part." in html
    assert "Our automatic screening found it" in html
    assert f'href="/decisions/{decision.pk}/appeal/"' in html


def test_a_moderator_came_across_it(author: Client) -> None:
    assert "A moderator came across it" in page(author, removal())


def test_a_report_led_to_it_and_nobody_is_named(author: Client) -> None:
    decision = removal()
    report(decision, decision=decision, outcome="acted", decided_at=timezone.now())
    html = page(author, decision)
    assert "Readers reported it." in html
    assert "Cleo" not in html


def test_a_notice_led_to_it(author: Client) -> None:
    decision = removal()
    report(decision, decision=decision, source="notice", name="Nora", note="Libel!")
    html = page(author, decision)
    assert "a notice that they hold it to be illegal" in html
    assert "Nora" not in html
    assert "Libel!" not in html


@pytest.mark.parametrize(
    ("created", "decided", "led"),
    [(-2, None, True), (-2, -1, False), (1, None, False), (-2, 1, True)],
)
def test_reports_count_that_were_open_then(
    author: Client, created: int, decided: int | None, led: bool
) -> None:
    decision = removal()
    made = report(decision)
    at, hour = decision.created_at, timedelta(hours=1)
    answered = {"outcome": "kept", "decided_at": at + decided * hour} if decided else {}
    row = Report.objects.filter(pk=made.pk)
    row.update(created_at=at + created * hour, **answered)
    assert ("Readers reported it." in page(author, decision)) == led


# --- Sanctions, plain decisions, what came of it --------------------------


@pytest.mark.parametrize(
    ("measure", "words"),
    [
        (Measure.WARN, "A warning. It asks for care"),
        (Measure.LIMIT, "each of your comments waits for a moderator, until"),
        (Measure.SUSPEND, "you can read but not write, until"),
    ],
)
def test_sanctions_say_until_when(
    author: Client, ben: User, measure: Measure, words: str
) -> None:
    decision = build.sanction(measure, author=ben)
    html = page(author, decision)
    assert words in html
    if decision.until:
        assert decision.until.isoformat(timespec="seconds") in html


def test_what_is_no_refusal_is_told_plainly(author: Client, ben: User) -> None:
    build.published(author=ben)
    html = page(author, Decision.objects.get())
    assert "A decision about your comment" in html
    assert "appeal" not in html
    assert "How it was found" not in html


def test_what_came_of_it(author: Client, ben: User, max_: User) -> None:
    decision = build.rejected(author=ben)
    item = build.appealed(decision)
    assert "Your appeal was received on" in page(author, decision)
    ruling = build.ruled(item, by=max_, overturn=True)
    html = page(author, decision)
    assert "the decision was overturned" in html
    assert f'<a href="/decisions/{ruling.pk}/">Published</a>' in html
    answer = page(author, ruling)
    assert f'href="/decisions/{decision.pk}/"' in answer
    assert "Max" not in html + answer


def test_when_time_is_over_it_says_so(author: Client, ben: User) -> None:
    decision = build.rejected(author=ben)
    with time_machine.travel(decision.created_at + MAY_APPEAL_FOR * 2, tick=False):
        # The session is older than its cookie by then.
        author.force_login(ben)
        html = page(author, decision)
    assert "could be appealed is over" in html
    assert f"/decisions/{decision.pk}/appeal/" not in html


def test_words_from_people_stay_words(author: Client, ben: User) -> None:
    explanation = f"{HOSTILE} & more"
    text = build.held(author=ben).revision
    Rule.objects.filter(code="person").update(title=HOSTILE)
    RuleVersion.objects.update(title=HOSTILE, text=HOSTILE)
    by, why = Decider.moderator(cast.mia()), build.reason(explanation=explanation)
    html = page(author, decide(text, to=State.REJECTED, by=by, reason=why))
    assert HOSTILE not in html
    assert "&lt;script&gt;" in html


def test_it_takes_a_fixed_number_of_queries(
    author: Client, django_assert_max_num_queries: Any
) -> None:
    decision = removal()
    for number in range(3):
        report(decision, reporter=cast.member(f"Reader {number}"))
    with django_assert_max_num_queries(13):
        page(author, decision)


# --- The note at the comment ----------------------------------------------


def test_the_note_at_the_comment_leads_to_reason_and_appeal(
    author: Client, ben: User
) -> None:
    rejection = build.rejected(author=ben, body="Mine.")
    removal()
    html = author.get("/articles/triage/").content.decode()
    assert html.count("The reason, and how to appeal") == 2
    build.appeal(rejection)
    html = author.get("/articles/triage/").content.decode()
    assert f'href="/decisions/{rejection.pk}/appeal/"' in html
    assert re.search(r"received on\s+<time", html)
    assert re.search(r"answer by\s+<time", html)
    other = Client().get("/articles/triage/").content.decode()
    assert "appeal" not in other


def test_the_notes_cost_one_query_and_only_those_refused(
    author: Client, ben: User
) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            author.get("/articles/triage/")
        return len(queries)

    build.removed(author=cast.cleo(), body="Hers.")
    build.comment(author=ben, body="Waiting.")
    cost()  # the first look of a visit is written down
    before = cost()
    build.appeal(build.rejected(author=ben, body="One."))
    assert cost() == before + 1
    build.appeal(build.rejected(author=ben, body="Two."))
    assert cost() == before + 1
