#!/usr/bin/env python
"""Django's command line for Ethics Forum."""

import os
import sys
from importlib.util import find_spec
from pathlib import Path


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ethicsforum.settings")
    if find_spec("django") is None:
        use_own_environment()
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line

    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as error:
        sys.exit(f"Ethics Forum can't start: {error}")


def use_own_environment() -> None:
    """Go on in the environment that `make run` has made, for whoever forgot it."""
    home = Path(__file__).resolve().parent
    python = home / os.environ.get("VENV", ".venv") / "bin" / "python"
    if Path(sys.executable) == python or not python.exists():
        sys.exit("Django is not here yet; `make run` or `make test` brings it.")
    os.execv(python, [str(python), *sys.argv])  # noqa: S606  # our own interpreter


if __name__ == "__main__":
    main()
