"""Checks a download of the public log with nothing but Python.

    python3 verify_log.py log.jsonl [HEAD]

HEAD is a hash that you noted earlier: it must still be in the chain.
"""

import hashlib
import json
import sys


def main(path: str, head: str = "") -> None:
    previous, seen = "0" * 64, set()
    with open(path, encoding="utf-8") as lines:
        for position, line in enumerate(lines, start=1):
            row = json.loads(line)
            entry, explanation = row["entry"], row["explanation"].encode()
            body = json.dumps(entry, sort_keys=True, separators=(",", ":"))
            digest = hashlib.sha256(f"{previous}\n{body}".encode()).hexdigest()
            whole = (
                entry["position"] == position
                and row["previous"] == previous
                and row["hash"] == digest
                and entry["explanation_sha256"]
                == hashlib.sha256(explanation).hexdigest()
            )
            if not whole:
                sys.exit(f"Entry {position} was changed, dropped or moved.")
            previous = digest
            seen.add(digest)
    if head and head not in seen:
        sys.exit("The hash you noted is no longer in the log.")
    sys.stdout.write(f"The log is whole; its head is {previous}\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
