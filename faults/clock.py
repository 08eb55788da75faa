"""A clock on the wall that can be set, for processes that are started with it.

Not libfaketime: where it leaves the monotonic clock alone, Python's sleep() fails.
"""

import shutil
import struct
import subprocess
from pathlib import Path

SOURCE = Path(__file__).with_name("clock.c")


def compiler() -> str:
    return shutil.which("cc") or shutil.which("gcc") or ""


class Clock:
    def __init__(self, folder: Path) -> None:
        self._file, self._library = folder / "clock", folder / "clock.so"
        command = [compiler(), "-shared", "-fPIC", "-O1", "-o", str(self._library)]
        subprocess.run([*command, str(SOURCE), "-ldl"], check=True, capture_output=True)
        self.set(0)

    def set(self, seconds_ahead: int) -> None:
        # Into the same file: the processes look at its memory.
        mode = "r+b" if self._file.exists() else "wb"
        with self._file.open(mode) as file:
            file.write(struct.pack("=q", seconds_ahead))

    @property
    def environment(self) -> dict[str, str]:
        return {"LD_PRELOAD": str(self._library), "FAULTS_CLOCK": str(self._file)}
