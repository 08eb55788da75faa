"""Checks a download of the public log with nothing but Python.

    python3 verify_log.py log.jsonl [HEAD]

HEAD is a hash that you noted earlier: it must still be in the chain.
"""

import hashlib
import json
import sys
from typing import Any


def sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def is_whole(row: "dict[str, Any]", position: int, previous: str) -> bool:
    entry, explanation = row["entry"], row["explanation"]
    body = json.dumps(entry, sort_keys=True, separators=(",", ":"))
    return (
        entry["position"] == position
        and row["previous"] == previous
        and row["hash"] == sha256(f"{previous}\n{body}")
        # Not told where a member's account was decided about.
        and (explanation is None or entry["explanation_sha256"] == sha256(explanation))
    )


def main(path: str, head: str = "") -> None:
    previous, seen, position = "0" * 64, set(), 0
    with open(path, encoding="utf-8") as lines:
        for position, line in enumerate(lines, start=1):
            try:
                row = json.loads(line)
                whole = is_whole(row, position, previous)
            except (ValueError, KeyError, TypeError, AttributeError):
                whole = False
            if not whole:
                sys.exit(f"Entry {position} was changed, dropped or moved.")
            previous = row["hash"]
            seen.add(previous)
    if head and head.strip().lower() not in seen:
        sys.exit("The hash you noted is no longer in the log.")
    sys.stdout.write(f"The log is whole: {position} entries, its head is {previous}\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
