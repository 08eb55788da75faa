"""`manage.py import_article FILE… [--publish]`."""

from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError
from pytest import CaptureFixture, MonkeyPatch

from articles.importing import LARGEST
from articles.management.commands import import_article
from articles.models import Article

pytestmark = pytest.mark.django_db

TEXT = "A title\n\nA paragraph that ends.\n\nWrite A Comment\n"
ADDRESS = "http://127.0.0.1:8000/articles/a-title/"


@pytest.fixture
def good(tmp_path: Path) -> Path:
    path = tmp_path / "good.txt"
    path.write_text(TEXT)
    return path


@pytest.fixture
def out(capsys: CaptureFixture[str]) -> CaptureFixture[str]:
    return capsys


def lines(out: CaptureFixture[str]) -> tuple[list[str], list[str]]:
    said = out.readouterr()
    return said.out.splitlines(), said.err.splitlines()


def fails(*names: object) -> None:
    with pytest.raises(SystemExit) as caught:
        call_command("import_article", *map(str, names))
    assert caught.value.code == 1


def test_it_says_what_it_did_and_where(good: Path, out: CaptureFixture[str]) -> None:
    call_command("import_article", str(good))
    call_command("import_article", str(good), "--publish")
    call_command("import_article", str(good), "--publish")
    left_out = "left out: Write A Comment"
    assert lines(out) == (
        [
            f"created (draft; {left_out}): {ADDRESS}",
            f"no longer a draft (published; {left_out}): {ADDRESS}",
            f"unchanged (published; {left_out}): {ADDRESS}",
        ],
        [],
    )
    assert Article.objects.count() == 1


def test_each_file_has_its_line(
    good: Path, tmp_path: Path, out: CaptureFixture[str]
) -> None:
    other = tmp_path / "other.md"
    other.write_text("# Other\n\nText.")
    call_command("import_article", str(good), str(other), "--publish")
    assert [line.split(" ")[-1] for line in lines(out)[0]] == [
        ADDRESS,
        "http://127.0.0.1:8000/articles/other/",
    ]
    assert Article.objects.published().count() == 2


def test_bad_files_have_one_line_each_and_good_ones_still_go_in(
    good: Path, tmp_path: Path, out: CaptureFixture[str]
) -> None:
    contents = {
        "empty.txt": b"",
        "picture.png": b"\x89PNG\r\n\x1a\n\x00",
        "large.txt": b"x" * (LARGEST + 1),
        "broken.md": b"---\ntitle: 'open\n---\nText.",
    }
    bad = [tmp_path / name for name in contents]
    for path in bad:
        path.write_bytes(contents[path.name])
    bad += [tmp_path / "missing.txt", tmp_path]
    fails(*bad, good)
    printed, errors = lines(out)
    assert [line.partition(": ")[0] for line in errors] == [str(path) for path in bad]
    assert len(printed) == 1
    assert [article.slug for article in Article.objects.all()] == ["a-title"]


def test_a_file_that_may_not_be_read_has_one_line(
    good: Path, out: CaptureFixture[str], monkeypatch: MonkeyPatch
) -> None:
    def refuse(*args: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    fails(good)
    assert lines(out) == ([], [f"{good}: Permission denied"])


def test_two_files_for_one_address_do_not_undo_each_other(
    good: Path, tmp_path: Path, out: CaptureFixture[str]
) -> None:
    other = tmp_path / "other.txt"
    other.write_text("A title\n\nAnother text.")
    fails(good, other)
    assert lines(out)[1] == [
        f"{other}: has the same address as {good}; give one of them a 'slug'"
    ]
    assert Article.objects.get().body == "A paragraph that ends."


def test_a_copy_of_a_file_is_the_same_article(good: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.txt"
    copy.write_text(TEXT)
    call_command("import_article", str(good), str(copy))
    assert Article.objects.count() == 1


def test_an_article_written_here_stays(good: Path, out: CaptureFixture[str]) -> None:
    Article.objects.create(title="Mine", slug="a-title", body="Mine.")
    fails(good)
    assert "'a-title' is the address of an article written here" in lines(out)[1][0]
    assert Article.objects.get().body == "Mine."


def test_a_database_that_refuses_is_said_without_a_traceback(
    good: Path, monkeypatch: MonkeyPatch
) -> None:
    def refuse(*args: object, **options: object) -> None:
        raise OperationalError("no such table: articles_article")

    monkeypatch.setattr(import_article, "import_draft", refuse)
    with pytest.raises(CommandError, match="no such table: articles_article"):
        call_command("import_article", str(good))


def test_stopped_it_says_what_is_in_and_how_to_go_on(
    tmp_path: Path, monkeypatch: MonkeyPatch, capsys: CaptureFixture[str]
) -> None:
    files = [tmp_path / f"{name}.md" for name in ("one", "two", "three")]
    for file in files:
        file.write_text(f"# The {file.stem} question\n\nA text of a few words.\n")
    whole = import_article._draft_in

    def pressed(name: str) -> Any:
        if name == str(files[2]):
            raise KeyboardInterrupt
        return whole(name)

    with monkeypatch.context() as patch, pytest.raises(SystemExit) as stop:
        patch.setattr(import_article, "_draft_in", pressed)
        call_command("import_article", *map(str, files))
    assert stop.value.code == 130
    said = capsys.readouterr()
    assert said.out.count("created") == 2
    assert "Stopped after 2 of 3 files. They are in; the same command" in said.err

    call_command("import_article", *map(str, files))
    printed = capsys.readouterr().out
    assert (printed.count("unchanged"), printed.count("created")) == (2, 1)
