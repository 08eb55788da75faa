"""`make audit`: are holes known in what is locked? Says so plainly when nobody answers.

    python -m ethicsforum.local.audit requirements/run.txt

Exit 1 when a hole is known. A feed that is out of reach is no reason to fail, and none
to be silent: then it says SKIPPED, and how many packages nobody has looked at.
"""

import json
import subprocess
import sys
from dataclasses import dataclass
from typing import Any

LONGEST = 120
"""Seconds for the whole of it; a build must not hang on somebody else's server."""
NO_ANSWER = 10


@dataclass(frozen=True)
class Finding:
    text: str
    failed: bool = False


def main(locks: list[str]) -> int:
    findings = [finding_of(lock, _ask(lock)) for lock in locks]
    for finding in findings:
        sys.stdout.write(f"audit  | {finding.text}\n")
    return int(any(finding.failed for finding in findings))


def _ask(lock: str) -> str:
    """What pip-audit says, as JSON; nothing when it could not ask."""
    command = [sys.executable, "-m", "pip_audit", "--requirement", lock]
    command += ["--disable-pip", "--require-hashes", "--format", "json"]
    command += ["--progress-spinner", "off", "--timeout", str(NO_ANSWER)]
    try:
        done = subprocess.run(  # noqa: S603  # the command is this module's own
            command, capture_output=True, text=True, timeout=LONGEST, check=False
        )
    except subprocess.TimeoutExpired:
        return ""
    return done.stdout


def finding_of(lock: str, said: str) -> Finding:
    """`said` comes from outside: nonsense is no answer."""
    try:
        packages: list[dict[str, Any]] = json.loads(said)["dependencies"]
    except (ValueError, KeyError, TypeError):
        return Finding(f"SKIPPED {lock}: the feed of known holes was not reached.")
    holes = [_hole(package) for package in packages if package.get("vulns")]
    unknown = [p["name"] for p in packages if "skip_reason" in p]
    looked = len(packages) - len(unknown)
    if holes:
        return Finding(f"{lock}: {'; '.join(holes)}", failed=True)
    if not looked:
        return Finding(
            f"SKIPPED {lock}: the feed knows none of {len(packages)} packages here; "
            "look again where pypi.org or api.osv.dev answers."
        )
    rest = f"; SKIPPED {', '.join(unknown)}" if unknown else ""
    return Finding(f"{lock}: no known hole in {looked} packages{rest}")


def _hole(package: dict[str, Any]) -> str:
    holes = package["vulns"]
    mended = sorted({one for hole in holes for one in hole.get("fix_versions", [])})
    ids = ", ".join(hole["id"] for hole in holes)
    cure = f" (mended in {', '.join(mended)})" if mended else ""
    return f"{package['name']} {package['version']} has {ids}{cure}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
