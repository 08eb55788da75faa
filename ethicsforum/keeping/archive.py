"""The file of a backup: a zip whose manifest names each member, its size and SHA-256.

`tables/<model>.jsonl` has one JSON array a line, in the order of the columns that the
manifest names; `media/…` is what editors uploaded.
"""

import hashlib
import json
import stat
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import IO, Any, Self

from ethicsforum.keeping import CannotKeep

FORMAT = 1
MANIFEST = "manifest.json"
TABLES, MEDIA = "tables/", "media/"
LARGEST_MANIFEST = 256 * 2**20
PIECE = 2**20
UNREADABLE = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,
    OSError,
    RuntimeError,
    ValueError,
    KeyError,
    TypeError,
)
"""What a damaged zip, or a damaged manifest, makes of the library and of us."""


class _Zip:
    """Closed behind whoever opened it."""

    _zip: zipfile.ZipFile

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *raised: object) -> None:
        self._zip.close()


class Writer(_Zip):
    def __init__(self, file: IO[bytes]) -> None:
        self._zip = zipfile.ZipFile(
            file, "w", zipfile.ZIP_DEFLATED, allowZip64=True, compresslevel=3
        )
        self._members: dict[str, dict[str, Any]] = {}

    def add(self, name: str, pieces: Iterator[bytes], *, packed: bool = True) -> None:
        digest, size = hashlib.sha256(), 0
        with self._zip.open(_entry(name, packed), "w", force_zip64=True) as member:
            for piece in pieces:
                member.write(piece)
                digest.update(piece)
                size += len(piece)
        self._members[name] = {"size": size, "sha256": digest.hexdigest()}

    def finish(self, facts: dict[str, Any]) -> None:
        """Last, so that what was cut off has no manifest."""
        manifest = {"format": FORMAT, **facts, "members": self._members}
        text = json.dumps(manifest, ensure_ascii=False, indent=1)
        self._zip.writestr(_entry(MANIFEST, True), text)


def _entry(name: str, packed: bool) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name)
    entry.compress_type = zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED
    entry.external_attr = (stat.S_IFREG | 0o600) << 16
    return entry


class Archive(_Zip):
    """A file that is what its manifest says; opening it reads no more than that."""

    def __init__(self, path: Path) -> None:
        self.path = path
        with readable(path):
            self._zip = zipfile.ZipFile(path)
            self.manifest = self._read_manifest()
            self.members: dict[str, dict[str, Any]] = self.manifest["members"]
            self._refuse_foreign_shape()

    @property
    def size(self) -> int:
        return sum(member["size"] for member in self.members.values())

    def names(self, beginning: str) -> list[str]:
        return [name for name in self.members if name.startswith(beginning)]

    def pieces(self, name: str) -> Iterator[bytes]:
        with self.opened(name) as member:
            while piece := member.read(PIECE):
                yield piece

    @contextmanager
    def opened(self, name: str) -> Iterator[IO[bytes]]:
        with self._zip.open(name) as member:
            yield member

    def verify(self) -> Iterator[int]:
        """Reads all of it, and yields how much at a time."""
        for name, said in self.members.items():
            digest = hashlib.sha256()
            with readable(self.path):
                for piece in self.pieces(name):
                    digest.update(piece)
                    yield len(piece)
            if digest.hexdigest() != said["sha256"]:
                raise CannotKeep(f"{self.path} is damaged: {name} is not what it was")

    def _read_manifest(self) -> dict[str, Any]:
        entry = self._zip.getinfo(MANIFEST)
        if entry.file_size > LARGEST_MANIFEST:
            raise ValueError("the manifest is too large")
        manifest: dict[str, Any] = json.loads(self._zip.read(entry))
        if manifest["format"] > FORMAT:
            raise CannotKeep(
                f"{self.path} is of a newer version (format {manifest['format']}); "
                "upgrade this site first"
            )
        return manifest

    def _refuse_foreign_shape(self) -> None:
        entries = [
            entry for entry in self._zip.infolist() if entry.filename != MANIFEST
        ]
        names = [entry.filename for entry in entries]
        if sorted(names) != sorted(self.members):
            raise ValueError("its members are not those of its manifest")
        for entry in entries:
            _refuse_unsafe(entry)
            if entry.file_size != self.members[entry.filename]["size"]:
                raise ValueError(f"{entry.filename} has another size")


def _refuse_unsafe(entry: zipfile.ZipInfo) -> None:
    """Nothing is ever written by a name that leads out of its folder."""
    name, kind = entry.filename, stat.S_IFMT(entry.external_attr >> 16)
    path = PurePosixPath(name)
    inside = name.startswith((TABLES, MEDIA)) and str(path) == name
    if not inside or ".." in path.parts or "\\" in name or "\0" in name:
        raise ValueError(f"{name!r} is no name for a member")
    if kind not in {0, stat.S_IFREG}:
        raise ValueError(f"{name!r} is no plain file")
    if entry.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
        raise ValueError(f"{name!r} is packed in a foreign way")


@contextmanager
def readable(path: Path) -> Iterator[None]:
    """Whatever goes wrong in reading it, said in one line."""
    try:
        yield
    except FileNotFoundError:
        raise CannotKeep(f"{path} is not there") from None
    except UNREADABLE as error:
        why = str(error).strip("'\"") or type(error).__name__
        raise CannotKeep(f"{path} is damaged, or no backup: {why}") from error
