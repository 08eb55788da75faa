"""`/articles/<slug>/share.png`: the picture that stands for an article elsewhere."""

import io
from unittest.mock import patch

import pytest
from django.test import Client
from PIL import Image

from articles.models import Article
from articles.share_image import HEIGHT, WIDTH, share_image
from ethicsforum.accounts.models import User
from tests import build

PATH = "/articles/triage/share.png"


def picture(png: bytes) -> Image.Image:
    return Image.open(io.BytesIO(png)).convert("L")


def ink(image: Image.Image) -> int:
    """Dark pixels above the foot, where the title is."""
    return sum(image.crop((0, 20, WIDTH, 500)).histogram()[:128])


@pytest.mark.parametrize(
    "title",
    [
        "Who decides?",
        "Übermäßig čistá Śmierć",
        "word " * 40,
        "W" * 200,
        "რა არის?",
        "😀",
    ],
)
def test_any_title_makes_a_picture_with_words_inside_it(title: str) -> None:
    image = picture(share_image(title, site="Ethics Forum"))
    assert image.size == (WIDTH, HEIGHT)
    assert ink(image) > 500
    edge = image.crop((WIDTH - 20, 20, WIDTH, HEIGHT))
    assert min(edge.tobytes()) > 200


def test_a_site_whose_letters_are_missing_still_has_one() -> None:
    assert picture(share_image("რა", site="ფორუმი")).size == (WIDTH, HEIGHT)


@pytest.mark.django_db
def test_it_is_kept_by_whoever_asks(client: Client) -> None:
    build.article()
    answer = client.get(PATH)
    assert answer.headers["Content-Type"] == "image/png"
    assert answer.headers["Cache-Control"] == "public, max-age=86400"
    assert answer.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert picture(answer.content).size == (WIDTH, HEIGHT)
    mark, moment = answer.headers["ETag"], answer.headers["Last-Modified"]
    again = client.get(PATH, headers={"if-none-match": mark})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["ETag"] == mark
    since = client.get(PATH, headers={"if-modified-since": moment})
    assert since.status_code == 304


@pytest.mark.django_db
def test_it_is_drawn_once_for_a_title(client: Client) -> None:
    article = build.article()
    with patch("articles.sharing.share_image", return_value=b"png") as draw:
        client.get(PATH)
        client.get(PATH)
        assert draw.call_count == 1
        mark = client.get(PATH).headers["ETag"]
        article.title = "Another"
        article.save()
        assert client.get(PATH).headers["ETag"] != mark
        assert draw.call_count == 2


@pytest.mark.django_db
def test_what_is_not_out_has_none(client: Client, eda: User) -> None:
    build.article(status=Article.Status.DRAFT)
    client.force_login(eda)
    assert client.get(PATH).status_code == 404
    assert client.post(PATH).status_code == 405
