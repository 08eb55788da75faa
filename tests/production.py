"""The site's settings as an operator's site has them, asked in a process of its own."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
ENVIRONMENT = {
    "DJANGO_DEBUG": "0",
    "SECRET_KEY": "a-key-for-tests-alone-" * 3,
    "ALLOWED_HOSTS": "forum.example.org",
    "SITE_URL": "https://forum.example.org",
    "EMAIL_URL": "smtp+tls://forum:word@mail.example.org:587",
    "TRUSTED_PROXIES": "1",
}
ASK = """
import json, sys
from django.conf import settings
print(json.dumps({name: getattr(settings, name) for name in sys.argv[1:]}, default=str))
"""


def run(*command: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """A Python of its own, with nothing in its environment but what is said here."""
    kept = {name: os.environ[name] for name in ("PATH", "DATA_DIR")}
    return subprocess.run(
        [sys.executable, *command],
        cwd=ROOT,
        env={
            **kept,
            "DJANGO_SETTINGS_MODULE": "ethicsforum.settings",
            **ENVIRONMENT,
            **environment,
        },
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def settings(*names: str, **environment: str) -> dict[str, Any]:
    done = run("-c", ASK, *names, **environment)
    assert done.returncode == 0, done.stderr
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer
