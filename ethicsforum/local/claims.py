"""What one forum has for itself while it runs: its DATA_DIR and its port."""

import errno
import fcntl
import os
import socket
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ethicsforum.local.refusal import Refusal
from ethicsforum.local.voice import Voice

LEFTOVERS = 15.0
"""Seconds that the processes of a killed forum get to end."""


@contextmanager
def data_folder(folder: Path, address: str, voice: Voice) -> Iterator[int]:
    """Hold the folder; gives the lock, which every child is to inherit."""
    lock = os.open(folder / "forum.lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        _take(lock, folder, voice)
        os.ftruncate(lock, 0)
        os.pwrite(lock, f"{os.getpid()} {address}".encode(), 0)
        yield lock
    finally:
        os.close(lock)


def _take(lock: int, folder: Path, voice: Voice) -> None:
    deadline = time.monotonic() + LEFTOVERS
    waiting = False
    while not _locked(lock):
        _refuse_if_owner_lives(lock, folder)
        if not waiting:
            voice.say("Waiting for the processes of an earlier run to end")
        waiting = True
        if time.monotonic() > deadline:
            raise Refusal(
                f"processes of an earlier run still use DATA_DIR {folder}; "
                "end them, or name another folder in DATA_DIR."
            )
        time.sleep(0.1)


def _locked(lock: int) -> bool:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _refuse_if_owner_lives(lock: int, folder: Path) -> None:
    owner, _, address = os.pread(lock, 1000, 0).decode().partition(" ")
    if owner and _alive(int(owner)):
        raise Refusal(
            f"it already runs at {address} with DATA_DIR {folder} (process {owner}); "
            "stop that one, or give this one its own PORT and DATA_DIR."
        )


def _alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass
    return True


@contextmanager
def port(host: str, number: int) -> Iterator[str]:
    """Hold the port against other programs; gives the numeric address to bind."""
    family, address = _resolve(host, number)
    with socket.socket(family, socket.SOCK_STREAM) as claim:
        claim.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            claim.bind((address, number))
        except OSError as error:
            raise Refusal(_why_not(error, host, number)) from None
        _share_with_web(claim)
        yield address


def _share_with_web(claim: socket.socket) -> None:
    """Let the web server bind the same port, and nobody who does not share.

    The claim stays bound and never listens: two starts at once can't both pass.
    """
    if sys.platform == "linux":
        claim.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 0)
        claim.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
    else:
        claim.close()


def _resolve(host: str, number: int) -> tuple[socket.AddressFamily, str]:
    try:
        found = socket.getaddrinfo(host, number, type=socket.SOCK_STREAM)
    except OSError:
        raise Refusal(f"HOST {host!r} is not the name of this machine.") from None
    family, _, _, _, address = found[0]
    return family, str(address[0])


def _why_not(error: OSError, host: str, number: int) -> str:
    if isinstance(error, PermissionError):
        return f"PORT {number} is only for the superuser; choose one above 1023."
    if error.errno == errno.EADDRINUSE:
        return (
            f"PORT {number} on {host} is taken by another program; "
            "stop it, or choose another PORT."
        )
    return f"HOST {host} with PORT {number} can't be used: {error.strerror}."
