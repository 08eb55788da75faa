"""A member's page for moderators, and what is done from it."""

from http import HTTPStatus
from typing import Any

import pytest
from django.test import Client

from comments.actions.deciding import Reason
from comments.actions.sanctioning import lift, warn
from comments.models import Appeal, Decision, Note, Report, Sanction
from comments.states import Measure
from ethicsforum.accounts.models import User
from tests import build, cast

pytestmark = pytest.mark.django_db
HOSTILE = '<script>alert(1)</script>"><img src=x onerror=alert(2)>'


@pytest.fixture
def desk(client: Client, mia: User) -> Client:
    client.force_login(mia)
    return client


def at(member: User, verb: str = "") -> str:
    return f"/admin/comments/sanction/member/{member.pk}/{verb}"


def page(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == HTTPStatus.OK
    return str(response.content.decode())


def fields(comment: Any, measure: str = "limit", **other: Any) -> dict[str, Any]:
    """What the page's form sends."""
    return {
        "measure": measure,
        "days": 3,
        "comment": comment.pk,
        "rule": "person",
        "explanation": "About the person.",
        **other,
    }


# --- To read --------------------------------------------------------------


def test_the_record(desk: Client, ben: User, mia: User) -> None:
    build.published(author=ben, body="Accepted.")
    build.removed(author=ben, body="Removed.")
    build.held(author=ben, body="Waits.")
    refusal = build.rejected(author=ben, body="Rejected.")
    overturned(refusal)
    reported(build.published(author=cast.cleo(), body="Cleo’s."), by=ben)
    html = page(desk, at(ben))
    for expected in (
        "1 accepted, 2 refused, 1 waiting",
        "1: 1 reversed, 0 upheld",
        "1: 1 led to a removal, 0 did not, 0 open",
        "<dd>none</dd>",
        "ben@example.org",
        "Accepted.",
        "Rejected.",
        "About the person.",
        "Nothing was done about this member before. The usual first step",
    ):
        assert expected in html


def overturned(refusal: Decision) -> None:
    ruling = Decision.objects.create(
        comment=refusal.comment,
        revision=refusal.revision,
        number=refusal.number + 1,
        measure=Measure.OVERTURN,
        about=refusal,
        decider_kind="moderator",
        decider=cast.max_(),
    )
    outcome = Appeal.Outcome.OVERTURNED
    Appeal.objects.create(decision=refusal, outcome=outcome, ruling=ruling)


def reported(comment: Any, by: User) -> None:
    Report.objects.create(
        source="member",
        comment=comment,
        revision=comment.accepted_revision,
        reporter=by,
        rule=build.rule(),
        outcome="acted",
        decided_at=comment.created_at,
    )


def test_what_was_done_before_is_a_sentence(desk: Client, ben: User, mia: User) -> None:
    occasion = build.text_of(build.published(author=ben))
    warn(occasion, moderator=mia, reason=build.reason())
    limit = build.limited(author=ben, body="Another.")
    html = page(desk, at(ben))
    assert "Done before: warned on" in html
    assert "; limited until" in html
    assert "The usual next step is a suspension" in html
    assert html.count("Take it back…") == 2
    lift(limit, moderator=mia, explanation="Too hard.")
    html = page(desk, at(ben))
    assert "taken back on" in html
    assert "The usual next step is a limit" in html
    assert html.count("Take it back…") == 1


def test_decisions_and_comments_come_in_pages(desk: Client, ben: User) -> None:
    for number in range(22):
        build.published(author=ben, body=f"Thought {number:02}.")
    html = page(desk, at(ben))
    listed = html[html.index('id="comments"') :]
    assert "Thought 21." in listed
    assert "Thought 01." not in listed
    last = ben.comment_set.order_by("-pk")[19].pk
    older = page(desk, f"{at(ben)}?comments_before={last}")
    assert "Thought 01." in older[older.index('id="comments"') :]
    assert "Older comments" not in older
    decision = Decision.objects.order_by("-pk")[19].pk
    assert f"?decisions_before={decision}" in html
    assert "Older decisions" not in page(desk, f"{at(ben)}?decisions_before={decision}")


@pytest.mark.parametrize("query", ["comments_before=²", f"comment={'9' * 30}"])
def test_an_id_that_is_none_is_ignored(desk: Client, ben: User, query: str) -> None:
    build.published(author=ben, body="Still here.")
    assert "Still here." in page(desk, f"{at(ben)}?{query}")


def test_somebody_who_has_written_nothing(desk: Client, ben: User) -> None:
    html = page(desk, at(ben))
    assert "They have not written anything" in html
    assert "/impose/" not in html


def test_colleagues_have_no_forms(desk: Client, mia: User, max_: User) -> None:
    for colleague in (mia, max_):
        build.published(author=colleague)
        html = page(desk, at(colleague))
        assert "/impose/" not in html
        assert "reject-all" not in html


@pytest.mark.parametrize("pk", [10**6, 10**30])
def test_nobody(desk: Client, pk: int) -> None:
    response = desk.get(f"/admin/comments/sanction/member/{pk}/")
    assert response.status_code == HTTPStatus.NOT_FOUND


@pytest.mark.parametrize("verb", ["", "reject-all/"])
def test_editors_and_members_may_not_look(client: Client, ben: User, verb: str) -> None:
    client.force_login(cast.eda())
    assert client.get(at(ben, verb)).status_code == HTTPStatus.FORBIDDEN
    client.force_login(cast.cleo())
    assert client.get(at(ben, verb)).status_code != HTTPStatus.OK


@pytest.mark.parametrize("amount", [1, 30])
def test_it_takes_a_fixed_number_of_queries(
    desk: Client,
    ben: User,
    mia: User,
    amount: int,
    django_assert_max_num_queries: Any,
) -> None:
    for number in range(amount):
        occasion = build.text_of(build.published(author=ben, body=f"{number}."))
        warn(occasion, moderator=mia, reason=build.reason())
        Note.objects.create(member=ben, author=mia, text=f"Note {number}.")
    page(desk, at(ben))
    with django_assert_max_num_queries(20):
        page(desk, at(ben))


def test_hostile_words_stay_words(desk: Client, ben: User, mia: User) -> None:
    occasion = build.text_of(build.published(author=ben, body="Fine."))
    warn(occasion, moderator=mia, reason=Reason(build.rule(), HOSTILE))
    Note.objects.create(member=ben, author=mia, text=HOSTILE)
    build.held(author=ben, body=HOSTILE)
    for address in (at(ben), at(ben, "reject-all/")):
        html = page(desk, address)
        assert "<script>alert" not in html
        assert "<img src=x" not in html


# --- To do ----------------------------------------------------------------


@pytest.mark.parametrize("measure", ["warn", "limit", "suspend"])
def test_each_measure(desk: Client, ben: User, mia: User, measure: str) -> None:
    comment = build.published(author=ben)
    response = desk.post(at(ben, "impose/"), fields(comment, measure))
    assert response.headers["Location"] == at(ben)
    decision = Sanction.objects.of(ben).get().decision
    assert (decision.measure, decision.decider) == (measure, mia)
    assert decision.comment == comment
    assert "The member is told" in page(desk, at(ben))


def test_without_words_the_rules_own_are_sent(desk: Client, ben: User) -> None:
    comment = build.held(author=ben).comment
    desk.post(at(ben, "impose/"), fields(comment, "warn", explanation="", days=""))
    assert Sanction.objects.get().decision.explanation == build.rule().template


@pytest.mark.parametrize(
    "wrong",
    [
        {"rule": ""},
        {"rule": "no-such-rule"},
        {"days": ""},
        {"days": "0"},
        {"days": "366"},
        {"days": "9" * 40},
        {"comment": ""},
        {"comment": "9" * 30},
        {"comment": "x"},
        {"explanation": "Kept.\x00"},
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_kept(
    desk: Client, ben: User, wrong: dict[str, str]
) -> None:
    comment = build.published(author=ben)
    sent = {**fields(comment, explanation="Kept."), **wrong}
    response = desk.post(at(ben, "impose/"), sent)
    html = response.content.decode()
    assert response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "Kept." in html
    assert 'role="alert"' in html
    assert not Sanction.objects.exists()


def test_the_occasion_is_a_comment_of_theirs(desk: Client, ben: User) -> None:
    build.published(author=ben)
    foreign = build.published(author=cast.cleo())
    response = desk.post(at(ben, "impose/"), fields(foreign))
    assert "That is no comment of this member." in response.content.decode()
    assert not Sanction.objects.exists()


def test_the_named_comment_is_offered_first(desk: Client, ben: User) -> None:
    first = build.published(author=ben, body="The first.")
    build.published(author=ben, body="The second.")
    choice = '<select name="comment"><option value="'
    assert f'{choice}{first.pk}"' not in page(desk, at(ben))
    assert f'{choice}{first.pk}"' in page(desk, f"{at(ben)}?comment={first.pk}")


def test_a_second_limit_is_a_conflict_that_names_the_first(
    desk: Client, ben: User
) -> None:
    comment = build.limited(author=ben).decision.comment
    sent = fields(comment, explanation="My words.")
    response = desk.post(at(ben, "impose/"), sent)
    html = response.content.decode()
    assert response.status_code == HTTPStatus.CONFLICT
    assert "There is one already: limit until" in html
    assert "My words." in html
    assert Sanction.objects.count() == 1


def test_a_colleague_is_not_sanctioned(desk: Client, max_: User) -> None:
    comment = build.published(author=max_)
    response = desk.post(at(max_, "impose/"), fields(comment))
    assert response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert not Sanction.objects.exists()


def test_lift(desk: Client, ben: User, mia: User) -> None:
    sanction = build.suspended(author=ben)
    address = f"/admin/comments/sanction/{sanction.pk}/lift/"
    response = desk.post(address, {"explanation": ""})
    assert response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "Please say why" in response.content.decode()
    response = desk.post(address, {"explanation": "An error."})
    assert response.headers["Location"] == at(ben)
    sanction.refresh_from_db()
    assert sanction.lifted_by is not None
    assert sanction.lifted_by.decider == mia
    response = desk.post(address, {"explanation": "Again."})
    assert response.status_code == HTTPStatus.CONFLICT
    assert Decision.objects.filter(measure="lift").count() == 1


def test_a_note(desk: Client, ben: User, mia: User) -> None:
    response = desk.post(at(ben, "note/"), {"text": " "})
    assert response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    desk.post(at(ben, "note/"), {"text": "Same person as last year."})
    note = Note.objects.get(member=ben)
    assert (note.author, note.text) == (mia, "Same person as last year.")
    assert "Same person as last year." in page(desk, at(ben))


def test_only_post_and_only_with_the_right(client: Client, ben: User) -> None:
    sanction = build.limited(author=ben)
    lifting = f"/admin/comments/sanction/{sanction.pk}/lift/"
    posts = {
        at(ben, "impose/"): fields(sanction.decision.comment, "suspend"),
        at(ben, "note/"): {"text": "Not mine to write."},
        lifting: {"explanation": "Not mine to lift."},
    }
    client.force_login(cast.mia())
    for address in posts:
        response = client.get(address)
        assert response.status_code == HTTPStatus.METHOD_NOT_ALLOWED
    client.force_login(cast.eda())
    for address, sent in posts.items():
        response = client.post(address, sent)
        assert response.status_code == HTTPStatus.FORBIDDEN
    assert Sanction.objects.running().get() == sanction
    assert not Note.objects.exists()


# --- The list -------------------------------------------------------------


def test_the_list_has_filters(desk: Client, ben: User) -> None:
    build.suspended(author=ben)
    over = build.limited(author=cast.cleo(), body="Other.")
    lift(over, moderator=cast.mia(), explanation="Enough.")
    address = "/admin/comments/sanction/"
    assert "Ben" in page(desk, f"{address}?running=yes")
    assert "Cleo" not in page(desk, f"{address}?running=yes")
    assert "Cleo" in page(desk, f"{address}?running=no")
    assert "Ben" not in page(desk, f"{address}?measure=limit")


def test_a_row_leads_to_the_member(desk: Client, ben: User) -> None:
    sanction = build.limited(author=ben)
    response = desk.get(f"/admin/comments/sanction/{sanction.pk}/change/")
    assert response.headers["Location"] == at(ben)
    Sanction.objects.update(member=None)
    response = desk.get(f"/admin/comments/sanction/{sanction.pk}/change/")
    assert str(sanction.decision_id) in response.headers["Location"]


def test_comment_and_account_lead_to_the_page(desk: Client, ben: User) -> None:
    comment = build.published(author=ben)
    assert at(ben) in page(desk, f"/admin/comments/comment/{comment.pk}/change/")
    assert at(ben) in page(desk, f"/admin/accounts/user/{ben.pk}/change/")
