"""The desk: what the list shows, finds and costs, and many decisions at once."""

import re
from http import HTTPStatus
from typing import Any

import pytest
from django.template import RequestContext
from django.test import Client
from django.utils.safestring import SafeString

from comments.actions.claiming import claim
from comments.actions.deciding import Decider, decide_item
from comments.desk import Card
from comments.models import Decision, QueueItem
from comments.states import State
from comments.templatetags import desk as tags
from comments.templatetags.desk import STAND_IN
from ethicsforum.accounts.models import User
from tests import build, cast, queue

pytestmark = pytest.mark.django_db
DESK = "/admin/comments/queueitem/"
FIELDS = 8
"""A card has more than these."""


@pytest.fixture
def desk(client: Client, mia: User) -> Client:
    client.force_login(mia)
    return client


def page(client: Client, query: str = "") -> str:
    response = client.get(f"{DESK}{query}")
    assert response.status_code == HTTPStatus.OK
    return str(response.content.decode())


def test_an_empty_queue_says_so(desk: Client) -> None:
    assert "Nothing waits." in page(desk)


def test_a_card_has_all_that_a_decision_needs(desk: Client, ann: User) -> None:
    parent = build.published(author=ann, body="The thought it answers.")
    build.published(author=cast.ben(), body="Accepted before.")
    build.held(author=cast.ben(), body="The *whole* text.", parent=parent)
    html = page(desk)
    for expected in (
        "The <em>whole</em> text.",
        "The thought it answers.",
        "Who decides who waits?",
        "Would you accept its order?",
        "New member: 0 of 2 first comments accepted",
        "1 accepted, 0 refused",
        "waits for",
        'name="version" value="1"',
        "Argue with the claim",
        'value="approve"',
    ):
        assert expected in html


def test_an_edit_is_shown_beside_the_text_that_is_up(desk: Client, ben: User) -> None:
    from comments.actions.deciding import decide
    from comments.actions.posting import edit_comment

    comment = build.published(author=ben, body="The old text.")
    text = edit_comment(comment, body="The new text.")
    decide(text, to=State.HELD, by=Decider.machine())
    html = page(desk)
    assert "old </del>" in html
    assert "new </ins>" in html
    assert "The new text." in html


def test_oldest_first(desk: Client) -> None:
    build.held(body="Came first.")
    build.held(body="Came second.")
    html = page(desk)
    assert html.index("Came first.") < html.index("Came second.")


def test_decided_items_are_on_their_own_list(desk: Client, max_: User) -> None:
    item = build.held(body="Done already.")
    decide_item(item, version=1, to=State.PUBLISHED, by=Decider.moderator(max_))
    assert "Done already." not in page(desk)
    html = page(desk, "?queue=decided")
    assert "Done already." in html
    assert "Max" in html


def test_search_and_filter(desk: Client) -> None:
    build.held(body="About pears.")
    build.held(body="About apples.", author=cast.cleo())
    for query in ("?q=apples", "?q=Cleo"):
        html = page(desk, query)
        assert "About apples." in html
        assert "About pears." not in html
    assert "About pears." in page(desk, "?why=new-member")
    assert "Nothing here matches." in page(desk, "?why=links")


@pytest.mark.parametrize(
    "query", ["?why=%22%25", "?queue=x", "?q=%00", "?p=-1", "?p=x"]
)
def test_a_strange_query_is_no_error(desk: Client, query: str) -> None:
    response = desk.get(f"{DESK}{query}")
    assert response.status_code in {HTTPStatus.OK, HTTPStatus.FOUND}


def test_twenty_cards_cost_what_one_does(
    desk: Client, django_assert_max_num_queries: Any
) -> None:
    for number in range(20):
        author = cast.member(f"Member{number}")
        build.held(body=f"Number {number}.", author=author)
    with django_assert_max_num_queries(20):
        page(desk)


def test_hostile_text_is_harmless_on_the_desk(desk: Client) -> None:
    author = cast.member("Mallory")
    User.objects.filter(pk=author.pk).update(username="<script>alert(1)</script>")
    build.held(
        body="<img src=x onerror=alert(1)> [x](javascript:alert(1))", author=author
    )
    html = page(desk)
    assert "<script>alert(1)" not in html
    assert "<img src=x" not in html
    assert "javascript:alert(1))</p>" in html
    assert 'href="javascript' not in html


