"""Forms that another site sends in somebody's name: refused, and nothing is changed."""

from typing import Any

import pytest
from django.conf import settings
from django.middleware.csrf import _get_new_csrf_string

from tests.permissions.scene import build_scene
from tests.permissions.table import every_row
from tests.permissions.walking import Walker, filled, form_of

pytestmark = pytest.mark.django_db

MEANT_FOR_OTHERS = {
    "accounts/privacy/keep/<str:token>/": "the token in a mail is signed",
    "unsubscribe/<str:token>/": "a mail program posts there; the token is signed",
}
OURS, THEIRS = _get_new_csrf_string(), _get_new_csrf_string()
FORGED: dict[str, tuple[str, dict[str, Any]]] = {
    "no token": ("", {}),
    "the token of another session": (THEIRS, {}),
    "from another site": (OURS, {"origin": "https://evil.example"}),
    "from nowhere": (OURS, {"origin": "null"}),
    "from a page of another site": (OURS, {"referer": "https://evil.example/"}),
}


@pytest.mark.parametrize("person", ["nobody", "member", "moderator", "admin"])
@pytest.mark.parametrize("how", FORGED)
def test_a_forged_form_changes_nothing(how: str, person: str) -> None:
    token, headers = FORGED[how]
    known, walker = build_scene(), Walker(person)
    walker.cookies[settings.CSRF_COOKIE_NAME] = OURS
    wrong = []
    for row in every_row():
        if row.route in MEANT_FOR_OTHERS:
            continue
        form = {**form_of(row.form, known), "csrfmiddlewaretoken": token}
        address = filled(row.address, known)
        outcome = walker.go(
            "POST",
            address,
            form,
            headers=headers,
            secure=True,
            enforce_csrf_checks=True,
        )
        # Visitors are led to sign in, whatever they sent.
        refused = {"403", "in"} if person == "nobody" else {"403"}
        if outcome.status not in refused or outcome.writes - {"django_session"}:
            wrong.append(f"{row.address}: {outcome.status} {sorted(outcome.writes)}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "OPTIONS"])
def test_other_methods_change_nothing(method: str) -> None:
    known, walker = build_scene(), Walker("admin")
    wrong = []
    for row in every_row():
        outcome = walker.go(method, filled(row.address, known))
        if outcome.status == "500" or outcome.writes:
            wrong.append(f"{row.address}: {outcome.status} {sorted(outcome.writes)}")
    assert not wrong, "\n".join(wrong)
