"""One forum on one database, measured: python -m bench.site OPTIONS

The environment names the copy it may change. It writes its figures as JSON.
"""

import argparse
import json
import os
import sys
from contextlib import ExitStack
from pathlib import Path

import django

from bench.processes import stop_when_told


def main(arguments: list[str]) -> None:
    options = _options(arguments)
    stop_when_told()
    os.environ["DJANGO_SETTINGS_MODULE"] = "ethicsforum.settings"
    django.setup()
    from django.core.management import call_command

    from bench.measured import Site

    call_command("collectstatic", interactive=False, verbosity=0)
    with ExitStack() as stack:
        site = Site(options, stack)
        found = site.measured()
    options.out.write_text(json.dumps(found))


def _options(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bench.site")
    parser.add_argument("--comments", type=int, required=True)
    parser.add_argument("--database", required=True)
    parser.add_argument("--rounds", type=int, required=True)
    parser.add_argument("--seconds", type=float, required=True)
    parser.add_argument("--beside", type=float, required=True)
    parser.add_argument("--discussions", type=int, required=True)
    parser.add_argument("--only", action="append", default=[])
    parser.add_argument("--out", type=Path, required=True)
    return parser.parse_args(arguments)


if __name__ == "__main__":
    main(sys.argv[1:])
