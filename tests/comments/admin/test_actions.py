"""The desk's actions for several items at once: there wherever the list has rows.

Django's own script for them stops at a list of rows that lacks one of these.
"""

import pytest
from django.test import Client

from comments.actions.claiming import claim
from tests import build, cast

pytestmark = pytest.mark.django_db
DESK = "/admin/comments/queueitem/"
PARTS = ('id="action-toggle"', 'name="index"', '<select name="action"')


@pytest.fixture
def desk(client: Client) -> Client:
    claim(build.held(body="It waits."), moderator=cast.mia())
    client.force_login(cast.mia())
    return client


@pytest.mark.parametrize("query", ["", "?queue=mine", "?q=waits"])
def test_a_list_of_rows_has_all_that_their_script_needs(
    desk: Client, query: str
) -> None:
    html = desk.get(f"{DESK}{query}").content.decode()
    assert "It waits." in html
    assert [part for part in PARTS if part not in html] == []


def test_an_empty_list_has_none(desk: Client) -> None:
    html = desk.get(f"{DESK}?q=elsewhere").content.decode()
    assert [part for part in PARTS if part in html] == []
