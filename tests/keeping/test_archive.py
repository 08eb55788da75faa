"""The file of a backup: what is damaged, cut off, newer or hostile is refused."""

import json
import stat
import zipfile
from pathlib import Path

import pytest

from ethicsforum.keeping import CannotKeep
from ethicsforum.keeping.archive import MANIFEST, Archive
from tests.keeping import archives

MEMBERS = {
    "tables/comments.comment.jsonl": b'[1,"a"]\n' * 40,
    "media/pictures/owl-800.webp": bytes(range(256)) * 3,
}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return archives.write(tmp_path / "site.zip", MEMBERS)


def read_whole(path: Path) -> int:
    with Archive(path) as archive:
        return sum(archive.verify())


def test_a_whole_one_is_what_was_written(file: Path) -> None:
    assert read_whole(file) == sum(map(len, MEMBERS.values()))
    with Archive(file) as archive:
        for name, content in MEMBERS.items():
            assert b"".join(archive.pieces(name)) == content


@pytest.mark.parametrize("name", [*MEMBERS, MANIFEST])
def test_a_damaged_member_is_refused(file: Path, name: str) -> None:
    with zipfile.ZipFile(file) as opened:
        entry = opened.getinfo(name)
    place = entry.header_offset + 30 + len(name) + 20 + entry.compress_size // 2
    content = bytearray(file.read_bytes())
    content[place] ^= 0xFF
    file.write_bytes(content)
    with pytest.raises(CannotKeep, match="is damaged"):
        read_whole(file)


@pytest.mark.parametrize("name", MEMBERS)
def test_another_content_that_is_a_sound_zip_is_refused(file: Path, name: str) -> None:
    said = archives.manifest(file)
    archives.write(file, {**MEMBERS, name: MEMBERS[name][::-1]})
    archives.with_raw_manifest(file, said)
    with pytest.raises(CannotKeep, match=f"{name} is not what it was"):
        read_whole(file)


@pytest.mark.parametrize("share", [0, 0.1, 0.5, 0.9, 0.999])
def test_one_that_was_cut_off_is_refused(file: Path, share: float) -> None:
    content = file.read_bytes()
    file.write_bytes(content[: int(len(content) * share)])
    with pytest.raises(CannotKeep, match="is damaged, or no backup"):
        read_whole(file)


def test_one_of_a_newer_format_is_refused(file: Path) -> None:
    archives.with_raw_manifest(file, archives.manifest(file) | {"format": 2})
    with pytest.raises(CannotKeep, match="newer version"):
        read_whole(file)


@pytest.mark.parametrize("manifest", [{}, [], None, {"format": 1}, {"format": "x"}])
def test_a_manifest_that_is_none_is_refused(file: Path, manifest: object) -> None:
    archives.with_raw_manifest(file, manifest)
    with pytest.raises(CannotKeep, match="is damaged, or no backup"):
        read_whole(file)


@pytest.mark.parametrize(
    "name",
    [
        "media/../../etc/passwd",
        "media/..",
        "/etc/passwd",
        "media//owl",
        "media/./owl",
        "media/a\\..\\b",
        "forum.sqlite3",
        "tables",
    ],
)
def test_a_name_that_leads_elsewhere_is_refused(file: Path, name: str) -> None:
    archives.write(file, {name: b"x"})
    with pytest.raises(CannotKeep, match="is no name for a member"):
        read_whole(file)


def test_a_link_is_refused(file: Path) -> None:
    said = archives.manifest(file)
    name = "media/pictures/owl-800.webp"
    with zipfile.ZipFile(file, "w") as opened:
        for each, content in MEMBERS.items():
            entry = zipfile.ZipInfo(each)
            if each == name:
                entry.external_attr = (stat.S_IFLNK | 0o777) << 16
            opened.writestr(entry, content)
        opened.writestr(MANIFEST, json.dumps(said))
    with pytest.raises(CannotKeep, match="is no plain file"):
        read_whole(file)


def test_a_member_too_many_or_too_few_is_refused(file: Path) -> None:
    with zipfile.ZipFile(file, "a") as opened:
        opened.writestr("media/stowaway", b"x")
    with pytest.raises(CannotKeep, match="not those of its manifest"):
        read_whole(file)
    said = archives.manifest(file)
    archives.write(file, {"media/owl": b"x"})
    archives.with_raw_manifest(file, said)
    with pytest.raises(CannotKeep, match="not those of its manifest"):
        read_whole(file)


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_member_twice_is_refused(file: Path) -> None:
    with zipfile.ZipFile(file, "a") as opened:
        opened.writestr("media/pictures/owl-800.webp", b"x")
    with pytest.raises(CannotKeep, match="not those of its manifest"):
        read_whole(file)


def test_what_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(CannotKeep, match="is not there"):
        read_whole(tmp_path / "nowhere.zip")
