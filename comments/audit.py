"""The promises that live in the data, held against the data.

Each check yields one line per breach. They read in order and stream, so that a large
forum needs time but no memory.
"""

from collections.abc import Callable, Iterator
from datetime import timedelta
from operator import attrgetter

from django.db import connection
from django.db.models import Count, Exists, F, OuterRef, Q
from django.utils import timezone

from comments.actions.digesting import last_due
from comments.actions.indexing import out_of_line
from comments.actions.voting import miscounted
from comments.models import (
    Appeal,
    Comment,
    Decision,
    Digest,
    Notification,
    QueueItem,
    Report,
    Revision,
    Sanction,
    guard,
)
from comments.models.comment import HIDDEN
from comments.models.digest import PERIODS
from comments.models.notification import NOTICES_KEPT_FOR
from comments.search import engine_of
from comments.states import (
    ACCOUNT_MEASURES,
    DeciderKind,
    Measure,
    State,
    is_allowed,
)
from comments.threads import path_of
from ethicsforum.markup import COMMENT, sanitise
from ethicsforum.outbox import MAIL_TRIES

STUCK = timedelta(minutes=10)
UNHEARD = timedelta(hours=1)
CHUNK = 1000

Check = Callable[[], Iterator[str]]


def audit() -> Iterator[str]:
    for check in CHECKS:
        yield from check()


def decisions_are_guarded() -> Iterator[str]:
    if not guard.installed(connection):
        yield "decisions: the database no longer refuses to change or delete them"


def public_texts_were_accepted() -> Iterator[str]:
    """Promise 2: the last word on each public text is an accepting decision."""
    last = Decision.objects.filter(revision=OuterRef("accepted_revision"))
    accepting = last.filter(to_state=State.PUBLISHED)
    published = Comment.objects.published()
    for pk in published.exclude(Exists(accepting)).values_list("pk", flat=True):
        yield f"comment {pk}: public without an accepting decision for its text"


def states_follow_decisions() -> Iterator[str]:
    """Promise 3: each text stands where its chain of decisions leads."""
    rows = Revision.objects.order_by("pk").prefetch_related("decisions")
    for revision in rows.iterator(chunk_size=CHUNK):
        moves = [d for d in revision.decisions.all() if not d.measure]
        yield from _breaks(revision, sorted(moves, key=attrgetter("number")))


def comments_follow_texts() -> Iterator[str]:
    """A comment's state is that of its accepted text, or else of its last one."""
    rows = Comment.objects.select_related("accepted_revision").order_by("pk")
    for comment in rows.prefetch_related("revisions").iterator(chunk_size=CHUNK):
        texts = sorted(comment.revisions.all(), key=attrgetter("number"))
        source = comment.accepted_revision or (texts[-1] if texts else None)
        if source is None:
            yield f"comment {comment.pk}: has no text"
        elif source.state != comment.state:
            yield f"comment {comment.pk}: is {comment.state}, its text {source.state}"


def html_is_clean() -> Iterator[str]:
    """Promise 4: what is stored is a fixed point of both sanitisers."""
    rows = Revision.objects.order_by("pk").values_list("pk", "html")
    for pk, html in rows.iterator(chunk_size=CHUNK):
        if sanitise(html, COMMENT) != html:
            yield f"revision {pk}: its stored HTML is not clean"


def held_texts_wait_in_the_queue() -> Iterator[str]:
    # A second opinion changes nothing about the text, so it is no place in the queue.
    queued = QueueItem.objects.waiting().first_looks().filter(revision=OuterRef("pk"))
    forgotten = Revision.objects.filter(~Exists(queued), state=State.HELD)
    for pk in forgotten.values_list("pk", flat=True):
        yield f"revision {pk}: held, but no moderator will find it in the queue"
    texts = QueueItem.objects.waiting().filter(
        kind=QueueItem.Kind.HELD, first_decision__isnull=True
    )
    idle = texts.exclude(revision__state=State.HELD)
    for pk in idle.values_list("pk", flat=True):
        yield f"queue item {pk}: open, but its text does not wait"


