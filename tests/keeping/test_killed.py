"""A restore that is killed: the site is the one it was, and the next one succeeds."""

import os
import signal
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.db import connection

from comments.audit import audit
from tests import build
from tests.keeping import site

pytestmark = pytest.mark.django_db(transaction=True)

SCRIPT = """
import os, signal, sys
import django; django.setup()
from pathlib import Path
from django.conf import settings
from django.core.management import call_command
from ethicsforum.keeping import loading, media, places, restoring, schema
from tests.keeping.conftest import made_at_once

def die(*args):
    os.kill(os.getpid(), signal.SIGKILL)

settings.MEDIA_ROOT = Path(sys.argv[2])
schema.Schema.make_tables = made_at_once
module, name = sys.argv[3].split(".")
setattr(globals()[module], name, die)
call_command("restore", sys.argv[1], "--replace", "--no-input")
"""

MOMENTS = [
    # While rows are loaded, and the new site is half there.
    "restoring.set_last_number",
    # All rows are there, and what `migrate` adds; no upload is.
    "media.put",
    # All is there, and nothing of it is the site's.
    {"sqlite": "places._copy_over", "postgresql": "places._swap"},
]


def address() -> str:
    name = connection.settings_dict["NAME"]
    if connection.vendor == "sqlite":
        return f"sqlite:///{name}"
    return urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}").geturl()


def killed_at(moment: str, backup: Path) -> int:
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, backup, settings.MEDIA_ROOT, moment],
        env={
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "tests.settings",
            "DATABASE_URL": address(),
        },
        capture_output=True,
        check=False,
        timeout=300,
    )
    return done.returncode


@pytest.mark.parametrize("moment", MOMENTS, ids=["rows", "uploads", "swap"])
def test_the_site_is_as_it_was(moment: str | dict[str, str], tmp_path: Path) -> None:
    site.fill()
    site.backup(tmp_path / "site.zip")
    before = site.everything()
    build.published(body="Written after the backup.")
    after = site.everything()
    if isinstance(moment, dict):
        moment = moment[connection.vendor]

    assert killed_at(moment, tmp_path / "site.zip") == -signal.SIGKILL

    assert site.everything() == after
    assert list(audit()) == []
    # What it left is no hindrance.
    site.command("restore", tmp_path / "site.zip", "--replace", "--no-input")
    assert site.everything() == before
