"""The samples of deploy/ say what is true of the code."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from ethicsforum.env import VARIABLES
from ethicsforum.roles import __main__ as door
from ethicsforum.roles import commands
from tests.deploy.samples import (
    DEPLOY,
    ROLES,
    ROOT,
    UNITS,
    assigned,
    compose,
    of_units,
    text,
)

OWN = {"FORUM_QUEUE", "PYTHONUNBUFFERED", "PYTHONDONTWRITEBYTECODE", "PATH"}
"""Not ours to read."""


def is_setting(name: str) -> bool:
    return name.removesuffix("_FILE") in VARIABLES or name in OWN


def settings_named() -> set[str]:
    forum = compose()["x-forum"]
    units = " ".join(of_units("Environment"))
    return {
        *assigned("environment"),
        *forum["environment"],
        *re.findall(r"(?:^| )(\w+)=", units),
        *re.findall(r"(?:ENV|\\\n|\s)\s*([A-Z_]{3,})=", text("Dockerfile")),
        *re.findall(r"([A-Z_]+)=", text("Procfile")),
    } - {"PYTHON", "PIP_NO_INPUT", "PIP_NO_CACHE_DIR", "PIP_DISABLE_PIP_VERSION_CHECK"}


def test_every_variable_is_a_setting() -> None:
    assert [name for name in sorted(settings_named()) if not is_setting(name)] == []
    assert {
        "SECRET_KEY_FILE",
        "DATABASE_URL_FILE",
        "TRUSTED_PROXIES",
    } <= settings_named()


def started() -> set[str]:
    """What is written behind the door in each sample."""
    services = compose()["services"].values()
    built = [" ".join(s["command"]) for s in services if s.get("init")]
    units = [line.partition(ROLES)[2] for line in of_units("ExecStart")]
    procfile = re.findall(rf"{ROLES}(.*)$", text("Procfile"), re.MULTILINE)
    return {*built, *units, *procfile}


@pytest.mark.parametrize("words", sorted(started()))
def test_every_command_is_one_that_the_door_knows(words: str) -> None:
    role, *queues = words.replace("%i", "mail").split()
    asked = door._parser().parse_args([role, *queues])
    if role != "release":
        assert door._command(asked.role, asked.queues).words[0] == sys.executable


def test_every_role_and_every_queue_is_started() -> None:
    assert {words.split()[0] for words in started()} == {
        *("release", "web", "worker", "beat")
    }
    composed = {
        s["command"][1]
        for s in compose()["services"].values()
        if s.get("command", [""])[0] == "worker"
    }
    instances = set(re.findall(r"worker@(\w+)\.service", " ".join(of_units("Wants"))))
    assert composed == instances == set(commands.queues())


def test_each_queue_of_the_sample_has_its_number() -> None:
    numbers = {f"{queue.upper()}_CONCURRENCY" for queue in commands.queues()}
    assert numbers <= assigned("environment")


def test_whoever_stops_a_process_waits_longer_than_it_needs() -> None:
    grace = int(compose()["x-forum"]["stop_grace_period"].removesuffix("s"))
    patience = int(of_units("TimeoutStopSec")[0])
    assert grace == patience > commands.STOP_SECONDS


def test_the_image_has_the_python_that_the_tests_run_on() -> None:
    oldest = re.search(
        r'requires-python = ">=([\d.]+)"', (ROOT / "pyproject.toml").read_text()
    )
    assert oldest is not None
    assert f"ARG PYTHON={oldest[1]}\n" in text("Dockerfile")


def test_the_image_takes_only_what_is_locked() -> None:
    assert (
        "--require-hashes --only-binary :all: --requirement requirements/run.txt"
        in text("Dockerfile")
    )


def test_all_that_runs_and_nothing_else_is_in_the_image() -> None:
    kept = re.findall(r"^!(\S+)$", (ROOT / ".dockerignore").read_text(), re.MULTILINE)
    assert {"articles", "comments", "ethicsforum", "templates", "manage.py"} <= set(
        kept
    )
    assert [name for name in kept if not (ROOT / name).exists()] == []


def test_nothing_of_the_site_runs_with_rights_it_does_not_need() -> None:
    for name, service in compose()["services"].items():
        assert service["read_only"] is True, name
        assert service["cap_drop"] == ["ALL"], name
        assert service["security_opt"] == ["no-new-privileges:true"], name
    assert re.search(r"^USER 10001:10001$", text("Dockerfile"), re.MULTILINE)


def test_secrets_are_files_that_are_named() -> None:
    named = set(compose()["secrets"])
    for name, service in compose()["services"].items():
        assert set(service.get("secrets", [])) <= named, name
    given = compose()["x-forum"]["environment"]
    files = [str(given[key]) for key in given if key.endswith("_FILE")]
    assert {Path(file).name for file in files} <= named


def test_messages_are_not_thrown_away_to_make_room() -> None:
    assert "\nmaxmemory-policy noeviction\n" in text("valkey.conf")
    assert "\nappendonly yes\n" in text("valkey.conf")


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="no systemd here")
def test_the_units_are_what_systemd_takes(tmp_path: Path) -> None:
    units = tmp_path / "units"
    shutil.copytree(UNITS, units)
    for path in units.glob("*.service"):
        # Nothing is installed under /opt here.
        path.write_text(
            path.read_text().replace(
                "/opt/ethicsforum/.venv/bin/python", sys.executable
            )
        )
    names = ["ethicsforum.target", "ethicsforum-release.service"]
    names += ["ethicsforum-web@8000.service", "ethicsforum-worker@mail.service"]
    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", *(str(units / n) for n in names)],
        env={"SYSTEMD_UNIT_PATH": f"{units}:", "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    own = [line for line in done.stderr.splitlines() if "ethicsforum" in line]
    assert own == []


def test_there_is_a_sample_for_each_way_the_docs_name() -> None:
    said = (ROOT / "docs" / "operations.md").read_text()
    for path in DEPLOY.iterdir():
        assert f"deploy/{path.name}" in said, path.name
