"""The docs say what the code does."""

import re
from pathlib import Path

from comments.states import diagram
from ethicsforum.env import VARIABLES, table

ROOT = Path(__file__).parents[2]
CONFIGURATION = ROOT / "docs" / "configuration.md"


def test_the_table_of_settings_is_the_codes_own() -> None:
    assert table() in CONFIGURATION.read_text(), "put in what settings_table prints"


def test_every_setting_is_documented_and_nothing_else() -> None:
    rows = re.findall(r"^\| `(\w+)` \|", CONFIGURATION.read_text(), re.MULTILINE)
    assert set(rows) == set(VARIABLES)


def test_every_system_check_is_documented() -> None:
    ids = re.findall(
        r'id="(ethicsforum\.\w+)"', (ROOT / "ethicsforum/checks.py").read_text()
    )
    assert ids
    for check in ids:
        assert check in CONFIGURATION.read_text()


def test_the_state_diagram_is_drawn_from_the_table_of_moves() -> None:
    moderation = (ROOT / "docs" / "moderation.md").read_text()
    assert f"```mermaid\n{diagram()}\n```" in moderation, (
        "put in what state_diagram prints"
    )


def test_every_link_between_documents_leads_somewhere() -> None:
    for page in [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")]:
        for target in re.findall(
            r"\]\((?!https?:|mailto:|#)([^)#]+)", page.read_text()
        ):
            assert (page.parent / target).exists(), f"{page.name}: {target}"
