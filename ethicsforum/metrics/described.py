"""The name of each figure and what it means; docs/operations.md is held to it."""

from dataclasses import dataclass

PREFIX = "ethicsforum_"


@dataclass(frozen=True)
class Description:
    name: str
    kind: str
    labels: tuple[str, ...]
    what: str


DESCRIPTIONS: dict[str, Description] = {}


def describe(name: str, kind: str, what: str, labels: tuple[str, ...] = ()) -> str:
    """The whole name, as a monitor sees it."""
    whole = PREFIX + name
    if whole in DESCRIPTIONS:
        raise ValueError(f"{whole} is described twice")
    DESCRIPTIONS[whole] = Description(whole, kind, labels, what)
    return whole


def table() -> str:
    """Every figure, as a Markdown table."""
    rows = ["| figure | kind | by | what it says |", "| --- | --- | --- | --- |"]
    for name, one in sorted(DESCRIPTIONS.items()):
        labels = ", ".join(f"`{label}`" for label in one.labels)
        rows.append(f"| `{name}` | {one.kind} | {labels or '–'} | {one.what} |")
    return "\n".join(rows)
