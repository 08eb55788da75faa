"""The docs say what the code does."""

import ast
import re
import tomllib
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

from django.core.management import call_command

from comments.states import diagram
from ethicsforum.env import VARIABLES, table
from ethicsforum.metrics.described import table as figures
from ethicsforum.version import VERSION

ROOT = Path(__file__).parents[2]
CONFIGURATION = ROOT / "docs" / "configuration.md"
OPERATIONS = ROOT / "docs" / "operations.md"


def test_the_table_of_settings_is_the_codes_own() -> None:
    assert table() in CONFIGURATION.read_text(), "put in what settings_table prints"


def test_the_table_of_figures_is_the_codes_own() -> None:
    assert figures() in OPERATIONS.read_text(), "put in what metrics_table prints"


def test_every_setting_is_documented_and_nothing_else() -> None:
    rows = re.findall(r"^\| `(\w+)` \|", CONFIGURATION.read_text(), re.MULTILINE)
    assert set(rows) == set(VARIABLES)


def system_checks() -> Iterator[dict[str, str]]:
    """What each message of ours is made with, by keyword."""
    kinds = {"Error", "Warning", "Critical", "Info"}
    for folder in ("ethicsforum", "articles", "comments"):
        for path in (ROOT / folder).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text())):
                called = getattr(node, "func", None)
                if getattr(called, "attr", "") in kinds and isinstance(node, ast.Call):
                    yield {k.arg or "": ast.unparse(k.value) for k in node.keywords}


def test_every_system_check_has_an_id_a_hint_and_a_line_in_the_docs() -> None:
    found = list(system_checks())
    ids = [check.get("id", "").strip("'") for check in found]
    assert len(ids) >= 4
    assert len(set(ids)) == len(ids)
    for check, id_ in zip(found, ids, strict=True):
        assert check.get("hint"), check
        assert re.fullmatch(r"ethicsforum\.[EW]\d{3}", id_), check
        assert f"| {id_} |" in CONFIGURATION.read_text()


def test_the_state_diagram_is_drawn_from_the_table_of_moves() -> None:
    moderation = (ROOT / "docs" / "moderation.md").read_text()
    assert f"```mermaid\n{diagram()}\n```" in moderation, (
        "put in what state_diagram prints"
    )


def test_the_tables_of_personal_data_are_the_codes_own() -> None:
    said = (ROOT / "docs" / "privacy.md").read_text()
    printed = StringIO()
    call_command("privacy_table", stdout=printed)
    missing = [line for line in printed.getvalue().splitlines() if line not in said]
    assert not missing, "put in what privacy_table prints"


def test_every_link_between_documents_leads_somewhere() -> None:
    for page in [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")]:
        for target in re.findall(
            r"\]\((?!https?:|mailto:|#)([^)#]+)", page.read_text()
        ):
            assert (page.parent / target).exists(), f"{page.name}: {target}"


def test_the_version_is_that_of_the_project() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    assert project["version"] == VERSION
