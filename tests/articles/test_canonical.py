"""One address for each page, whatever query it was asked with."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from tests import build

pytestmark = pytest.mark.django_db


def canonical(client: Client, address: str) -> str:
    html = client.get(address).content.decode()
    assert html.count('rel="canonical"') == 1
    return html.split('<link rel="canonical" href="')[1].split('"')[0]


@pytest.mark.parametrize(
    "path",
    ["/", "/articles/triage/", "/rules/", "/moderation/log/", "/accounts/login/"],
)
def test_a_query_of_somebody_elses_is_left_out(client: Client, path: str) -> None:
    build.article()
    assert canonical(client, f"{path}?utm_source=x") == settings.SITE_URL + path


def test_an_older_page_of_the_list_is_a_page_of_its_own(client: Client) -> None:
    for age in range(21):
        moment = timezone.now() - timedelta(days=age)
        build.article(f"n-{age}", publish_at=moment)
    assert canonical(client, "/?page=2&x=1") == f"{settings.SITE_URL}/?page=2"
    assert canonical(client, "/?page=1") == f"{settings.SITE_URL}/"


def test_a_page_of_a_discussion_belongs_to_its_article(client: Client) -> None:
    made = build.published()
    address = made.article.get_absolute_url()
    assert canonical(client, f"{address}?from={made.pk}") == settings.SITE_URL + address


def test_a_page_that_is_not_there_has_none(client: Client) -> None:
    assert 'rel="canonical"' not in client.get("/nowhere/").content.decode()
