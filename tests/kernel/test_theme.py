"""Light and dark, by the system or by choice."""

from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.test import Client

pytestmark = pytest.mark.django_db


def test_what_runs_before_the_first_paint_is_tiny() -> None:
    assert Path(str(finders.find("js/theme.js"))).stat().st_size < 400


def test_it_stands_before_the_styles_and_does_not_wait(client: Client) -> None:
    head = client.get("/").content.decode().partition("</head>")[0]
    script = '<script src="/static/js/theme.js"></script>'
    assert head.index(script) < head.index('rel="stylesheet"')
    assert head.index("data-bar") < head.index(script)


def test_there_are_three_choices_on_every_page(client: Client) -> None:
    html = client.get("/rules/").content.decode()
    for choice in ("auto", "light", "dark"):
        assert html.count(f'name="theme" value="{choice}"') == 1
