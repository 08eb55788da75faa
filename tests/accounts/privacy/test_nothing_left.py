"""After a deletion nothing in the database says who it was; and all the rest holds."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import transaction

from comments.record.pseudonyms import pseudonym
from ethicsforum.accounts.models import User
from ethicsforum.accounts.privacy.models import Deletion
from ethicsforum.accounts.privacy.registry import End, holdings
from tests.accounts.privacy import leaver
from tests.accounts.privacy.leaver import Aftermath

pytestmark = pytest.mark.django_db
KEEP, WITHDRAW = Deletion.Comments.KEEP, Deletion.Comments.WITHDRAW


def after(who: Callable[[], User], choice: Any, blocker: Any) -> Aftermath:
    with blocker.unblock(), transaction.atomic():
        found = leaver.aftermath(who(), choice)
        transaction.set_rollback(True)
    return found


@pytest.fixture(scope="module")
def kept(django_db_setup: None, django_db_blocker: Any) -> Aftermath:
    """A member has left; what was public stays."""
    return after(leaver.member, KEEP, django_db_blocker)


@pytest.fixture(scope="module")
def withdrawn(django_db_setup: None, django_db_blocker: Any) -> Aftermath:
    """A member has left with all that they wrote."""
    return after(leaver.member, WITHDRAW, django_db_blocker)


@pytest.fixture(scope="module")
def moderated(django_db_setup: None, django_db_blocker: Any) -> Aftermath:
    """A moderator has left."""
    return after(leaver.moderator, KEEP, django_db_blocker)


@pytest.fixture(params=["kept", "withdrawn", "moderated"])
def left(request: pytest.FixtureRequest) -> Iterator[Aftermath]:
    yield request.getfixturevalue(request.param)


def test_the_search_sees_who_it_was_before(kept: Aftermath) -> None:
    places = {trace.split(":")[0] for trace in kept.traces[0]}
    assert {
        "accounts_user.username",
        "accounts_user.email",
        "account_emailaddress.email",
        "django_admin_log.object_repr",
        "django_admin_log.change_message",
        "comments_report.email",
        "comments_note.text",
    } <= places


def test_no_name_no_address_no_ip_is_left(left: Aftermath) -> None:
    assert left.traces[1] == []


def test_decisions_and_the_sealed_log_are_as_they_were(left: Aftermath) -> None:
    before, now = left.decisions
    assert before and now[: len(before)] == before
    sealed, still = left.log
    assert sealed and still[: len(sealed)] == sealed


def test_the_chain_of_the_log_holds(left: Aftermath) -> None:
    assert left.broken is None


def test_the_promises_hold_as_before(left: Aftermath) -> None:
    before, now = left.audit
    assert now <= before


def test_sessions_end_in_the_cache_too(left: Aftermath) -> None:
    before, now = left.cached_sessions
    assert (before, now) == (1, 0)


def test_no_row_leads_to_a_member_any_more(
    kept: Aftermath, withdrawn: Aftermath
) -> None:
    for gone in (kept, withdrawn):
        assert len(gone.holdings[0]) > 15
        assert gone.holdings[1] == set()
        assert gone.left is None


def test_what_was_public_stays(kept: Aftermath) -> None:
    before, now = kept.public
    assert before & kept.own
    assert now == before
    assert before & kept.own <= kept.words


def test_what_never_was_public_loses_its_words(kept: Aftermath) -> None:
    assert kept.own - kept.public[0] - kept.words


def test_all_goes_where_it_was_so_chosen(withdrawn: Aftermath) -> None:
    before, now = withdrawn.public
    assert now == before - withdrawn.own
    assert withdrawn.words == set()


def test_of_a_moderator_nothing_is_left_but_a_number(moderated: Aftermath) -> None:
    left = moderated.left
    assert left is not None
    assert (left["username"], left["is_active"]) == ("former moderator", False)
    assert (left["is_staff"], left["is_superuser"]) == (False, False)
    assert left["password"].startswith("!")


def test_only_what_stays_leads_to_the_number(moderated: Aftermath) -> None:
    ends = {each.key: each.end for each in holdings()}
    others = {key for key in moderated.holdings[1] if ends[key] != End.KEPT}
    assert others == {"accounts.User.pk"}


def test_the_log_tells_them_from_others_still(moderated: Aftermath) -> None:
    page = next(html for at, html in moderated.pages.items() if "log" in at)
    assert pseudonym(moderated.pk) in page


def test_nobody_finds_the_number_as_a_member(moderated: Aftermath) -> None:
    assert "former moderator" not in moderated.pages[f"/members/{moderated.pk}/"]
