"""Taking one's data along: a worker's time, so a few times a day."""

from dataclasses import replace
from http import HTTPStatus

import pytest
from django.test import Client

from ethicsforum.accounts.models import User
from ethicsforum.accounts.privacy import views
from ethicsforum.accounts.privacy.models import Export
from ethicsforum.limits import table
from tests import cast

pytestmark = pytest.mark.django_db
THERE = "/accounts/privacy/export/"


def test_it_is_made_so_often_and_no_oftener(
    client: Client, ben: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = replace(table.EXPORTING, member=1)
    monkeypatch.setattr(views, "EXPORTING", one)
    client.force_login(ben)
    client.post("/accounts/reauthenticate/", {"password": cast.PASSWORD})
    client.post(THERE)
    assert Export.objects.get().member == ben
    answer = client.post(THERE)
    assert answer.status_code == HTTPStatus.TOO_MANY_REQUESTS
    assert int(answer.headers["Retry-After"]) > 0
    assert "Please try again in 24 hours." in answer.content.decode()
