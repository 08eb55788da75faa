"""The table of contents of a long piece."""

import pytest
from django.core.management import call_command
from django.test import Client

from articles.contents import Heading, contents_of
from articles.models import Article
from ethicsforum.markup import ARTICLE, render
from tests import build

LONG = "## Why *now*\n\n" + "word " * 900 + "\n\n### How\n\n#### Not this\n\n## Who"


def test_it_names_the_headings_in_order() -> None:
    assert contents_of(render(LONG, ARTICLE), words=900) == [
        Heading(2, "section-why-now", "Why now"),
        Heading(3, "section-how", "How"),
        Heading(2, "section-who", "Who"),
    ]


def test_a_short_piece_has_none() -> None:
    assert contents_of(render(LONG, ARTICLE), words=799) == []


def test_a_piece_that_is_hardly_divided_has_none() -> None:
    assert contents_of(render("## a\n\n## b", ARTICLE), words=2000) == []


@pytest.mark.django_db
def test_the_page_has_it(client: Client) -> None:
    html = client.get(build.article(body=LONG).get_absolute_url()).content.decode()
    assert html.count('href="#section-') == 3
    assert '<a href="#section-why-now">Why now</a>' in html
    assert '<h2 id="section-why-now">' in html


@pytest.mark.django_db
def test_a_short_page_has_none(client: Client) -> None:
    html = client.get(build.article().get_absolute_url()).content.decode()
    assert "contents" not in html


@pytest.mark.django_db
def test_articles_of_an_older_renderer_are_rendered_again(
    capsys: pytest.CaptureFixture[str],
) -> None:
    article = build.article(body=LONG)
    Article.objects.update(body_html="<h2>Why</h2>", render_version="article-1")
    changed = article.updated_at
    call_command("rerender_articles")
    call_command("rerender_articles")
    article.refresh_from_db()
    assert article.body_html == render(LONG, ARTICLE)
    assert article.render_version == ARTICLE.version
    assert article.updated_at == changed
    printed = capsys.readouterr().out
    assert printed == "1 articles rendered again.\n0 articles rendered again.\n"
