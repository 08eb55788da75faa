"""Archives, made small and made wrong."""

import json
import zipfile
from pathlib import Path
from typing import Any

from ethicsforum.keeping.archive import MANIFEST, Writer


def write(path: Path, members: dict[str, bytes], **facts: Any) -> Path:
    with path.open("wb") as file, Writer(file) as writer:
        for name, content in members.items():
            writer.add(name, iter([content]))
        writer.finish({"migrations": {}, "tables": {}, **facts})
    return path


def contents(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as file:
        return {name: file.read(name) for name in file.namelist()}


def manifest(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(contents(path)[MANIFEST])
    return found


def rewrite(path: Path, members: dict[str, bytes], **facts: Any) -> Path:
    """The same archive with other contents, and true to itself."""
    said = manifest(path)
    there = {n: c for n, c in contents(path).items() if n != MANIFEST}
    kept = {name: said[name] for name in said if name not in {"format", "members"}}
    return write(path, {**there, **members}, **{**kept, **facts})


def with_raw_manifest(path: Path, found: Any) -> Path:
    """Its members as they were, whatever the manifest now says of them."""
    there = contents(path)
    with zipfile.ZipFile(path, "w") as file:
        for name, content in there.items():
            file.writestr(name, json.dumps(found) if name == MANIFEST else content)
    return path
