"""/rules/ and /rules/<code>/: which version, since when, and what it said before."""

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from comments.actions.rulemaking import save_rule
from ethicsforum.accounts.models import User
from tests import build

pytestmark = pytest.mark.django_db


def change(eda: User, **fields: Any) -> None:
    rule = build.rule("question")
    for name, value in fields.items():
        setattr(rule, name, value)
    save_rule(rule, editor=eda)


def page(client: Client, address: str = "/rules/question/") -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def test_the_rules_say_their_version_and_since_when(client: Client, eda: User) -> None:
    change(eda, text="New words.")
    html = page(client, "/rules/")
    assert '<a href="/rules/question/">Version 2</a>, since' in html
    assert '<a href="/rules/person/">Version 1</a>, since' in html


def test_earlier_versions_can_be_read(client: Client, eda: User) -> None:
    old = build.rule("question")
    change(eda, title="Keep to it", text="New words.")
    change(eda, template="For moderators alone.")
    change(eda, retired_at=timezone.now())
    html = page(client)
    for number in range(1, 5):
        assert f'id="version-{number}"' in html
    assert html.index('id="version-4"') < html.index('id="version-1"')
    assert old.text in html
    assert f"<strong>{old.title}</strong>" in html
    assert "how it is applied changed" in html
    assert "Taken out of force" in html
    assert "No longer in force since" in html
    assert "For moderators alone." not in html


def test_who_changed_it_is_not_told(client: Client, eda: User) -> None:
    change(eda, text="New words.")
    assert "Eda" not in page(client)


@pytest.mark.parametrize("code", ["nothing", "question2", "Question", "a" * 300])
def test_no_such_rule(client: Client, code: str) -> None:
    assert client.get(f"/rules/{code}/").status_code == 404


def test_what_an_editor_wrote_is_text(client: Client, eda: User) -> None:
    change(eda, title="<b>x</b>", text="<script>alert(1)</script>")
    change(eda, text="Other.")
    html = page(client)
    assert "<script>alert" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html
    assert "<b>x</b>" not in page(client, "/rules/")


def test_the_pages_cost_the_same_however_much_was_changed(
    client: Client, eda: User, django_assert_num_queries: Any
) -> None:
    for number in range(8):
        change(eda, text=f"Words {number}.")
    with django_assert_num_queries(2):
        page(client)
    with django_assert_num_queries(1):
        page(client, "/rules/")
