"""`/comments/<id>/`: leads to the page that shows the comment."""

import pytest
from django.test import Client

from comments.actions.posting import withdraw_comment
from comments.reading import outline, pages
from ethicsforum.accounts.models import User
from tests import build, cast
from tests.comments.reading.build import HERE, chain, fan, grow, page, shown

pytestmark = pytest.mark.django_db


def lands_on(client: Client, pk: int) -> str:
    """The query it leads to, once it is seen that the comment is there."""
    response = client.get(f"/comments/{pk}/")
    assert response.status_code == 302
    address, anchor = response.headers["Location"].split("#")
    assert anchor == f"comment-{pk}"
    query = address.removeprefix(HERE)
    assert pk in shown(client, query)
    return query


def test_what_the_first_page_shows_is_found_there(client: Client) -> None:
    made = fan(9)
    assert lands_on(client, made[0]) == ""
    assert lands_on(client, made[6]) == ""


def test_what_is_folded_is_found_in_its_thread(client: Client) -> None:
    made = fan(9)
    assert lands_on(client, made[7]) == f"?thread={made[0]}"


def test_roots_of_further_pages_too(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outline, "ROOTS", 3)
    monkeypatch.setattr(pages, "ROOTS", 3)
    made = grow([None, None, None, None, 3])
    assert lands_on(client, made[2]) == ""
    assert lands_on(client, made[3]) == f"?thread={made[3]}"
    assert lands_on(client, made[4]) == f"?thread={made[3]}"


def test_a_deep_one_with_what_it_answers_above_it(client: Client) -> None:
    made = chain(30)
    assert lands_on(client, made[7]) == f"?thread={made[0]}"
    assert lands_on(client, made[20]) == f"?thread={made[13]}"


def test_a_late_one_from_itself_on(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pages, "BRANCH", 8)
    made = fan(12)
    assert lands_on(client, made[7]) == f"?thread={made[0]}"
    assert lands_on(client, made[8]) == f"?thread={made[0]}&from={made[8]}"


def test_every_comment_of_a_wild_thread_is_found(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pages, "BRANCH", 8)
    for pk in grow([None, *(n * 7 // 10 for n in range(44))]):
        lands_on(client, pk)


def test_one_beyond_the_deepest_level(client: Client) -> None:
    made = chain(60)
    lands_on(client, made[-1])


def test_ones_own_that_waits(client: Client, ben: User) -> None:
    own = build.held(author=ben).comment
    client.force_login(ben)
    assert lands_on(client, own.pk) == ""


def test_a_withdrawn_one_leads_to_the_discussion(client: Client) -> None:
    gone = build.published(author=cast.cleo(), body="Gone words.")
    withdraw_comment(gone)
    address = client.get(f"/comments/{gone.pk}/").headers["Location"]
    html = page(client, address.removeprefix(HERE).split("#")[0])
    assert "not here any more" in html
    assert "Gone words" not in html


def test_what_one_may_not_see_is_not_found(client: Client) -> None:
    held = build.held(author=cast.cleo()).comment
    rejected = build.rejected(author=cast.cleo(), body="Another.").comment
    for hidden in (held, rejected):
        assert client.get(f"/comments/{hidden.pk}/").status_code == 404


def test_an_id_without_a_comment_is_not_found(client: Client) -> None:
    assert client.get("/comments/999999/").status_code == 404
