"""Files that are no article: one line each, before anything is read from them."""

import pytest

from articles.importing import LARGEST, CannotImport, read_draft


def refusal(data: bytes, name: str = "file.txt") -> str:
    with pytest.raises(CannotImport) as caught:
        read_draft(data, name)
    return str(caught.value)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "the file is empty"),
        (b" \n\t\r\n", "the file is empty"),
        ("\ufeff\n".encode(), "the file is empty"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "not a text file"),
        (b"Title\n\nText with \x00 in it.", "not a text file"),
        ("Title\nText.\0".encode("utf-16"), "not a text file"),
        ("Title\nText.".encode("utf-32"), "not a text file"),
        ("Title\nThe rest’s ‘text’.".encode("cp1252"), "not text in UTF-8"),
        (b"\xff\xfea", "not text in UTF-8"),
        (b"{\\rtf1\\ansi Title}", "this is RTF"),
        (b"%PDF-1.7\n%text", "this is PDF"),
        (b"<!DOCTYPE html><p>Title", "this is HTML"),
        (b"Only a title", "no text under it"),
        (b"# Only a title", "no text under it"),
        (b"x" * 201 + b"\nText.", "over 200 characters"),
        (b"x" * (LARGEST + 1), "too large: 1 MB at most"),
    ],
)
def test_a_file_that_is_no_article_is_refused_in_one_line(
    data: bytes, reason: str
) -> None:
    said = refusal(data, "file.md" if data.startswith(b"#") else "file.txt")
    assert reason in said
    assert "\n" not in said


@pytest.mark.parametrize("coding", ["utf-8", "utf-8-sig", "utf-16"])
def test_text_is_read_however_it_was_saved(coding: str) -> None:
    draft = read_draft("Title — one\r\nThe “text”.".encode(coding), "file.txt")
    assert (draft.title, draft.body) == ("Title — one", "The “text”.")


@pytest.mark.parametrize(
    "end", ["\n", "\r\n", "\r", "\u2028", "\u2029", "\x0b", "\x85"]
)
def test_any_line_end_is_one(end: str) -> None:
    draft = read_draft(f"Title{end}One.{end}Two.".encode(), "file.txt")
    assert (draft.title, draft.body) == ("Title", "One.\n\nTwo.")


def test_the_largest_file_is_read() -> None:
    data = b"Title\n" + b"word " * ((LARGEST - 6) // 5)
    assert read_draft(data, "file.txt").title == "Title"
