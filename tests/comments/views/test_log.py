"""/moderation/log/: a page, its filters, one entry, the head, the feed."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from comments.actions.deciding import Decider, Reason, decide
from comments.actions.posting import withdraw_comment
from comments.actions.sealing import seal
from comments.models import Decision, LogEntry, Rule, RuleVersion, guard
from comments.record import public_log
from comments.record.chain import GENESIS
from comments.record.pseudonyms import pseudonym
from comments.states import Measure, State
from tests import build, cast, records

pytestmark = pytest.mark.django_db
LOG = "/moderation/log/"


def page(client: Client, query: str = "") -> str:
    return client.get(LOG + query).content.decode()


def shown(client: Client, query: str = "") -> set[int]:
    """The decisions on the page."""
    return {item.decision.pk for item in client.get(LOG + query).context["items"]}


def test_an_empty_log_says_so(client: Client) -> None:
    assert "No decision has been made yet." in page(client)


def test_it_has_rule_reason_and_kind_but_no_text_and_no_names(client: Client) -> None:
    build.rejected(author=cast.cleo(), body="Secret words.")
    html = page(client)
    for part in ("About the person.", "Argue with the claim", "version 1", "rejected"):
        assert part in html
    for secret in ("Secret words.", "Cleo", "Mia"):
        assert secret not in html


def test_a_moderator_keeps_one_pseudonym(client: Client) -> None:
    build.rejected(body="One.", by=cast.mia())
    build.rejected(body="Two.", by=cast.mia())
    build.rejected(body="Three.", by=cast.max_())
    html = page(client)
    assert html.count(f"moderator {pseudonym(cast.mia().pk)}") == 2
    assert html.count(f"moderator {pseudonym(cast.max_().pk)}") == 1


def test_a_pseudonym_needs_the_sites_own_key(settings: Any) -> None:
    before = pseudonym(1)
    settings.SECRET_KEY = "another"
    assert pseudonym(1) != before


def test_the_machine_stands_with_its_version_and_model(client: Client) -> None:
    saw = {"percent": 91, "by": "tone 3"}
    finding = {"screener": "classifier", "outcome": "hold", "saw": saw, "rule": None}
    decide(
        build.text_of(build.comment()),
        to=State.HELD,
        by=Decider.machine(),
        reason=Reason(findings=[finding], policy_version=12),
    )
    html = page(client, "?show=all")
    assert "By the screening machine, version 12, tone 3" in html


def test_the_rule_stands_as_it_read_then(client: Client) -> None:
    build.rejected()
    rule = Rule.objects.get(code="person")
    RuleVersion.objects.create(
        rule=rule, number=2, title="Milder now", text="", template="",
        repeat_is_certain=False,
    )  # fmt: skip
    Rule.objects.filter(pk=rule.pk).update(title="Milder now", version=2)
    html = page(client)
    assert ">Argue with the claim, not with the person</a>" in html
    assert ">Milder now</a>" not in html


def test_the_machines_daily_work_is_one_click_away(client: Client) -> None:
    build.published()
    assert shown(client) == set()
    assert "the screening machine" in page(client, "?show=all")


def test_what_authors_do_to_their_own_is_not_in_the_log(client: Client) -> None:
    withdraw_comment(build.published())
    withdrawal = Decision.objects.get(to_state="withdrawn")
    assert withdrawal.pk not in shown(client, "?show=all")
    assert client.get(f"{LOG}{withdrawal.pk}/").status_code == 404


def test_the_log_of_an_unpublished_article_does_not_name_it(client: Client) -> None:
    article = build.article(title="Not for readers yet")
    build.rejected(under=article)
    article.status = "draft"
    article.save()
    assert "Not for readers yet" not in page(client)


@pytest.mark.parametrize(
    "kind", [Measure.WARN, Measure.LIMIT, Measure.SUSPEND, Measure.LIFT]
)
def test_a_measure_never_tells_whose_account_it_is(
    client: Client, kind: Measure
) -> None:
    made = records.measure(kind)
    for html in (page(client, f"?kind={kind}"), page(client, f"{made.pk}/")):
        assert "whose, and the words to them, are not shown" in html
        for secret in ("Ben", "About your tone", "Who decides who waits?"):
            assert secret not in html
        assert f"/comments/{made.comment_id}/" not in html


def test_nor_does_the_ruling_on_an_appeal_against_it(client: Client) -> None:
    appeal = records.appealed(records.measure(Measure.SUSPEND), Measure.UPHOLD)
    html = page(client, f"{appeal.ruling_id}/")
    assert "About your tone" not in html
    assert "Who decides who waits?" not in html


def test_a_limit_says_until_when(client: Client) -> None:
    made = records.measure(Measure.LIMIT)
    assert made.until
    assert f'datetime="{made.until.isoformat(timespec="seconds")}"' in page(client)


def test_both_an_undone_decision_and_its_undoing_stay(client: Client) -> None:
    decision = build.rejected()
    undo = records.undone(decision)
    html = page(client)
    assert shown(client) == {decision.pk, undo.pk}
    assert f'<a href="{LOG}{undo.pk}/">undone</a>' in html
    assert f'undoes <a href="{LOG}{decision.pk}/">decision {decision.pk}</a>' in html


@pytest.mark.parametrize(
    ("ruled", "words"),
    [
        (None, "the answer is pending"),
        (Measure.UPHOLD, "upheld on appeal"),
        (Measure.OVERTURN, "overturned on appeal"),
    ],
)
def test_what_became_of_an_appeal(
    client: Client, ruled: Measure | None, words: str
) -> None:
    decision = build.rejected()
    records.appealed(decision, ruled)
    assert words in page(client, f"{decision.pk}/")


# --- Filters --------------------------------------------------------------


@pytest.fixture
def mixed(db: None) -> dict[str, int]:
    with time_machine.travel(datetime(2026, 9, 3, 12, tzinfo=UTC), tick=False):
        old = build.rejected(body="Old.")
    removal = build.removed(body="Removed.").decisions.get(to_state="removed")
    refused = records.rejected_by_machine(body="Refused.")
    warning = records.measure(Measure.WARN)
    return {
        "old": old.pk,
        "removal": removal.pk,
        "machine": refused.pk,
        "warning": warning.pk,
    }


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", {"old", "removal", "machine", "warning"}),
        ("?rule=person", {"old", "removal", "warning"}),
        ("?rule=harm", {"machine"}),
        ("?kind=rejected", {"old", "machine"}),
        ("?kind=warn", {"warning"}),
        ("?month=2026-09", {"old"}),
        ("?rule=person&kind=rejected", {"old"}),
        ("?rule=harm&kind=rejected&month=2026-09", set()),
        ("?rule=person&month=2026-09&kind=rejected&show=all", {"old"}),
    ],
)
def test_filters_combine(
    client: Client, mixed: dict[str, int], query: str, expected: set[str]
) -> None:
    assert shown(client, query) == {mixed[name] for name in expected}


def test_the_machines_passes_can_be_filtered_too(
    client: Client, mixed: dict[str, int]
) -> None:
    assert shown(client, "?kind=published") == set()
    found = Decision.objects.filter(pk__in=shown(client, "?kind=published&show=all"))
    assert {decision.outcome for decision in found} == {"published"}


def test_a_month_ends_where_the_site_is(client: Client, settings: Any) -> None:
    settings.TIME_ZONE = "Pacific/Auckland"
    with timezone.override("Pacific/Auckland"):
        with time_machine.travel(datetime(2026, 8, 31, 13, tzinfo=UTC), tick=False):
            made = build.rejected()
        assert shown(client, "?month=2026-09") == {made.pk}
        assert shown(client, "?month=2026-08") == set()


def test_the_months_reach_back_to_the_first_decision(
    client: Client, mixed: dict[str, int]
) -> None:
    with time_machine.travel(datetime(2026, 12, 1, tzinfo=UTC), tick=False):
        html = page(client)
    for month in ("2026-09", "2026-10", "2026-11", "2026-12"):
        assert f'<option value="{month}"' in html
    assert 'value="2026-08"' not in html


def test_what_was_chosen_stays_chosen(client: Client, mixed: dict[str, int]) -> None:
    html = page(client, "?rule=person&kind=rejected&month=2026-09&show=all")
    for value in ("person", "rejected", "2026-09"):
        assert f'<option value="{value}" selected>' in html
    assert 'name="show" value="all"' in html


def test_no_match_says_what_to_do(client: Client, mixed: dict[str, int]) -> None:
    html = page(client, "?rule=question")
    assert "No decision fits all of this." in html
    assert '?rule=question&amp;show=all">include what the machine passed' in html


@pytest.mark.parametrize(
    "query",
    [
        "?rule=nonesuch",
        "?rule=%00",
        "?kind=lynched",
        "?month=2026-13",
        "?month=x",
        "?month=0000-00",
        "?rule=%27%22%3E%3Cscript%3E",
    ],
)
def test_a_filter_that_there_is_not_finds_nothing(client: Client, query: str) -> None:
    build.rejected()
    response = client.get(LOG + query)
    assert response.status_code == 200
    assert "No decision fits all of this." in response.content.decode()
    assert b"<script>" not in response.content


@pytest.mark.parametrize(
    "query", ["?before=x", "?before=-1", "?before=" + "9" * 40, "?before=123456789"]
)
def test_a_strange_place_is_the_first_page(client: Client, query: str) -> None:
    made = build.rejected()
    assert shown(client, query) == {made.pk}


def test_pages_follow_each_other_whole(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where several decisions were made at one moment."""
    monkeypatch.setattr(public_log, "PAGE", 2)
    with time_machine.travel(timezone.now(), tick=False):
        made = [build.rejected(body=f"Number {number}.") for number in range(5)]
    seen, query = [], "?rule=person"
    for _page in range(3):
        response = client.get(LOG + query)
        seen += [item.decision.pk for item in response.context["items"]]
        query = f"?rule=person&before={response.context['older']}"
    assert seen == [decision.pk for decision in reversed(made)]
    assert response.context["older"] is None


