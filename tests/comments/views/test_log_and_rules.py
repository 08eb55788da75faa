"""/rules/ and /moderation/log/"""

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.html import escape

from comments.models import Rule
from comments.views import reading
from tests import build, cast

pytestmark = pytest.mark.django_db


def test_each_rule_stands_with_its_code(client: Client) -> None:
    html = client.get("/rules/").content.decode()
    for rule in Rule.objects.all():
        assert escape(rule.title) in html
        assert f'id="rule-{rule.code}"' in html
        assert f"<code>{rule.code}</code>" in html


def test_a_retired_rule_is_gone(client: Client) -> None:
    Rule.objects.filter(code="question").update(retired_at=timezone.now())
    assert 'id="rule-question"' not in client.get("/rules/").content.decode()


def test_an_empty_log_says_so(client: Client) -> None:
    assert "No decision has been made yet." in (
        client.get("/moderation/log/").content.decode()
    )


def test_the_log_has_rule_reason_and_kind_but_no_text_and_no_names(
    client: Client,
) -> None:
    build.rejected(author=cast.cleo(), body="Secret words.")
    html = client.get("/moderation/log/").content.decode()
    for part in (
        "About the person.",
        "Argue with the claim",
        "a moderator",
        "rejected",
    ):
        assert part in html
    for secret in ("Secret words.", "Cleo", "Mia"):
        assert secret not in html


def test_the_machines_daily_work_is_one_click_away(client: Client) -> None:
    build.published()
    assert "the screening machine" not in (
        client.get("/moderation/log/").content.decode()
    )
    html = client.get("/moderation/log/?show=all").content.decode()
    assert "the screening machine" in html


def test_what_authors_do_to_their_own_is_not_in_the_log(client: Client) -> None:
    from comments.actions.posting import withdraw_comment

    withdraw_comment(build.published())
    html = client.get("/moderation/log/?show=all").content.decode()
    assert "withdrawn" not in html


def test_the_log_of_an_unpublished_article_does_not_name_it(client: Client) -> None:
    article = build.article(title="Not for readers yet")
    build.rejected(under=article)
    article.status = "draft"
    article.save()
    assert "Not for readers yet" not in (
        client.get("/moderation/log/").content.decode()
    )


def test_the_log_is_paged(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "LOG_PAGE", 2)
    made = [build.rejected(body=f"Number {number}.") for number in range(3)]
    html = client.get("/moderation/log/").content.decode()
    assert f"before={made[1].pk}" in html
    older = client.get(f"/moderation/log/?before={made[1].pk}").content.decode()
    assert f'id="decision-{made[0].pk}"' in older
    assert f'id="decision-{made[2].pk}"' not in older


@pytest.mark.parametrize("query", ["?before=x", "?before=-1", "?before=" + "9" * 40])
def test_a_strange_query_is_no_error(client: Client, query: str) -> None:
    assert client.get(f"/moderation/log/{query}").status_code == 200