def test_who_may_not_decide_sees_no_buttons(client: Client) -> None:
    from django.contrib.auth.models import Permission

    looker = cast.member("Lou", is_staff=True)
    looker.user_permissions.add(Permission.objects.get(codename="view_queueitem"))
    client.force_login(looker)
    build.held()
    html = page(client)
    assert "decide/" not in html
    assert 'value="approve"' not in html


def test_members_are_refused_and_visitors_sent_to_sign_in(client: Client) -> None:
    assert client.get(DESK).url.startswith("/admin/login/")  # type: ignore[attr-defined]  # the test client's redirect
    client.force_login(cast.ben())
    assert client.get("/admin/login/").status_code == HTTPStatus.FORBIDDEN


def test_state_cannot_be_edited_anywhere_in_the_admin(client: Client) -> None:
    client.force_login(cast.root())
    item = build.held()
    for model, pk in (("comment", item.comment_id), ("queueitem", item.pk)):
        address = f"/admin/comments/{model}/{pk}/change/"
        client.post(address, {"state": "published"})
    assert build.fresh(item.comment).state == State.HELD
    for model in ("comment", "decision", "queueitem"):
        add = client.get(f"/admin/comments/{model}/add/")
        assert add.status_code == HTTPStatus.FORBIDDEN


# --- Many at once ---------------------------------------------------------


def choose(client: Client, action: str, items: list[QueueItem], **more: Any) -> Any:
    ids = [item.pk for item in items]
    fields = {"action": action, "_selected_action": ids, **more}
    return client.post(DESK, fields, follow="confirmed" in more)


@pytest.mark.parametrize("pk", ["x", "", "4x", "9" * 19, "-1", "\u0661"])
@pytest.mark.parametrize("confirmed", [{}, {"confirmed": 1}])
def test_ids_that_are_none_are_refused(
    desk: Client, pk: str, confirmed: dict[str, int]
) -> None:
    fields = {"action": "approve_selected", "_selected_action": pk, **confirmed}
    assert desk.post(DESK, fields).status_code == HTTPStatus.BAD_REQUEST


@pytest.mark.parametrize("model", ["queueitem", "comment", "decision"])
def test_numbers_too_large_for_the_database_are_refused(
    desk: Client, model: str
) -> None:
    response = desk.get(f"/admin/comments/{model}/?id__in=9223372036854775808")
    assert response.status_code in {HTTPStatus.BAD_REQUEST, HTTPStatus.OK}


def versions(items: list[QueueItem]) -> dict[str, int]:
    return {f"version-{item.pk}": item.version for item in items}


def test_bulk_asks_first(desk: Client) -> None:
    items = [build.held(body="One."), build.held(body="Two.")]
    response = choose(desk, "approve_selected", items)
    html = response.content.decode()
    assert "These 2 comments will be decided" in html
    assert "One." in html
    assert QueueItem.objects.waiting().count() == 2


def test_bulk_approve(desk: Client, mia: User) -> None:
    items = [build.held(body="One."), build.held(body="Two.")]
    choose(desk, "approve_selected", items, confirmed=1, **versions(items))
    assert Decision.objects.filter(decider=mia, to_state=State.PUBLISHED).count() == 2


def test_bulk_reject_with_one_reason(desk: Client, mia: User) -> None:
    items = [build.held(body="One."), build.held(body="Two.")]
    fields = {"confirmed": 1, "rule": "advertising", **versions(items)}
    choose(desk, "reject_selected", items, **fields)
    decisions = Decision.objects.filter(decider=mia, to_state=State.REJECTED)
    assert {d.rule.code for d in decisions if d.rule} == {"advertising"}
    assert decisions.count() == 2


def test_bulk_reject_without_a_rule_asks_again(desk: Client) -> None:
    items = [build.held()]
    fields = {"confirmed": 1, "explanation": "Kept words.", **versions(items)}
    response = choose(desk, "reject_selected", items, **fields)
    assert response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "Kept words." in response.content.decode()
    assert QueueItem.objects.waiting().count() == 1


