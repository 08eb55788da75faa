"""One fault: what was done to the forum, and what holds afterwards."""

import time
import traceback
from dataclasses import asdict
from typing import Any

from faults import oracle
from faults.forum import Forum
from faults.oracle import Findings
from faults.register import Fault


def suffer(forum: Forum, fault: Fault) -> dict[str, Any]:
    reason = fault.unless(forum)
    if reason:
        return {"name": fault.name, "skipped": reason, "seconds": 0.0}
    begin = time.monotonic()
    first = len(forum.writers.sent)
    mailed = forum.mail.doubles
    forum.revived.clear()
    found = _suffer(forum, fault, first)
    found.mailed_twice -= mailed
    if found.dropped and not fault.may_drop:
        errors = {one.error for one in forum.writers.sent[first:] if one.error}
        found.breaches.append(f"{found.dropped} times no answer: {', '.join(errors)}")
    return {
        "name": fault.name,
        "skipped": "",
        "revived": list(forum.revived),
        "seconds": time.monotonic() - begin,
        **asdict(found),
    }


def _suffer(forum: Forum, fault: Fault, first: int) -> Findings:
    try:
        fault.harm(forum)
    except Exception:
        return Findings(breaches=[traceback.format_exc()])
    quiet_after = oracle.await_quiet(forum.revive)
    found = oracle.examine(forum.writers.sent[first:], forum.mail, forum.writers.port)
    found.quiet_after = quiet_after
    return found
