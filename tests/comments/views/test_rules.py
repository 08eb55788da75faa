"""/rules/"""

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.html import escape

from comments.models import Rule

pytestmark = pytest.mark.django_db


def test_each_rule_stands_with_its_code(client: Client) -> None:
    html = client.get("/rules/").content.decode()
    for rule in Rule.objects.all():
        assert escape(rule.title) in html
        assert f'id="rule-{rule.code}"' in html
        assert f"<code>{rule.code}</code>" in html


def test_a_retired_rule_is_gone(client: Client) -> None:
    Rule.objects.filter(code="question").update(retired_at=timezone.now())
    assert 'id="rule-question"' not in client.get("/rules/").content.decode()