def test_the_number_of_queries_does_not_grow(client: Client) -> None:
    def counted() -> int:
        with CaptureQueriesContext(connection) as queries:
            page(client, "?kind=rejected&show=all")
        return len(queries)

    records.undone(build.rejected(body="One."))
    few = counted()
    for number in range(8):
        records.appealed(build.rejected(body=f"Number {number}."), Measure.UPHOLD)
    assert counted() == few <= 8


# --- Entry, head, feed ----------------------------------------------------


def test_an_entry_says_how_it_is_sealed(client: Client) -> None:
    decision = build.rejected()
    assert "Not sealed into the log’s chain yet" in page(client, f"{decision.pk}/")
    seal()
    assert decision.log_entry.hash in page(client, f"{decision.pk}/")


@pytest.mark.parametrize("pk", ["7", "99999999999999999999"])
def test_no_entry_is_404(client: Client, pk: str) -> None:
    assert client.get(f"{LOG}{pk}/").status_code in (400, 404)


def test_the_head_is_on_the_page_with_its_time(client: Client) -> None:
    build.rejected()
    seal()
    last = LogEntry.objects.get(position=2)
    html = page(client)
    assert last.hash in html
    assert f'datetime="{last.sealed_at.isoformat(timespec="seconds")}"' in html


def test_the_head_for_scripts(client: Client) -> None:
    nothing = {"position": 0, "hash": GENESIS, "sealed_at": None}
    assert client.get(f"{LOG}head/").json() == nothing
    build.rejected()
    seal()
    said = client.get(f"{LOG}head/").json()
    last = LogEntry.objects.get(position=2)
    assert (said["position"], said["hash"]) == (2, last.hash)
    assert datetime.fromisoformat(said["sealed_at"]) - last.sealed_at < timedelta(
        seconds=1
    )


def test_the_feed_takes_the_filters(client: Client, mixed: dict[str, int]) -> None:
    feed = client.get(f"{LOG}feed/?rule=harm").content.decode()
    assert feed.count("<entry>") == 1
    assert f"{LOG}{mixed['machine']}/" in feed
    whole = client.get(f"{LOG}feed/").content.decode()
    assert whole.count("<entry>") == 4
    assert "About your tone" not in whole


def test_writing_to_the_log_is_refused(client: Client) -> None:
    for address in (LOG, f"{LOG}head/", f"{LOG}1/"):
        assert client.post(address).status_code == 405


def test_the_migration_leaves_the_guard_in_place() -> None:
    call_command("migrate", verbosity=0)
    assert guard.installed(connection)


def test_what_the_machine_hid_after_reports_is_an_intervention(client: Client) -> None:
    comment = build.hidden(body="Reported by many.")
    hide = comment.decisions.get(to_state=State.HELD)
    html = client.get("/moderation/log/").content.decode()
    assert f'id="decision-{hide.pk}"' in html
