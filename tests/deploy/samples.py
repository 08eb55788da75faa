"""The samples, and the words that they hold."""

import re
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "deploy"
UNITS = DEPLOY / "systemd"
ROLES = "python -m ethicsforum.roles "


def text(name: str) -> str:
    return (DEPLOY / name).read_text()


def compose() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(text("compose.yaml"))
    return found


def assigned(name: str) -> set[str]:
    """Variables that a file of lines NAME=value sets."""
    return set(re.findall(r"^(\w+)=", text(name), re.MULTILINE))


def of_units(key: str) -> list[str]:
    """What stands behind a key in every unit and what is dropped into them."""
    files = [*UNITS.glob("*.*"), *UNITS.glob("*.d/*.conf")]
    said = "\n".join(path.read_text() for path in files if path.is_file())
    return re.findall(rf"^{key}=(.*)$", said, re.MULTILINE)