def test_bulk_leaves_alone_what_a_colleague_decided(desk: Client, max_: User) -> None:
    items = [build.held(body="One."), build.held(body="Two.")]
    seen = versions(items)
    by = Decider.moderator(max_)
    decide_item(items[0], version=1, to=State.PUBLISHED, by=by)
    fields = {"confirmed": 1, **seen}
    response = choose(desk, "approve_selected", items, **fields)
    html = response.content.decode()
    assert "1 item decided." in html
    assert "Left alone: the comment by Ben (Max: published)." in html
    assert Decision.objects.filter(decider=max_).count() == 1


def test_bulk_names_what_it_leaves_alone_before_and_after(
    desk: Client, mia: User, max_: User
) -> None:
    free = build.held(body="Free.")
    claimed = build.held(body="Claimed.", author=cast.cleo())
    claim(claimed, moderator=max_)
    appeal = queue.appealed(build.rejected(by=max_, body="Contested."))
    items = [free, claimed, appeal]
    asked = choose(desk, "approve_selected", [free, claimed]).content.decode()
    assert "This comment will be decided" in asked
    assert "(Max has it until" in asked
    fields = {"confirmed": 1, **versions(items)}
    html = choose(desk, "approve_selected", items, **fields).content.decode()
    assert "1 item decided." in html
    assert "Left alone: the comment by Cleo (Max has it until" in html
    assert "an appeal is answered on its own" in html
    assert set(QueueItem.objects.waiting()) == {claimed, appeal}


def test_bulk_names_what_is_decided_already(desk: Client, max_: User) -> None:
    item = QueueItem.objects.get(closing_decision=build.rejected(by=max_))
    at = f"{DESK}?queue=decided"
    fields = {"action": "approve_selected", "_selected_action": [item.pk]}
    html = desk.post(at, fields).content.decode()
    assert "This one will be left alone" in html
    assert "(Max: rejected)" in html


# --- What hangs below each card -------------------------------------------


def hands(html: str, item: QueueItem) -> list[str]:
    """The buttons and fields that belong to a card."""
    return re.findall(rf'form="decide-{item.pk}(?=")', html)


def test_each_card_has_its_own_hands(desk: Client, mia: User, max_: User) -> None:
    items = [build.held(body=f"Number {number}.") for number in range(3)]
    claim(items[1], moderator=mia)
    claimed_by_other = build.held(body="Max has it.")
    claim(claimed_by_other, moderator=max_)
    html = page(desk)
    assert str(STAND_IN) not in html
    for item in [*items, claimed_by_other]:
        assert len(hands(html, item)) > FIELDS
        assert f"/queueitem/{item.pk}/snooze/" in html
        assert f"/queueitem/{item.pk}/note/" in html
    offers = {item.pk: f"/queueitem/{item.pk}/claim/" in html for item in items}
    assert offers == {items[0].pk: True, items[1].pk: False, items[2].pk: True}
    assert f"/queueitem/{items[1].pk}/release/" in html
    assert f"/queueitem/{claimed_by_other.pk}/release/" not in html


def test_a_rule_that_was_named_is_chosen_on_that_card_alone(desk: Client) -> None:
    finding = {"screener": "links", "outcome": "hold", "saw": {}, "rule": "person"}
    named, plain = build.held(body="One."), build.held(body="Two.")
    QueueItem.objects.filter(pk=named.pk).update(findings=[finding])
    html = page(desk)
    chosen = re.findall(r'value="person" form="decide-(\d+)"[^>]* checked', html)
    assert chosen == [str(named.pk)]
    assert f'value="person" form="decide-{plain.pk}"' in html


def test_hands_are_rendered_once_for_cards_that_are_alike(
    desk: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    rendered: list[int] = []

    def count(context: RequestContext, card: Card) -> SafeString:
        rendered.append(card.item.pk)
        return SafeString()

    monkeypatch.setattr(tags, "_hands", count)
    for number in range(5):
        build.held(body=f"Number {number}.")
    page(desk)
    assert rendered == [STAND_IN]