def refusals_have_reasons() -> Iterator[str]:
    """Promise 6: a rule and an explanation, and word to the author."""
    refusals = Decision.objects.refusals().exclude(answers__is_undo=True)
    bare = refusals.filter(Q(rule__isnull=True) | Q(explanation=""))
    for pk in bare.values_list("pk", flat=True):
        yield f"decision {pk}: refuses without a rule and an explanation"
    told = Notification.objects.filter(decision=OuterRef("pk"))
    lately = timezone.now() - NOTICES_KEPT_FOR
    with_author = refusals.filter(comment__author__isnull=False, created_at__gt=lately)
    for pk in with_author.exclude(Exists(told)).values_list("pk", flat=True):
        yield f"decision {pk}: its author was not told"


def reports_are_answered() -> Iterator[str]:
    """What was reported waits for a moderator, or names the decision about it."""
    waiting = QueueItem.objects.waiting().filter(kind=QueueItem.Kind.REPORTED)
    queued = waiting.filter(revision=OuterRef("comment__accepted_revision"))
    forgotten = Report.objects.open().exclude(Exists(queued))
    for pk in forgotten.values_list("pk", flat=True):
        yield f"report {pk}: open, but no moderator will find it in the queue"
    unfounded = Report.objects.exclude(outcome="").filter(decision__isnull=True)
    for pk in unfounded.values_list("pk", flat=True):
        yield f"report {pk}: answered without a decision"


def hidden_comments_wait_for_a_moderator() -> Iterator[str]:
    waiting = QueueItem.objects.waiting().filter(kind=QueueItem.Kind.REPORTED)
    queued = waiting.filter(revision=OuterRef("accepted_revision"))
    hidden = Comment.objects.filter(HIDDEN).exclude(Exists(queued))
    for pk in hidden.values_list("pk", flat=True):
        yield f"comment {pk}: hidden, but no moderator will find why in the queue"


def sanctions_are_whole() -> Iterator[str]:
    """Promise 6: each measure against a member is in force, and ends, in the open."""
    measures = Decision.objects.filter(measure__in=ACCOUNT_MEASURES)
    lost = measures.filter(sanction__isnull=True)
    for pk in lost.values_list("pk", flat=True):
        yield f"decision {pk}: decided about a member, but for nobody"
    for measure in (Measure.LIMIT, Measure.SUSPEND):
        running = Sanction.objects.running().filter(decision__measure=measure)
        members = running.filter(member__isnull=False).order_by().values("member")
        for row in members.annotate(n=Count("pk")).filter(n__gt=1):
            yield f"member {row['member']}: {row['n']} times {measure} at once"
    told = Notification.objects.filter(decision=OuterRef("lifted_by"))
    lately = timezone.now() - NOTICES_KEPT_FOR
    lifted = Sanction.objects.filter(
        member__isnull=False, lifted_by__created_at__gt=lately
    )
    for pk in lifted.exclude(Exists(told)).values_list("pk", flat=True):
        yield f"sanction {pk}: taken back, and the member was not told"


def nothing_is_stuck() -> Iterator[str]:
    """Promise 1: what was accepted is screened."""
    since = timezone.now() - STUCK
    stuck = Revision.objects.filter(state=State.SCREENING, created_at__lt=since)
    for pk in stuck.values_list("pk", flat=True):
        yield f"revision {pk}: in screening for more than ten minutes"


def notices_are_mailed() -> Iterator[str]:
    """Promise 6: the author hears it; mail that is given up needs a human."""
    for pk in Notification.objects.mail_given_up().values_list("pk", flat=True):
        yield f"notice {pk}: its mail was given up after {MAIL_TRIES} tries"
    for pk in Digest.objects.mail_given_up().values_list("pk", flat=True):
        yield f"digest {pk}: its mail was given up after {MAIL_TRIES} tries"


def comments_are_announced() -> Iterator[str]:
    """Who wants to hear of a comment is told after it came out."""
    silent = Comment.objects.unannounced(timezone.now() - UNHEARD)
    for pk in silent.values_list("pk", flat=True):
        yield f"comment {pk}: published for an hour, and nobody was told"


