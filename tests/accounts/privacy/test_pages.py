"""The pages about one's own data: whose they are, and what their buttons do."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from comments.actions.voting import Axis, Choice, vote
from ethicsforum.accounts.models import User
from ethicsforum.accounts.privacy.actions.exporting import ask_export, make_export
from ethicsforum.accounts.privacy.actions.leaving import ask_deletion
from ethicsforum.accounts.privacy.models import Deletion, Export
from ethicsforum.accounts.privacy.retention import retentions
from ethicsforum.accounts.privacy.tokens import token_for
from tests import build, cast

pytestmark = pytest.mark.django_db
KEEP, WITHDRAW = Deletion.Comments.KEEP, Deletion.Comments.WITHDRAW
MINE = "/accounts/privacy/"


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, settings: Any) -> None:
    settings.DATA_DIR = tmp_path


@pytest.fixture
def signed_in(ben: User) -> Client:
    client = Client()
    client.force_login(ben)
    return client


@pytest.fixture
def certain(signed_in: Client) -> Client:
    """Has just shown that it is them."""
    signed_in.post("/accounts/reauthenticate/", {"password": cast.PASSWORD})
    return signed_in


def text(response: Any) -> str:
    return str(response.content.decode())


def ready(member: User) -> Export:
    export = ask_export(member)
    make_export(export.pk)
    return Export.objects.get(pk=export.pk)


def addresses() -> Iterator[tuple[str, str]]:
    yield "get", MINE
    yield "post", f"{MINE}export/"
    yield "get", f"{MINE}export/state/"
    yield "get", f"{MINE}export/1/"
    yield "get", f"{MINE}delete/"
    yield "post", f"{MINE}delete/"
    yield "post", f"{MINE}stay/"


@pytest.mark.parametrize(("method", "address"), list(addresses()))
def test_a_visitor_is_asked_to_sign_in(
    client: Client, method: str, address: str
) -> None:
    response = getattr(client, method)(address)
    assert response.status_code == 302
    assert response.url.startswith("/accounts/")


# --- The policy -----------------------------------------------------------------


def test_anybody_reads_for_how_long_what_is_kept(client: Client) -> None:
    page = text(client.get("/privacy/"))
    for each in retentions():
        assert f'id="keep-{each.name}"' in page
    assert "183 days after they were answered" in page
    assert "24 hours after they are ready" in page
    assert not client.cookies


def test_it_is_in_the_footer_of_every_page(client: Client) -> None:
    assert 'href="/privacy/"' in text(client.get("/"))


# --- What there is --------------------------------------------------------------


def test_it_says_how_much_there_is(signed_in: Client, ben: User) -> None:
    build.published(author=ben)
    build.published(author=ben, body="Another.")
    page = text(signed_in.get(MINE))
    assert '<th scope="row">Your comments</th><td>2</td>' in page
    assert "Second opinions" not in page


# --- Taking it along ------------------------------------------------------------


def test_an_export_is_asked_for_by_whoever_shows_that_it_is_them(
    signed_in: Client, ben: User
) -> None:
    asked = signed_in.post(f"{MINE}export/")
    assert asked.status_code == 302
    assert asked.headers["Location"].startswith("/accounts/reauthenticate/")
    assert not Export.objects.exists()
    done = signed_in.post(asked.headers["Location"], {"password": cast.PASSWORD})
    assert (done.status_code, done.headers["Location"]) == (302, MINE)
    assert Export.objects.get().member == ben


def test_the_page_shows_how_far_it_is(certain: Client, ben: User) -> None:
    certain.post(f"{MINE}export/")
    page = text(certain.get(MINE))
    assert "It waits for its turn." in page
    assert f'data-hx-get="{MINE}export/state/"' in page
    Export.objects.update(done=3, total=30, started_at=timezone.now())
    assert "3 of 30 parts are in it." in text(certain.get(f"{MINE}export/state/"))


def test_its_owner_fetches_it(signed_in: Client, ben: User) -> None:
    export = ready(ben)
    address = f"{MINE}export/{export.pk}/"
    assert f'href="{address}"' in text(signed_in.get(MINE))
    response = signed_in.get(address)
    assert response.status_code == 200
    assert {"private", "no-store"} <= set(response.headers["Cache-Control"].split(", "))
    assert response.headers["Content-Type"] == "application/zip"
    assert (
        'attachment; filename="Ethics Forum' in response.headers["Content-Disposition"]
    )
    assert b"".join(response.streaming_content).startswith(b"PK")  # type: ignore[attr-defined]  # of a FileResponse


@pytest.mark.parametrize("who", ["Cleo", "Root"])
def test_for_others_it_does_not_exist(who: str, ben: User) -> None:
    export = ready(ben)
    cast.root()
    client = Client()
    client.force_login(cast.member(who))
    there = client.get(f"{MINE}export/{export.pk}/")
    nowhere = client.get(f"{MINE}export/{export.pk + 1}/")
    assert (there.status_code, nowhere.status_code) == (404, 404)


def test_after_a_day_it_is_gone(signed_in: Client, ben: User) -> None:
    export = ready(ben)
    Export.objects.update(expires_at=timezone.now())
    assert signed_in.get(f"{MINE}export/{export.pk}/").status_code == 404
    assert "Make the file" in text(signed_in.get(MINE))


def test_a_file_that_was_lost_is_no_error(signed_in: Client, ben: User) -> None:
    export = ready(ben)
    Export.objects.update(file="gone.zip")
    assert signed_in.get(f"{MINE}export/{export.pk}/").status_code == 404


def test_it_stands_above_their_notices_and_nobody_elses(
    signed_in: Client, ben: User
) -> None:
    ask_export(cast.cleo())
    assert "The file with your data" not in text(signed_in.get("/notices/"))
    ready(ben)
    assert "The file with your data is ready." in text(signed_in.get("/notices/"))
    Export.objects.filter(member=ben).update(expires_at=timezone.now())
    assert "The file with your data" not in text(signed_in.get("/notices/"))


# --- Leaving --------------------------------------------------------------------


def test_the_page_says_what_goes_and_what_stays_of_theirs(
    signed_in: Client, ben: User
) -> None:
    made = build.published(author=cast.cleo())
    vote(made, member=ben, axis=Axis.VALUE, choice=Choice.UP)
    build.published(author=ben)
    page = text(signed_in.get(f"{MINE}delete/"))
    assert "It goes in 24 hours" in page
    assert "Deleted with the account:" in page
    assert "your votes;" in page
    assert "<li>Your comments. " in page
    assert "second opinions" not in page


def test_asking_needs_whoever_shows_that_it_is_them(
    signed_in: Client, ben: User
) -> None:
    asked = signed_in.post(f"{MINE}delete/", {"comments": "withdraw"})
    assert asked.headers["Location"].startswith("/accounts/reauthenticate/")
    assert not Deletion.objects.exists()
    done = signed_in.post(asked.headers["Location"], {"password": cast.PASSWORD})
    assert done.status_code == 302
    assert Deletion.objects.get().comments == WITHDRAW


def test_nothing_is_chosen_for_them(certain: Client) -> None:
    assert "checked" not in text(certain.get(f"{MINE}delete/"))
    response = certain.post(f"{MINE}delete/", {})
    assert response.status_code == 422
    assert "field-error" in text(response)
    assert not Deletion.objects.exists()


def test_the_page_shows_until_when_and_offers_to_stay(
    certain: Client, ben: User
) -> None:
    certain.post(f"{MINE}delete/", {"comments": "keep"})
    page = text(certain.get(MINE))
    assert "your account will be deleted" in page
    assert "Delete my account" not in page
    assert "You can still stay" in text(certain.get("/notices/"))
    response = certain.post(f"{MINE}stay/", follow=True)
    assert "Good that you stay." in text(response)
    assert not Deletion.objects.exists()


def test_staying_after_it_has_begun_is_too_late(signed_in: Client, ben: User) -> None:
    ask_deletion(ben, comments=KEEP)
    Deletion.objects.update(started_at=timezone.now())
    response = signed_in.post(f"{MINE}stay/", follow=True)
    assert "It is too late" in text(response)


def test_the_link_in_the_mail_asks_and_its_button_calls_it_off(
    client: Client, ben: User
) -> None:
    deletion = ask_deletion(ben, comments=KEEP)
    address = f"{MINE}keep/{token_for(deletion.pk)}/"
    assert "Keep your account?" in text(client.get(address))
    assert Deletion.objects.exists()
    assert "Good that you stay" in text(client.post(address))
    assert not Deletion.objects.exists()
    assert "Nothing to call off" in text(client.post(address))


def test_a_link_that_was_not_signed_here_leads_nowhere(
    client: Client, ben: User
) -> None:
    deletion = ask_deletion(ben, comments=KEEP)
    for token in (str(deletion.pk), f"{deletion.pk}.x", token_for(1)[::-1]):
        assert client.post(f"{MINE}keep/{token}/").status_code == 404
    assert Deletion.objects.exists()


def test_who_asks_twice_is_led_to_what_they_asked(certain: Client, ben: User) -> None:
    ask_deletion(ben, comments=KEEP, after=timedelta(hours=2))
    assert certain.get(f"{MINE}delete/").status_code == 302
    assert certain.post(f"{MINE}delete/", {"comments": "withdraw"}).status_code == 302
    assert Deletion.objects.get().comments == KEEP


def test_the_last_superuser_reads_why_not() -> None:
    client = Client()
    client.force_login(cast.root())
    assert "Make somebody else superuser first" in text(client.get(f"{MINE}delete/"))
