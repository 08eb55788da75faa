"""Fields that no form has asked for change nothing, whoever sends them."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.utils import timezone

from articles.models import Article
from ethicsforum.accounts.models import User
from tests import cast
from tests.permissions.scene import Known, build_scene
from tests.permissions.table import Row, every_row
from tests.permissions.walking import Walker, filled, form_of

pytestmark = pytest.mark.django_db

REFUSALS = {"in", "403", "404", "405"}
WHEN = "2000-01-01T00:00:00Z"
FORGED = {
    "on": "is_staff is_superuser is_active is_undo verified primary email_verified",
    "published": "state status from_state to_state kind decider_kind path body_html",
    "99": "id pk score value_score agree_score weight number version_number",
    "{other}": "author author_id user user_id member member_id recipient moderator "
    "reporter decider appellant owner",
    WHEN: "created_at published_at updated_at decided_at read_at closed_at",
    "1": "groups user_permissions",
}
"""By value: names of columns, which no form of a member's has."""
LEFT_OUT = {"django_session", "limits_bucket"}
"""They hold moments to the second, of the request and not of its form."""


def extra(known: Known) -> dict[str, str]:
    forged = {filled(value, known): names.split() for value, names in FORGED.items()}
    return {name: value for value, names in forged.items() for name in names}


def cases() -> Iterator[tuple[Row, str]]:
    """Each form that the table fills, and the first who may send it."""
    for row in every_row():
        people = ("member", "other", "moderator", "admin", "nobody")
        able = [p for p in people if row.answers["POST", p] not in REFUSALS]
        if row.form and able:
            yield row, able[0]


def everything() -> dict[str, list[tuple[Any, ...]]]:
    """All rows of all tables, with every time about now as days from it."""
    found = {}
    for model in apps.get_models(include_auto_created=True):
        if model._meta.db_table not in LEFT_OUT and model._meta.managed:
            rows = model._base_manager.order_by("pk").values_list()
            found[model._meta.label] = [tuple(map(_about, row)) for row in rows]
    return found


def _about(value: Any) -> Any:
    """Of a time of these weeks, the day: a forged one is years away."""
    if not isinstance(value, datetime) or not timezone.is_aware(value):
        return value
    days = (value - timezone.now()) / timedelta(days=1)
    return round(days) if abs(days) < 100 else value


@pytest.mark.skipif(
    connection.vendor != "sqlite", reason="ids go on after a rollback in PostgreSQL"
)
def test_no_form_takes_what_it_did_not_ask_for() -> None:
    known = build_scene()
    wrong = []
    for row, person in cases():
        walker, address = Walker(person), filled(row.address, known)
        form = form_of(row.form, known)
        asked = walker.go("POST", address, form, then=everything)
        more = walker.go("POST", address, {**extra(known), **form}, then=everything)
        if asked.status != more.status:
            wrong.append(f"{row.address}: {asked.status}, then {more.status}")
        for name, rows in asked.left.items():
            if rows != more.left[name]:
                wrong.append(f"{row.address}: {name} differs")
    assert not wrong, "\n".join(wrong)


def test_signing_up_makes_a_member_and_no_more(client: Any) -> None:
    form = {"email": "new@example.org", "username": "New", "password1": "a b c d e f g"}
    sent = {**extra({"other": 1}), **form}
    assert client.post("/accounts/signup/", sent).status_code == 302
    made = User.objects.get(email="new@example.org")
    assert not made.is_staff and not made.is_superuser and not made.has_verified_email
    assert not made.groups.exists() and not made.user_permissions.exists()
    assert made.pk != 99


def test_an_editor_writes_what_the_form_has_alone(client: Any) -> None:
    client.force_login(cast.eda())
    form = {"title": "Who?", "body": "Words.", "status": "draft", "discussion": "open"}
    more = {"body_html": "<script>1</script>", "source_digest": "x", "publish_at": WHEN}
    client.post("/admin/articles/article/add/", {**extra({"other": 1}), **form, **more})
    made = Article.objects.get()
    assert made.pk != 99 and made.status == "draft" and made.source_digest == ""
    assert made.updated_at > timezone.now() - timedelta(days=1)
    assert "script" not in made.body_html


def test_whoever_may_look_at_a_member_makes_nobody_staff(client: Any) -> None:
    ben = cast.ben()
    client.force_login(cast.mia())
    form = {"email": ben.email, "username": "Ben", "is_staff": "on", "is_active": "on"}
    response = client.post(f"/admin/accounts/user/{ben.pk}/change/", form)
    assert response.status_code == 403
    assert not User.objects.get(pk=ben.pk).is_staff
