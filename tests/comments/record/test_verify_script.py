"""docs/verify_log.py needs a download and Python, nothing else."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from comments.actions.sealing import seal
from comments.models import LogEntry
from comments.states import Measure
from tests import build, cast, records

pytestmark = pytest.mark.django_db
SCRIPT = Path(__file__).parents[3] / "docs" / "verify_log.py"

Forgery = Callable[[list[dict[str, Any]]], list[dict[str, Any]]]


@pytest.fixture
def lines(client: Client) -> list[dict[str, Any]]:
    build.rejected(author=cast.cleo(), body="Secret words.")
    records.measure(Measure.SUSPEND, build.removed(body="More of them."))
    assert seal() == 5
    response: Any = client.get("/moderation/log.jsonl")
    text = b"".join(response.streaming_content).decode()
    return [json.loads(line) for line in text.splitlines()]


def checked(path: Path, *more: str) -> tuple[int, str]:
    command = [sys.executable, "-I", str(SCRIPT), str(path), *more]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    return run.returncode, (run.stdout + run.stderr).strip()


def written(folder: Path, lines: list[dict[str, Any]]) -> Path:
    path = folder / "log.jsonl"
    path.write_text("".join(json.dumps(line) + "\n" for line in lines))
    return path


def test_a_download_is_whole(lines: list[dict[str, Any]], tmp_path: Path) -> None:
    head = lines[-1]["hash"]
    words = f"The log is whole: 5 entries, its head is {head}"
    assert checked(written(tmp_path, lines)) == (0, words)
    assert checked(written(tmp_path, lines), lines[1]["hash"].upper()) == (0, words)


def test_it_tells_no_name_and_not_whose_account(lines: list[dict[str, Any]]) -> None:
    text = json.dumps(lines)
    for secret in ("Secret", "Cleo", "Ben", "Mia", "tone"):
        assert secret not in text
    suspension = lines[-1]
    assert suspension["entry"]["measure"] == "suspend"
    assert suspension["explanation"] is None
    assert "comment" not in suspension["entry"]


def test_it_says_who_decided_by_pseudonym(lines: list[dict[str, Any]]) -> None:
    assert lines[0]["decider"] == "the screening machine"
    assert lines[1]["decider"].startswith("moderator ")


def changed(lines: list[dict[str, Any]]) -> list[dict[str, Any]]:
    lines[1]["entry"]["to"] = "published"
    return lines


def explained_anew(lines: list[dict[str, Any]]) -> list[dict[str, Any]]:
    lines[1]["explanation"] = "Something milder."
    return lines


def dropped(lines: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return lines[:1] + lines[2:]


def first_dropped(lines: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return lines[1:]


def moved(lines: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [lines[0], lines[2], lines[1], *lines[3:]]


def added(lines: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [lines[0], lines[0], *lines[1:]]


def emptied(lines: list[dict[str, Any]]) -> list[dict[str, Any]]:
    lines[1] = {}
    return lines


@pytest.mark.parametrize(
    ("forge", "place"),
    [
        (changed, 2),
        (explained_anew, 2),
        (dropped, 2),
        (first_dropped, 1),
        (moved, 2),
        (added, 2),
        (emptied, 2),
    ],
)
def test_a_forgery_is_found_at_its_place(
    lines: list[dict[str, Any]], tmp_path: Path, forge: Forgery, place: int
) -> None:
    path = written(tmp_path, forge(lines))
    said = f"Entry {place} was changed, dropped or moved."
    assert checked(path) == (1, said)


def test_a_dropped_end_is_found_by_a_noted_head(
    lines: list[dict[str, Any]], tmp_path: Path
) -> None:
    path = written(tmp_path, lines[:-1])
    assert checked(path)[0] == 0
    lost = (1, "The hash you noted is no longer in the log.")
    assert checked(path, lines[-1]["hash"]) == lost


def test_a_log_sealed_anew_is_found_by_a_noted_head(
    lines: list[dict[str, Any]], tmp_path: Path
) -> None:
    """Each entry after the change sealed again: whole, but another log."""
    from comments.record.chain import canonical, hash_of

    previous = "0" * 64
    for line in lines:
        line["entry"]["by"] = "machine"
        line["previous"] = previous
        previous = line["hash"] = hash_of(previous, canonical(line["entry"]))
    noted = LogEntry.objects.get(position=5).hash
    path = written(tmp_path, lines)
    assert checked(path)[0] == 0
    assert checked(path, noted)[0] == 1


@pytest.mark.parametrize("text", ["not json", "[]", "7", '{"entry": 1}', "null"])
def test_rubbish_is_named_and_no_crash(tmp_path: Path, text: str) -> None:
    path = tmp_path / "log.jsonl"
    path.write_text(text)
    assert checked(path) == (1, "Entry 1 was changed, dropped or moved.")


def test_an_empty_download_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "log.jsonl"
    path.write_text("")
    code, words = checked(path)
    assert (code, words.startswith("The log is whole: 0 entries")) == (0, True)
