"""Pictures in articles: what is made of an upload, and where it is shown."""

import io
import re
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from articles import pictures
from articles.models import Article, Picture
from articles.pictures import prepare, widths_of
from ethicsforum.accounts.models import User
from ethicsforum.markup import ARTICLE, COMMENT, render, sanitise
from tests import build, cast


def photo(width: int = 1000, height: int = 500, kind: str = "JPEG") -> bytes:
    made = io.BytesIO()
    image = Image.new("RGB", (width, height), "#15545d")
    exif = Image.Exif()
    exif[0x010F] = "A camera"
    image.save(made, kind, exif=exif)
    return made.getvalue()


def upload(client: Client, content: bytes, **fields: str) -> Any:
    file = SimpleUploadedFile("photo.jpg", content, "image/jpeg")
    data = {"upload": file, "alt": "A waiting room", "credit": "By nobody", **fields}
    return client.post("/admin/articles/picture/add/", data)


@pytest.fixture
def picture(client: Client, eda: User) -> Picture:
    client.force_login(eda)
    assert upload(client, photo()).status_code == 302
    client.logout()
    return Picture.objects.get()


@pytest.mark.parametrize(
    ("width", "made"),
    [(3000, [480, 960, 1600]), (1000, [480, 960, 1000]), (480, [480]), (20, [20])],
)
def test_it_comes_in_widths_no_larger_than_it_is(width: int, made: list[int]) -> None:
    assert widths_of(width) == made


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_only_its_pixels_go_on(kind: str) -> None:
    made = prepare(photo(kind=kind))
    assert (made.width, made.height) == (1000, 500)
    for width, content in made.files.items():
        image = Image.open(io.BytesIO(content))
        assert (image.format, image.width) == ("WEBP", width)
        assert not image.getexif()
        assert b"A camera" not in content


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "no JPEG"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "no JPEG"),
        (photo()[:800], "damaged"),
        (photo(kind="GIF"), "no JPEG"),
    ],
)
def test_what_is_no_picture_is_refused(content: bytes, why: str) -> None:
    with pytest.raises(ValidationError, match=why):
        prepare(content)


def test_a_picture_of_too_many_pixels_or_bytes_is_refused_unread(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(pictures, "MOST_PIXELS", 499_999)
    with pytest.raises(ValidationError, match="million pixels"):
        prepare(photo())
    monkeypatch.setattr(pictures, "MOST_BYTES", 10)
    with pytest.raises(ValidationError, match="MB"):
        prepare(photo())


@pytest.mark.django_db
def test_an_article_shows_it(client: Client, picture: Picture) -> None:
    source = f"![](picture:{picture.pk})"
    html = client.get(build.article(body=source).get_absolute_url()).content.decode()
    figure = html.split("<figure>")[1].split("</figure>")[0]
    assert 'alt="A waiting room"' in figure
    assert 'width="1000"' in figure
    assert 'height="500"' in figure
    assert 'loading="lazy"' in figure
    assert "<figcaption>By nobody</figcaption>" in figure
    assert len(re.findall(r"\.webp \d+w", figure)) == 3
    assert "<p><figure>" not in html


@pytest.mark.django_db
def test_the_words_of_the_text_come_first(picture: Picture) -> None:
    html = build.article(body=f'![Who "waits"](picture:{picture.pk})').body_html
    assert 'alt="Who &quot;waits&quot;"' in html


@pytest.mark.django_db
def test_amid_other_words_only_its_own_stay(picture: Picture) -> None:
    html = build.article(body=f"Before ![it](picture:{picture.pk}) after.").body_html
    assert html == "<p>Before it after.</p>\n"


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["picture:999", "https://e.org/x.png", "data:x"])
def test_no_other_picture_is_shown(address: str) -> None:
    html = build.article(body=f"Before ![words]({address}) after.").body_html
    assert "<img" not in html
    assert "words" in html


@pytest.mark.django_db
def test_its_file_is_kept_for_good_by_whoever_asks(
    client: Client, picture: Picture
) -> None:
    answer = client.get(picture.url(480))
    assert answer.headers["Content-Type"] == "image/webp"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    image = Image.open(io.BytesIO(answer.getvalue()))
    assert image.size == (480, 240)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "path",
    [
        "/media/pictures/0123456789abcdef-480.webp",
        "/media/pictures/../../secret-key",
        "/media/pictures/%2e%2e/%2e%2e/secret-key",
        "/media/secret-key",
    ],
)
def test_nothing_else_is_served(client: Client, path: str) -> None:
    assert client.get(path).status_code == 404


