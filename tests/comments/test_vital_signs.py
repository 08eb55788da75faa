"""What is said about worker and beat: well, silent, never seen, and Redis away."""

import time
from pathlib import Path
from typing import Any

import pytest
from redis.exceptions import ConnectionError as RedisAway

from comments import vital_signs
from comments.vital_signs import sign

NOW = 1_000_000.0
SILENT = "comments wait until it is back"


@pytest.mark.parametrize(
    ("seen", "is_well", "words"),
    [
        (NOW, True, "seen just now"),
        (NOW + 5, True, "seen just now"),
        (NOW - 4, True, "seen 4 seconds ago"),
        (NOW - 59, True, "seen 59 seconds ago"),
        (NOW - 60, False, f"silent for 1 minute: {SILENT}"),
        (NOW - 180, False, f"silent for 3 minutes: {SILENT}"),
        (None, False, f"not seen so far: {SILENT}"),
    ],
)
def test_a_sign_in_words(seen: float | None, is_well: bool, words: str) -> None:
    found = sign("Worker", seen, NOW, SILENT)
    assert found.is_well is is_well
    assert found.words.replace("\xa0", " ") == words


def test_both_are_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    seen = {"worker": time.time() - 4, "beat": None}
    monkeypatch.setattr(vital_signs, "last_seen", seen.get)
    worker, beat = vital_signs.vital_signs()
    assert (worker.name, worker.is_well) == ("Worker", True)
    assert (beat.name, beat.is_well) == ("Beat", False)


def test_redis_away_is_said_once(monkeypatch: pytest.MonkeyPatch) -> None:
    def away(name: str) -> float:
        raise RedisAway

    monkeypatch.setattr(vital_signs, "last_seen", away)
    (found,) = vital_signs.vital_signs()
    assert not found.is_well
    assert found.words == "does not answer: comments are kept and wait until it is back"


@pytest.mark.parametrize(
    ("made", "is_well", "words"),
    [
        (NOW - 7200, True, "made 2 hours ago"),
        (NOW, True, "made 1 second ago"),
        (NOW - 3 * 86_400, False, "none for 3 days: the worker’s log says why"),
        (None, False, "none so far"),
    ],
)
def test_a_backup_in_words(made: float | None, is_well: bool, words: str) -> None:
    found = vital_signs.backup_sign(made, NOW)
    assert (found.name, found.is_well) == ("Backup", is_well)
    assert found.words.replace("\xa0", " ") == words


def test_backups_that_nobody_asked_for_are_no_sign(
    monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Path
) -> None:
    monkeypatch.setattr(vital_signs, "last_seen", lambda name: None)
    assert [sign.name for sign in vital_signs.vital_signs()] == ["Worker", "Beat"]
    settings.BACKUP_DIR = tmp_path
    assert vital_signs.vital_signs()[-1].words == "none so far"
