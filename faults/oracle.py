"""What must hold after every fault, whatever it was."""

import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from django.db import OperationalError, connections
from django.db.models import Count, Q
from django.utils import timezone

from bench.wire import ask, get
from comments.audit import audit
from comments.models import Comment, Notification, Revision
from comments.states import State
from faults.stand_ins import MailServer
from faults.writers import ARTICLES, WAIT, Sent

PATIENCE = 150.0
LOOK_AGAIN = 0.1
BATCH = 500


@dataclass
class Findings:
    accepted: int = 0
    waits: int = 0
    """Told to come again in half a minute, with the text given back."""
    dropped: int = 0
    lost: int = 0
    decided_twice: int = 0
    mailed_twice: int = 0
    slowest: float = 0.0
    quiet_after: float = 0.0
    breaches: list[str] = field(default_factory=list)


def await_quiet(look_after: Callable[[], None]) -> float:
    """Seconds until nothing waits for a machine any more; what does not come to rest
    is told by the audit that follows."""
    begin = time.monotonic()
    while time.monotonic() - begin < PATIENCE:
        look_after()
        try:
            if not unfinished():
                break
        except OperationalError:
            connections.close_all()
        time.sleep(LOOK_AGAIN)
    return time.monotonic() - begin


def unfinished() -> str:
    now = timezone.now()
    if Revision.objects.filter(state=State.SCREENING).exists():
        return "texts wait for their screening"
    if Comment.objects.unannounced(now).exists():
        return "comments wait to be announced"
    if Notification.objects.mail_due(now).exists():
        return "mails wait"
    return ""


def examine(sent: Sequence[Sent], mail: MailServer, port: int) -> Findings:
    found = Findings(
        accepted=sum(one.accepted for one in sent),
        waits=sum(one.status == WAIT and one.kept for one in sent),
        dropped=sum(one.status == 0 for one in sent),
        lost=len(list(_lost(sent))),
        decided_twice=_decided_twice(),
        mailed_twice=mail.doubles,
        slowest=max((one.seconds for one in sent), default=0.0),
    )
    found.breaches += _wrong_answers(sent)
    found.breaches += [rest] if (rest := unfinished()) else []
    found.breaches += _doubled(sent)
    found.breaches += _shown_undecided(sent, port)
    found.breaches += audit()
    return found


def _lost(sent: Iterable[Sent]) -> Iterator[Sent]:
    """Accepted, as its writer saw it, and not there word for word."""
    accepted = [one for one in sent if one.accepted]
    for start in range(0, len(accepted), BATCH):
        some = accepted[start : start + BATCH]
        rows = Revision.objects.filter(comment__in=[one.comment for one in some])
        texts = dict(rows.filter(number=1).values_list("comment", "source"))
        yield from (one for one in some if texts.get(one.comment) != one.body)


def _decided_twice() -> int:
    first = Count("decisions", filter=Q(decisions__from_state=State.SCREENING))
    return Revision.objects.annotate(n=first).filter(n__gt=1).count()


def _wrong_answers(sent: Iterable[Sent]) -> Iterator[str]:
    fine = (one for one in sent if one.accepted or one.status == 0)
    known = {id(one) for one in fine}
    odd = [one for one in sent if id(one) not in known]
    for one in odd:
        if one.status != WAIT:
            yield f"a post was answered with {one.status}"
        elif not one.kept:
            yield "a post was answered with 503 without what was typed"


def _doubled(sent: Iterable[Sent]) -> Iterator[str]:
    """Each text that was sent is sent once, so it stands there once at most."""
    bodies = [one.body for one in sent]
    stored: Counter[str] = Counter()
    for start in range(0, len(bodies), BATCH):
        rows = Revision.objects.filter(source__in=bodies[start : start + BATCH])
        stored.update(rows.values_list("source", flat=True))
    yield from (
        f"stands there {n} times: {body}" for body, n in stored.items() if n > 1
    )


def _shown_undecided(sent: Iterable[Sent], port: int) -> Iterator[str]:
    rows = Revision.objects.filter(comment__in=[s.comment for s in sent if s.accepted])
    hidden = list(rows.exclude(state=State.PUBLISHED).values_list("source", flat=True))
    for number in range(1, ARTICLES + 1):
        page = ask(
            port, get(f"/articles/question-{number}/", Accept_Encoding="identity")
        )
        yield from (
            f"shown undecided: {text}" for text in hidden if text.encode() in page.body
        )
