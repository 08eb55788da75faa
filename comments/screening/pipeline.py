"""All screeners over the facts, one verdict. A screener that fails holds."""

import logging
from collections.abc import Iterable

from comments.screening.facts import Facts, Finding, Outcome, Thresholds, Verdict
from comments.screening.rules import SCREENERS, Screener

log = logging.getLogger(__name__)


def judge(
    facts: Facts, limits: Thresholds, screeners: Iterable[Screener] = SCREENERS
) -> Verdict:
    spoken = (_ask(screener, facts, limits) for screener in screeners)
    findings = tuple(finding for finding in spoken if finding is not None)
    return Verdict(_outcome(findings), findings)


def failed(screener: str) -> Verdict:
    """The verdict when screening itself broke down: a human decides."""
    finding = Finding("failed", Outcome.HOLD, {"screener": screener})
    return Verdict(Outcome.HOLD, (finding,))


def _ask(screener: Screener, facts: Facts, limits: Thresholds) -> Finding | None:
    try:
        finding = screener(facts, limits)
    except Exception:
        log.exception("screener %s failed", screener.__name__)
        return Finding("failed", Outcome.HOLD, {"screener": screener.__name__})
    if finding is None or isinstance(finding, Finding):
        return finding
    return Finding("failed", Outcome.HOLD, {"screener": screener.__name__})


def _outcome(findings: tuple[Finding, ...]) -> Outcome:
    if not findings:
        return Outcome.PUBLISH
    if any(finding.screener == "failed" for finding in findings):
        return Outcome.HOLD
    said = {finding.outcome for finding in findings}
    return Outcome.REJECT if Outcome.REJECT in said else Outcome.HOLD