@pytest.mark.django_db
def test_a_picture_needs_words_and_a_file(client: Client, eda: User) -> None:
    client.force_login(eda)
    assert "errorlist" in upload(client, photo(), alt="").content.decode()
    assert "no JPEG" in upload(client, b"x").content.decode()
    assert not Picture.objects.exists()


@pytest.mark.django_db
def test_a_member_uploads_nothing(client: Client, ben: User) -> None:
    client.force_login(ben)
    assert upload(client, photo()).status_code in (302, 403)
    assert not Picture.objects.exists()


@pytest.mark.django_db
def test_articles_are_rendered_in_a_fixed_number_of_queries(
    picture: Picture, django_assert_num_queries: Any
) -> None:
    source = "\n\n".join([f"![](picture:{picture.pk})"] * 9)
    article = Article(body=source)
    with django_assert_num_queries(1):
        article.render_body()
    assert article.body_html.count("<figure>") == 9


@pytest.mark.parametrize(
    "html",
    [
        '<img src="https://e.org/x.png" alt="">',
        '<img src="/media/pictures/../x.webp">',
        '<img src="/accounts/logout/">',
        '<img src="x" onerror="alert(1)">',
        '<img srcset="https://e.org/x.png 480w">',
        '<img style="x">',
    ],
)
def test_the_sanitisers_leave_no_other_address(html: str) -> None:
    cleaned = sanitise(html, ARTICLE)
    for part in ("src", "onerror", "style"):
        assert part not in cleaned
    assert "<img" not in sanitise(html, COMMENT)


def test_a_comment_has_no_picture() -> None:
    assert "<img" not in render("![x](picture:1)", COMMENT)


@pytest.mark.django_db
def test_its_new_words_stand_in_its_articles_at_once(
    client: Client, picture: Picture, eda: User
) -> None:
    shows = build.article(body=f"![](picture:{picture.pk})")
    other = build.article("other", body=f"![](picture:{picture.pk}0)")
    client.force_login(eda)
    address = f"/admin/articles/picture/{picture.pk}/change/"
    assert client.post(address, {"alt": "An empty room"}).status_code == 302
    assert 'alt="An empty room"' in client.get("/articles/triage/").content.decode()
    again = Article.objects.get(pk=shows.pk)
    assert again.updated_at == shows.updated_at
    assert Article.objects.get(pk=other.pk).body_html == other.body_html


def delete(client: Client, *pictures: Picture) -> None:
    """As the list of all pictures does it."""
    data = {"action": "delete_selected", "post": "yes"}
    chosen = [str(picture.pk) for picture in pictures]
    client.post("/admin/articles/picture/", {**data, "_selected_action": chosen})


@pytest.mark.django_db
@pytest.mark.parametrize("way", ["alone", "from the list"])
def test_its_files_go_when_it_does(
    client: Client,
    picture: Picture,
    way: str,
    django_capture_on_commit_callbacks: Any,
) -> None:
    build.article(body=f"Before.\n\n![A room](picture:{picture.pk})")
    client.force_login(cast.root())
    with django_capture_on_commit_callbacks(execute=True):
        if way == "alone":
            address = f"/admin/articles/picture/{picture.pk}/delete/"
            client.post(address, {"post": "yes"})
        else:
            delete(client, picture)
        # Whoever reads while it is not committed still gets it.
        assert client.get(picture.url(480)).status_code == 200
    assert not Picture.objects.exists()
    for width in widths_of(picture.width):
        assert client.get(picture.url(width)).status_code == 404
    assert "<img" not in client.get("/articles/triage/").content.decode()


@pytest.mark.django_db
def test_what_was_uploaded_twice_keeps_its_files_until_both_are_gone(
    client: Client,
    picture: Picture,
    django_capture_on_commit_callbacks: Any,
) -> None:
    client.force_login(cast.root())
    upload(client, photo())
    twin = Picture.objects.exclude(pk=picture.pk).get()
    assert twin.digest == picture.digest
    for one, status in ((picture, 200), (twin, 404)):
        with django_capture_on_commit_callbacks(execute=True):
            delete(client, one)
        assert client.get(twin.url(480)).status_code == status
