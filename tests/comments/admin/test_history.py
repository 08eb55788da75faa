"""Who changed rules, words and thresholds, when, and what they were before."""

from http import HTTPStatus
from typing import Any

import pytest
from django.test import Client

from comments import history
from comments.actions.rulemaking import (
    delete_word,
    save_rule,
    save_thresholds,
    save_word,
)
from comments.models import ScreeningPolicy, WatchedWord
from ethicsforum.accounts.models import User
from tests import build, cast
from tests.comments.admin.filled import text

pytestmark = pytest.mark.django_db
ALL = "/admin/comments/screeningpolicy/1/history/"


def change(editor: User, **fields: Any) -> str:
    rule = build.rule("question")
    for name, value in fields.items():
        setattr(rule, name, value)
    save_rule(rule, editor=editor)
    return f"/admin/comments/rule/{rule.pk}/history/"


def test_a_rule_shows_its_versions_with_what_changed(
    client: Client, eda: User, mia: User
) -> None:
    change(eda, text="Stay with the question.")
    address = change(eda, text="Stay near the question.", repeat_is_certain=True)
    client.force_login(mia)
    html = text(client.get(address))
    assert "Stay <del>with </del><ins>near </ins>the question." in html
    assert "<del>no</del><ins>yes</ins>" in html
    assert html.index('id="version-3"') < html.index('id="version-1"')
    assert "<bdi>Eda</bdi>" in html
    assert "By the site’s set-up, or an account that is gone" in html


def test_words_and_thresholds_share_a_history(
    client: Client, eda: User, mia: User
) -> None:
    word = WatchedWord(phrase="free money", rule=build.rule("advertising"))
    save_word(word, editor=mia)
    policy = ScreeningPolicy.current()
    policy.max_links = 7
    save_thresholds(policy, editor=eda)
    other = WatchedWord(phrase="other")
    save_word(other, editor=mia)
    delete_word(other, editor=mia)
    client.force_login(mia)
    html = text(client.get(ALL))
    for part in ("Word added", "Word deleted", "Thresholds", "<ins>free money</ins>"):
        assert part in html
    assert "<del>2</del><ins>7</ins>" in html
    own = text(client.get(f"/admin/comments/watchedword/{word.pk}/history/"))
    assert "<ins>advertising</ins>" in own
    assert "Thresholds</h2>" not in own
    assert "<ins>other</ins>" not in own


def test_the_list_of_words_leads_to_all_changes(client: Client, mia: User) -> None:
    client.force_login(mia)
    assert f'href="{ALL}"' in text(client.get("/admin/comments/watchedword/"))


def test_an_empty_history_says_what_it_will_show(client: Client, eda: User) -> None:
    client.force_login(eda)
    assert "Nothing has been changed yet. Each change" in text(client.get(ALL))


def test_what_was_written_is_shown_as_text(client: Client, eda: User) -> None:
    address = change(eda, title="<script>x</script>", text="<b onclick=y>z</b>")
    client.force_login(eda)
    html = text(client.get(address))
    assert "<script>x" not in html
    assert "<b onclick" not in html


def test_it_is_paged_and_the_neighbour_is_on_the_next_page(
    client: Client, eda: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(history, "PAGE", 2)
    for number in range(3):
        address = change(eda, text=f"Words {number}.")
    client.force_login(eda)
    html = text(client.get(address))
    assert 'href="?before=3"' in html
    assert "Words <del>0.</del><ins>1.</ins>" in html
    older = text(client.get(f"{address}?before=3"))
    assert 'id="version-2"' in older
    assert 'id="version-1"' in older
    assert 'id="version-3"' not in older
    assert 'rel="next"' not in older


@pytest.mark.parametrize("before", ["x", "-1", "9" * 40, "٣"])
def test_a_strange_page_is_the_first(client: Client, eda: User, before: str) -> None:
    address = change(eda, text="Words.")
    client.force_login(eda)
    html = text(client.get(address, {"before": before}))
    assert 'id="version-2"' in html


@pytest.mark.parametrize("pk", ["999", "x", "9" * 40])
def test_no_such_rule(client: Client, eda: User, pk: str) -> None:
    client.force_login(eda)
    response = client.get(f"/admin/comments/rule/{pk}/history/")
    assert response.status_code == HTTPStatus.NOT_FOUND


def test_who_may_not_look_may_not_look(client: Client) -> None:
    client.force_login(cast.member("Odd", is_staff=True))
    assert client.get(ALL).status_code == HTTPStatus.FORBIDDEN


def test_it_costs_the_same_however_long(
    client: Client, eda: User, django_assert_max_num_queries: Any
) -> None:
    for number in range(30):
        address = change(eda, text=f"Words {number}.")
    client.force_login(eda)
    with django_assert_max_num_queries(9):
        client.get(address)