def digests_go_out() -> Iterator[str]:
    before = timezone.now() - UNHEARD
    idle = Digest.objects.filter(mailed_at__isnull=True, mail_tries=0)
    for pk in idle.filter(created_at__lt=before).values_list("pk", flat=True):
        yield f"digest {pk}: made an hour ago, and no worker has tried to mail it"
    for period in PERIODS:
        # The one that is due now may still be in the making.
        due = last_due(period, last_due(period, timezone.now()) - timedelta(seconds=1))
        rows = Notification.objects.undigested(period).filter(created_at__lt=due)
        late = rows.filter(recipient__is_active=True)
        for pk in late.values_list("pk", flat=True):
            yield f"notice {pk}: its {period} digest was never made"


def appeals_wait_in_the_queue() -> Iterator[str]:
    queued = QueueItem.objects.waiting().filter(appeal=OuterRef("pk"))
    unheard = Appeal.objects.open().exclude(Exists(queued))
    for pk in unheard.values_list("pk", flat=True):
        yield f"appeal {pk}: open, but no moderator will find it in the queue"
    ruled = QueueItem.objects.waiting().filter(appeal__ruling__isnull=False)
    for pk in ruled.values_list("pk", flat=True):
        yield f"queue item {pk}: open, but its appeal is ruled on"


def appeals_are_heard_by_others() -> Iterator[str]:
    ruled = Appeal.objects.filter(ruling__isnull=False)
    own = ruled.filter(ruling__decider=F("decision__decider"))
    for pk in own.values_list("pk", flat=True):
        yield f"appeal {pk}: ruled on by the person who had decided"
    astray = ruled.exclude(ruling__about=F("decision"))
    for pk in astray.values_list("pk", flat=True):
        yield f"appeal {pk}: its ruling is about another decision"


def replies_hang_on_their_comment() -> Iterator[str]:
    rows = Comment.objects.annotate(trunk=F("parent__path")).order_by("pk")
    fields = rows.values_list("pk", "path", "trunk")
    for pk, path, trunk in fields.iterator(chunk_size=CHUNK):
        if path != path_of(pk, trunk or ""):
            yield f"comment {pk}: stands at another place than its parent says"
    elsewhere = Comment.objects.exclude(parent=None)
    moved = elsewhere.exclude(parent__article=F("article"))
    for pk in moved.values_list("pk", flat=True):
        yield f"comment {pk}: answers a comment under another article"


def search_finds_what_is_public() -> Iterator[str]:
    if not engine_of(connection).installed(connection):
        yield "search: its index is not in the database; run reindex_search"
    for key, wrong in out_of_line():
        of = f"comment {key}" if key > 0 else f"article {-key}"
        yield f"{of}: its words in the search index are {wrong}; run reindex_search"


def votes_are_counted() -> Iterator[str]:
    for pk, stored, found in miscounted():
        wrong = [name for name in stored if stored[name] != found[name]]
        words = (f"{name} is {stored[name]}, not {found[name]}" for name in wrong)
        yield f"comment {pk}: its votes say otherwise: {', '.join(words)}"


def _breaks(revision: Revision, chain: list[Decision]) -> Iterator[str]:
    state = State.SCREENING
    for decision in chain:
        source, to = State(decision.from_state), State(decision.to_state)
        if source != state:
            yield f"decision {decision.pk}: starts from {source}, not from {state}"
        kind = DeciderKind(decision.decider_kind)
        if not is_allowed(source, to, kind):
            yield f"decision {decision.pk}: {kind} may not move {source} to {to}"
        state = to
    if revision.state != state:
        yield f"revision {revision.pk}: is {revision.state}, decided was {state}"


CHECKS: tuple[Check, ...] = (
    decisions_are_guarded,
    public_texts_were_accepted,
    states_follow_decisions,
    comments_follow_texts,
    html_is_clean,
    held_texts_wait_in_the_queue,
    refusals_have_reasons,
    reports_are_answered,
    hidden_comments_wait_for_a_moderator,
    sanctions_are_whole,
    nothing_is_stuck,
    notices_are_mailed,
    comments_are_announced,
    digests_go_out,
    appeals_wait_in_the_queue,
    appeals_are_heard_by_others,
    replies_hang_on_their_comment,
    search_finds_what_is_public,
    votes_are_counted,
)
