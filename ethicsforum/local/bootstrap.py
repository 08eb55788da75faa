"""Makes the Python environment from one lock file: python3 bootstrap.py run|test|dev

Run by whatever python3 the machine has, before anything is installed: only the
standard library, and no syntax newer than Python 3.6, so that an old Python says
what is wrong instead of failing on a line it can't read.
"""

import fcntl
import hashlib
import importlib.util
import os
import subprocess
import sys
from pathlib import Path

OLDEST = (3, 11)
# Each holds everything that the ones before it hold.
LOCKS = ("run", "test", "dev")
ROOT = Path(__file__).resolve().parent.parent.parent
STAMP = "forum-stamp"
OFFLINE_SIGNS = ("NewConnectionError", "NameResolutionError", "Retrying (Retry(")


ADVICE = "Give it to this user, or name another place for the environment in VENV."


class Failure(Exception):
    """The environment can't be made, for a reason that one sentence explains."""


def main(arguments: "list[str]") -> int:
    try:
        check_version(sys.version_info)
        prepare(Path(os.environ.get("VENV") or ".venv"), arguments)
    except Failure as failure:
        return _fail(str(failure))
    except OSError as error:
        return _fail(f"{error.filename or 'the disk'}: {error.strerror}. {ADVICE}")
    except KeyboardInterrupt:
        return _fail("interrupted; the next start goes on from here.")
    return 0


def check_version(version: "tuple[object, ...]") -> None:
    if version[:2] < OLDEST:
        raise Failure(
            f"it needs Python {OLDEST[0]}.{OLDEST[1]} or later, and this python3 is "
            f"{version[0]}.{version[1]}; install a newer one, or name one: "
            "make PYTHON=python3.12 ..."
        )


def prepare(venv: Path, arguments: "list[str]") -> None:
    """Bring the environment up to the lock; at once, and read-only, when it is."""
    if len(arguments) != 1 or arguments[0] not in LOCKS:
        raise Failure("bootstrap.py takes one word: " + ", ".join(LOCKS) + ".")
    wanted = arguments[0]
    venv = ROOT / venv.expanduser()
    if is_current(venv, wanted):
        return
    check_modules()
    venv.parent.mkdir(parents=True, exist_ok=True)
    with _one_at_a_time(venv.parent):
        # Another start may have done it meanwhile.
        if not is_current(venv, wanted):
            _install(venv, wanted)


def is_current(venv: Path, wanted: str) -> bool:
    """The lock that was installed includes the wanted one and hasn't changed since."""
    try:
        kind, stamp = (venv / STAMP).read_text().split("\n", 1)
    except (OSError, ValueError):
        return False
    enough = LOCKS[LOCKS.index(wanted) :]
    return kind in enough and stamp == _stamp(venv, kind)


def check_modules() -> None:
    for name in ("venv", "ensurepip"):
        if importlib.util.find_spec(name) is None:
            raise Failure(
                f"this python3 has no module {name}; on Debian or Ubuntu install it "
                f"with: apt install python3.{sys.version_info[1]}-venv"
            )


def _stamp(venv: Path, kind: str) -> str:
    """What the environment depends on: the lock's text and the Python it runs."""
    text = _lock_file(kind).read_bytes()
    python = (venv / "bin" / "python").resolve()
    found = python if python.exists() else "no Python"
    return f"{hashlib.sha256(text).hexdigest()}\n{found}\n"


def _lock_file(kind: str) -> Path:
    return ROOT / "requirements" / (kind + ".txt")


class _one_at_a_time:
    """Holds a lock on the folder: two starts at once make one environment."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def __enter__(self) -> None:
        self._descriptor = os.open(str(self._folder), os.O_RDONLY)
        try:
            fcntl.flock(self._descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            say("Waiting for another start that is making the environment")
            fcntl.flock(self._descriptor, fcntl.LOCK_EX)

    def __exit__(self, *details: object) -> None:
        os.close(self._descriptor)


def _install(venv: Path, kind: str) -> None:
    _check_place(venv)
    say(f"Installing requirements/{kind}.txt into {venv}")
    say("The first time this takes about a minute")
    stamp = venv / STAMP
    if stamp.exists():
        stamp.unlink()
    _make_venv(venv)
    _pip_install(venv, _lock_file(kind))
    stamp.write_text(f"{kind}\n{_stamp(venv, kind)}")
    say("The environment is complete")


def _check_place(venv: Path) -> None:
    folder = venv if venv.exists() else venv.parent
    if not os.access(str(folder), os.W_OK | os.X_OK):
        raise Failure(f"{folder} can't be written by this user. {ADVICE}")
    # Making an environment empties the folder.
    if venv.exists() and os.listdir(str(venv)) and not (venv / "pyvenv.cfg").exists():
        raise Failure(f"{venv} holds something else; name another place in VENV.")


def _make_venv(venv: Path) -> None:
    if _is_of_this_python(venv):
        return
    venv.mkdir(parents=True, exist_ok=True)
    made = subprocess.Popen(  # noqa: S603  # this very Python
        [sys.executable, "-m", "venv", "--clear", str(venv)],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        universal_newlines=True,
    )
    said = made.communicate()[0]
    if made.returncode:
        sys.stderr.write(said)
        raise Failure("the environment can't be made; the lines above say why.")


def _is_of_this_python(venv: Path) -> bool:
    """It has a pip of its own and belongs to the same Python as this one."""
    python = venv / "bin" / "python"
    release = f"python3.{sys.version_info[1]}"
    pip = venv / "lib" / release / "site-packages" / "pip" / "__main__.py"
    return pip.exists() and python.exists()


def _pip_install(venv: Path, lock: Path) -> None:
    pip = subprocess.Popen(  # noqa: S603  # the pip just made
        [
            *(str(venv / "bin" / "python"), "-m", "pip", "install"),
            *("--require-hashes", "--requirement", str(lock)),
            *("--disable-pip-version-check", "--no-input", "--progress-bar", "off"),
        ],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        universal_newlines=True,
    )
    offline = _follow(pip)
    if pip.wait():
        why = "the package index was not reached" if offline else "pip failed"
        raise Failure(f"{why}; the lines above say more.")


def _follow(pip: "subprocess.Popen[str]") -> bool:
    """Show how far pip is, and what went wrong; was the index out of reach?"""
    assert pip.stdout is not None  # noqa: S101  # said for the type checker
    failed = offline = False
    fetched = 0
    for line in pip.stdout:
        fetched += line.startswith("Collecting ")
        _show_count(fetched)
        out_of_reach = any(sign in line for sign in OFFLINE_SIGNS)
        offline = offline or out_of_reach
        # From the first error on every line belongs to it.
        failed = failed or line.lstrip().lower().startswith("error")
        if failed or out_of_reach:
            sys.stderr.write(line)
    return offline


def _show_count(fetched: int) -> None:
    if sys.stdout.isatty():
        sys.stdout.write(f"\r{fetched} packages fetched \r")
        sys.stdout.flush()


def say(text: str) -> None:
    sys.stdout.write(f"forum  | {text}\n")
    sys.stdout.flush()


def _fail(text: str) -> int:
    sys.stderr.write(f"forum  | Ethics Forum can't start: {text}\n")
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
