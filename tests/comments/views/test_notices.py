"""The notices on the site: what each says, where it leads, how many are unread."""

import re
from http import HTTPStatus
from typing import Any

import pytest
from django.test import Client

from comments.actions.moderating import remove_comment
from comments.models import Notification
from ethicsforum.accounts.models import User
from tests import build, cast, news

pytestmark = pytest.mark.django_db


@pytest.fixture
def site(client: Client, ben: User) -> Client:
    client.force_login(ben)
    return client


def page(site: Client, address: str = "/notices/") -> str:
    return site.get(address).content.decode()


def test_a_reply_says_who_and_what(site: Client, ben: User) -> None:
    news.answered(ben, body="I *disagree*.")
    html = page(site)
    assert "<bdi>Cleo</bdi> has answered you." in html
    assert "I disagree." in html
    assert 'class="unread"' in html


def test_a_mention_and_what_is_followed(site: Client, ben: User) -> None:
    news.follow(ben, article=build.article())
    news.announced(author=cast.cleo(), body="@Ben knows.")
    news.announced(author=cast.cleo(), body="Something else.")
    html = page(site)
    assert "has named you in a comment." in html
    assert "New in what you follow: a comment by <bdi>Cleo</bdi>." in html


def test_what_was_taken_down_is_not_shown(site: Client, ben: User) -> None:
    reply = news.answered(ben, body="Unkind words.")
    remove_comment(reply, moderator=cast.mia(), reason=build.reason())
    html = page(site)
    assert "Unkind words." not in html
    assert "Cleo" not in html
    assert "the answer is no longer there" in html


def test_hostile_words_stay_words(site: Client, ben: User) -> None:
    User.objects.filter(pk=cast.cleo().pk).update(username="<script>x</script>")
    news.answered(ben, body="`<script>alert(1)</script>`")
    assert "<script>x" not in page(site)
    assert "<script>alert" not in page(site)


def test_it_leads_to_the_comment_and_is_read(site: Client, ben: User) -> None:
    reply = news.answered(ben)
    found = re.search(r'href="(/notices/\d+/)"', page(site))
    assert found
    response = site.get(found[1])
    assert response.headers["Location"] == reply.get_absolute_url()
    assert not Notification.objects.unread().exists()
    assert site.get(found[1]).status_code == HTTPStatus.FOUND


def test_a_decision_leads_to_its_page(site: Client, ben: User) -> None:
    decision = build.rejected(author=ben)
    notice = Notification.objects.get()
    response = site.get(f"/notices/{notice.pk}/")
    assert response.headers["Location"] == decision.get_absolute_url()


def test_somebody_elses_is_not_there(site: Client) -> None:
    news.answered(cast.member("Dora"))
    notice = Notification.objects.get()
    assert site.get(f"/notices/{notice.pk}/").status_code == HTTPStatus.NOT_FOUND
    notice.refresh_from_db()
    assert notice.read_at is None


def test_visitors_are_asked_to_sign_in(client: Client, ben: User) -> None:
    news.answered(ben)
    notice = Notification.objects.get()
    response = client.get(f"/notices/{notice.pk}/")
    assert response.headers["Location"].startswith("/accounts/login/")


def test_the_header_counts_what_is_unread(site: Client, ben: User) -> None:
    assert "unread</span>" not in page(site, "/rules/")
    build.rejected(author=ben)
    assert '<span class="count">1</span>' in page(site, "/rules/")
    news.answered(ben)
    assert '<span class="count">2</span>' in page(site, "/rules/")


def test_very_many_are_not_counted(
    site: Client, ben: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("comments.templatetags.notices.MOST_UNREAD", 2)
    for number in range(3):
        news.answered(ben, body=f"Number {number}.")
    assert '<span class="count">2+</span>' in page(site, "/rules/")


def test_the_page_costs_the_same_for_many(
    site: Client, ben: User, django_assert_num_queries: Any
) -> None:
    news.answered(ben)
    build.rejected(author=ben)
    page(site)
    with django_assert_num_queries(7):
        page(site)
    for number in range(9):
        news.answered(ben, body=f"Number {number}.")
    with django_assert_num_queries(7):
        page(site)
