"""docs/security.md names what is there, and leaves no requirement out."""

import ast
import re
from pathlib import Path

import pytest
from django.conf import settings

from ethicsforum.env import VARIABLES

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "security.md").read_text()
APPLY = re.findall(
    r"[\d.]+",
    """
1.1.1 1.1.2 1.2.1 1.2.2 1.2.3 1.2.4 1.2.9 1.2.10 1.3.1 1.3.5 1.3.6 1.3.7 1.3.11
2.2.1 2.2.2 2.3.1 2.3.3 2.3.4 2.4.1
3.2.2 3.3.1 3.3.2 3.3.4 3.4.1 3.4.3 3.4.4 3.4.5 3.4.6 3.5.1 3.5.3 3.7.2 4.1.3
6.2.4 6.3.1 6.3.3 6.4.3 7.2.4 7.4.1 7.4.2 7.5.1 8.2.1 8.2.2 8.2.3
13.4.2 13.4.5 15.3.3 15.3.7 16.3.1 16.3.2 16.4.1 16.5.1 16.5.2 16.5.3
""",
)
"""OWASP ASVS 5.0.0, up to level 2, and 1.2.10 of level 3: what applies most here."""
SPANS = set(re.findall(r"`([^`\n]+)`", PAGE))
TESTS = sorted(span for span in SPANS if "::" in span)
PATHS = sorted(
    span.split("::")[0]
    for span in SPANS
    if re.fullmatch(r"[\w.-]+(/[\w.-]+)+/?(::\w+)?", span)
)
SETTINGS = sorted(
    span for span in SPANS if re.fullmatch(r"[A-Z][A-Z_]{5,}(?<!_FILE)", span)
)


def rows() -> dict[str, str]:
    """By number, what answers it."""
    found = re.findall(r"^\| (\d+\.\d+\.\d+) \| [^|]+ \| (.+) \|$", PAGE, re.MULTILINE)
    assert len(found) == len(dict(found)), "a number stands there twice"
    return dict(found)


def test_every_requirement_that_applies_is_answered() -> None:
    assert set(APPLY) <= set(rows())


def test_every_answer_names_something_or_leaves_it_to_the_operator() -> None:
    for number, answer in rows().items():
        assert "`" in answer or "operator" in answer, number


@pytest.mark.parametrize("path", PATHS)
def test_every_path_is_there(path: str) -> None:
    assert (ROOT / path).exists()


@pytest.mark.parametrize("name", TESTS)
def test_every_test_is_there(name: str) -> None:
    path, _, function = name.partition("::")
    tree = ast.parse((ROOT / path).read_text())
    tests = {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}
    assert function in tests


@pytest.mark.parametrize("name", SETTINGS)
def test_every_setting_is_there(name: str) -> None:
    assert name in VARIABLES or hasattr(settings, name)
