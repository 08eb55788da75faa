"""The sample of alerts is well-formed, and asks for figures that there are.

`promtool check rules` has the last word, where there is one.
"""

import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from ethicsforum.metrics.described import DESCRIPTIONS, Description

FILE = Path(__file__).parents[2] / "deploy" / "prometheus" / "alerts.yml"
FIGURE = re.compile(r"(ethicsforum_\w+)({[^}]*})?")
LABEL = re.compile(r'(\w+)\s*(?:=~|!~|!=|=)\s*"')
FUNCTIONS = {
    *("absent", "and", "by", "delta", "histogram_quantile", "increase", "on", "or"),
    *("rate", "sum", "up"),
}
DURATION = re.compile(r"\d+[smhd]")


def rules() -> list[dict[str, Any]]:
    content = yaml.safe_load(FILE.read_text())
    assert set(content) == {"groups"}
    return [rule for group in content["groups"] for rule in group["rules"]]


RULES = pytest.mark.parametrize("rule", rules(), ids=lambda rule: rule["alert"])


def asked(rule: dict[str, Any]) -> Iterator[tuple[Description | None, set[str]]]:
    """Each figure of an expression, and the labels that it is asked by."""
    for name, labels in FIGURE.findall(rule["expr"]):
        yield figure(name), set(LABEL.findall(labels))


def figure(name: str) -> Description | None:
    plain = re.sub("_(bucket|count|sum)$", "", name)
    if name in DESCRIPTIONS:
        return DESCRIPTIONS[name]
    found = DESCRIPTIONS.get(plain)
    return found if found and found.kind == "histogram" else None


@RULES
def test_a_rule_says_what_is_wrong_and_what_to_do(rule: dict[str, Any]) -> None:
    assert set(rule) <= {"alert", "expr", "for", "labels", "annotations"}
    assert re.fullmatch(r"[A-Z]\w+", rule["alert"])
    assert DURATION.fullmatch(rule.get("for", "1m"))
    assert rule["labels"]["severity"] in {"page", "ticket"}
    assert set(rule["annotations"]) == {"summary", "action"}


@RULES
def test_a_rule_asks_for_figures_and_labels_that_there_are(
    rule: dict[str, Any],
) -> None:
    for found, labels in asked(rule):
        assert found, rule["expr"]
        assert labels <= set(found.labels), rule["expr"]


@RULES
def test_an_expression_is_made_of_known_words(rule: dict[str, Any]) -> None:
    plain = re.sub(r"{[^}]*}|\[[^]]*\]|\"[^\"]*\"", "", rule["expr"])
    assert plain.count("(") == plain.count(")")
    for inside in re.findall(r"\[([^]]*)\]", rule["expr"]):
        assert DURATION.fullmatch(inside)
    words = set(re.findall(r"[a-z_]+", FIGURE.sub("", plain)))
    known = {label for one in DESCRIPTIONS.values() for label in one.labels}
    assert words <= FUNCTIONS | known | {"le"}


@RULES
def test_only_counters_have_a_rate(rule: dict[str, Any]) -> None:
    for function, name in re.findall(r"(\w+)\((ethicsforum_\w+)", rule["expr"]):
        found = figure(name)
        assert found
        grows = found.kind in {"counter", "histogram"}
        assert (function in {"rate", "increase"}) == grows


def test_the_names_of_alerts_are_told_apart() -> None:
    names = [rule["alert"] for rule in rules()]
    assert len(set(names)) == len(names)


@pytest.mark.skipif(
    shutil.which("promtool") is None, reason="no promtool on this machine"
)
def test_promtool_agrees() -> None:
    subprocess.run(["promtool", "check", "rules", str(FILE)], check=True, timeout=60)
