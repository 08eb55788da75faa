"""Files that are not what they seem: for import, and uploaded as pictures."""

import io
import os
import struct
import zlib
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client
from PIL import Image

from articles.models import Article, Picture
from ethicsforum.accounts.models import User
from tests.articles.test_pictures import photo, upload

pytestmark = pytest.mark.django_db


def refused(capsys: pytest.CaptureFixture[str], path: Path | str) -> str:
    with pytest.raises(SystemExit):
        call_command("import_article", str(path))
    assert not Article.objects.exists()
    return capsys.readouterr().err.strip()


# --- Import ---------------------------------------------------------------


@pytest.mark.parametrize(
    "slug", ["../../etc/cron.d/x", "/etc/passwd", "a/b", "..", "a%2f"]
)
def test_an_address_is_no_path(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], slug: str
) -> None:
    file = tmp_path / "a.md"
    file.write_text(f"---\ntitle: A\nslug: {slug!r}\n---\nWords.\n")
    assert refused(capsys, file).count("\n") == 0


def test_nothing_in_a_file_gives_rights_or_passes_for_imported(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "a.md"
    head = "title: A\nis_staff: true\nid: 99\nstatus: published\n"
    more = "body_html: <script>1</script>\n"
    file.write_text(f"---\n{head}{more}---\nWords.\n")
    call_command("import_article", str(file))
    made = Article.objects.get()
    assert made.pk != 99 and made.status == Article.Status.DRAFT
    assert "script" not in made.body_html
    assert "body_html" in capsys.readouterr().out


def test_objects_of_python_are_not_made(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "a.md"
    touched = tmp_path / "touched"
    call = f"!!python/object/apply:os.mkdir ['{touched}']"
    file.write_text(f"---\ntitle: {call}\n---\nWords.\n")
    refused(capsys, file)
    assert not touched.exists()


def test_what_a_link_leads_to_is_read_as_any_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A loop, a device, a folder and a pipe end in one line each."""
    loop, zero, pipe = tmp_path / "loop", tmp_path / "zero", tmp_path / "pipe"
    loop.symlink_to(loop)
    zero.symlink_to("/dev/zero")
    os.mkfifo(pipe)
    for path in (loop, zero, pipe, tmp_path):
        assert refused(capsys, path).count("\n") == 0


def test_an_archive_is_no_article(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bomb = tmp_path / "a.zip"
    bomb.write_bytes(b"PK\x03\x04" + zlib.compress(b"\0" * 10_000_000))
    assert "not a text file" in refused(capsys, bomb)


# --- Pictures -------------------------------------------------------------


def _chunk(kind: bytes, data: bytes) -> bytes:
    check = zlib.crc32(kind + data)
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", check)


def _png(width: int, height: int, *chunks: bytes) -> bytes:
    head = _chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + b"".join(chunks) + _chunk(b"IEND", b"")


def _moving() -> bytes:
    made = io.BytesIO()
    frames = [Image.new("RGB", (600, 400), (i, 0, 0)) for i in range(50)]
    frames[0].save(made, "WEBP", save_all=True, append_images=frames[1:])
    return made.getvalue()


ZEROS = zlib.compress(b"\0" * 200_000_000, 9)
BOMBS = {
    "more pixels than it has": _png(30_000, 30_000, _chunk(b"IDAT", ZEROS)),
    "more than there can be": _png(2**31 - 1, 2**31 - 1, _chunk(b"IDAT", b"")),
    "words that unfold": _png(
        500, 500, _chunk(b"zTXt", b"Comment\0\0" + ZEROS), _chunk(b"IDAT", b"")
    ),
    "colours that unfold": _png(
        500, 500, _chunk(b"iCCP", b"icc\0\0" + ZEROS), _chunk(b"IDAT", b"")
    ),
    "a drawing with a script": b'<svg xmlns="http://www.w3.org/2000/svg" onload=""/>',
    "a page": b"<html><script>alert(1)</script>",
    "PostScript": b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n",
    "cut off": photo()[:-200],
}


@pytest.mark.parametrize("bomb", BOMBS.values(), ids=BOMBS)
def test_a_picture_that_is_none_is_refused(
    client: Client, eda: User, bomb: bytes
) -> None:
    client.force_login(eda)
    assert upload(client, bomb).status_code == 200
    assert not Picture.objects.exists()


def test_of_a_moving_picture_one_frame_is_kept(client: Client, eda: User) -> None:
    client.force_login(eda)
    assert upload(client, _moving()).status_code == 302
    picture = Picture.objects.get()
    name = picture.url(picture.width).rsplit("/", 1)[1]
    with default_storage.open(f"pictures/{name}") as file:
        assert getattr(Image.open(file), "n_frames", 1) == 1


@pytest.mark.parametrize(
    "name", ["../../evil.webp", "/etc/passwd", "a\0.jpg", "a.php", "..\\..\\a.jpg"]
)
def test_its_name_is_not_kept(client: Client, eda: User, name: str) -> None:
    client.force_login(eda)
    file = SimpleUploadedFile("photo.jpg", photo(), "text/html")
    file._name = name  # type: ignore[attr-defined]  # past its own cleaning, as a forged request is
    client.post("/admin/articles/picture/add/", {"upload": file, "alt": "A room"})
    _folders, files = default_storage.listdir("pictures")
    assert all(kept.endswith(".webp") and kept[:16].isalnum() for kept in files)
