"""What a discussion adds to `/sitemap.xml`: all that is public and stays."""

from datetime import UTC, datetime

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from comments.models import Rule
from tests import build
from tests.articles.test_sitemap import SITE, public_site, urls

__all__ = ["public_site"]
pytestmark = pytest.mark.django_db


def test_the_rules_and_how_they_are_kept(client: Client) -> None:
    found = urls(client)
    for path in ("rules", "moderation/log", "moderation/report", "moderation/notice"):
        assert f"{SITE}/{path}/" in found


def test_each_rule_in_force_with_the_day_from_which_it_reads_so(client: Client) -> None:
    Rule.objects.filter(code="question").update(retired_at=timezone.now())
    found = urls(client)
    since = Rule.objects.with_date().get(code="person").since
    assert found[f"{SITE}/rules/person/"] == since.date().isoformat()
    assert f"{SITE}/rules/question/" not in found


def test_the_report_of_each_year(client: Client) -> None:
    with time_machine.travel(datetime(2025, 5, 1, tzinfo=UTC)):
        build.published()
    with time_machine.travel(datetime(2026, 5, 1, tzinfo=UTC)):
        found = urls(client)
    reports = {path for path in found if "/report/2" in path}
    assert reports == {f"{SITE}/moderation/report/{year}/" for year in (2025, 2026)}


def test_no_member_and_no_comment(client: Client) -> None:
    made = build.published()
    found = urls(client)
    assert not [path for path in found if "/members/" in path or "/comments/" in path]
    assert f"{SITE}{made.article.get_absolute_url()}" in found
