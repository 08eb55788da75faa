"""One role of the installation, in place of this very process.

    python -m ethicsforum.roles release            migrate, static files, checks
    python -m ethicsforum.roles web
    python -m ethicsforum.roles worker [QUEUE ...] of these queues, or of all
    python -m ethicsforum.roles beat               one of it

`--print` says what would be run, and runs nothing.
"""

import argparse
import os
import sys

from django.core.exceptions import ImproperlyConfigured

from ethicsforum.roles import commands
from ethicsforum.roles.commands import Command

EXAMPLES = (__doc__ or "").partition("\n\n")[2]


def main(arguments: list[str]) -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ethicsforum.settings")
    asked = _parser().parse_args(arguments)
    try:
        return _play(asked)
    except ImproperlyConfigured as error:
        sys.stderr.write(f"Ethics Forum can't start: {error}\n")
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m ethicsforum.roles",
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("role", choices=("release", "web", "worker", "beat"))
    parser.add_argument("queues", nargs="*", metavar="QUEUE")
    parser.add_argument("--print", action="store_true", dest="shown")
    return parser


def _play(asked: argparse.Namespace) -> int:
    from ethicsforum.roles import releasing

    if asked.role == "release":
        return releasing.main()
    command = _command(asked.role, asked.queues)
    if asked.shown:
        sys.stdout.write(f"{command}\n")
        return 0
    os.environ.update(command.environment)
    # In place of this process: signals of the service manager reach the program.
    os.execv(command.words[0], command.words)  # noqa: S606  # this package's own words


def _command(role: str, queues: list[str]) -> Command:
    from django.conf import settings

    unknown = set(queues) - set(commands.queues())
    if unknown or (queues and role != "worker"):
        known = ", ".join(commands.queues())
        raise ImproperlyConfigured(f"only a worker has queues, of these: {known}.")
    if role == "web":
        return commands.web(settings.HOST)
    return commands.worker(queues) if role == "worker" else commands.beat()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
