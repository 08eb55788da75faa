"""GET /comments/<id>/reply/"""

from http import HTTPStatus
from typing import Any

import pytest
from django.test import Client

from articles.models import Article
from ethicsforum.accounts.models import User
from tests import build, cast

pytestmark = pytest.mark.django_db
SCRIPT = {"HX-Request": "true"}


def ask(client: Client, pk: int, **options: Any) -> Any:
    return client.get(f"/comments/{pk}/reply/", headers=SCRIPT, **options)


def test_the_form_alone_with_whom_it_answers(client: Client, ben: User) -> None:
    parent = build.published(author=cast.cleo())
    client.force_login(ben)
    html = ask(client, parent.pk).content.decode()
    assert f'name="parent" value="{parent.pk}"' in html
    assert "Cleo" in html
    assert "csrfmiddlewaretoken" in html
    assert 'name="steelman"' in html
    assert "<html" not in html


def test_as_a_page_it_leads_to_the_articles(client: Client, ben: User) -> None:
    parent = build.published(author=cast.cleo())
    client.force_login(ben)
    response = client.get(f"/comments/{parent.pk}/reply/")
    there = f"/articles/triage/?reply_to={parent.pk}#comment-form"
    assert response.headers["Location"] == there


def test_a_visitor_signs_in_first(client: Client) -> None:
    parent = build.published(author=cast.cleo())
    response = ask(client, parent.pk)
    assert response.headers["HX-Redirect"].startswith("/accounts/login/?next=")


def test_what_cannot_be_answered(client: Client, ben: User) -> None:
    client.force_login(ben)
    held, removed = build.held(author=cast.cleo()).comment, build.removed()
    for pk in (held.pk, removed.pk, 0, 10**17):
        assert ask(client, pk).status_code == HTTPStatus.NOT_FOUND
    parent = build.published(author=cast.cleo(), body="Public.")
    Article.objects.update(discussion="closed")
    assert ask(client, parent.pk).status_code == HTTPStatus.NOT_FOUND
