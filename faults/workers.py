"""Workers and beats that die, stand still, or are too many."""

import random
import time

from django.utils import timezone

from comments import dispatch
from comments.models import Comment, Decision, Notification, Revision
from ethicsforum import health
from ethicsforum.local import plans
from faults.forum import Forum, until
from faults.register import fault
from faults.stand_ins import Gate

BUSY = 2
"""Tasks that the worker has in hand at once."""
FEW, SOME = 6, 20


@fault("nothing")
def nothing(forum: Forum) -> None:
    forum.writers.post(SOME)


@fault("worker killed before its verdicts")
def killed_before_verdict(forum: Forum) -> None:
    """Some texts are with the classifier, the others still in the queue."""
    gate = forum.classifier.gate
    gate.close()
    forum.writers.post(FEW)
    until(lambda: gate.waiting >= BUSY, "the classifier is asked")
    forum.worker.kill()
    gate.open()
    forum.start_worker()


@fault("worker killed while it writes them")
def killed_while_deciding(forum: Forum) -> None:
    gate = forum.classifier.gate
    gate.close()
    forum.writers.post(FEW)
    until(lambda: gate.waiting >= BUSY, "the classifier is asked")
    with forum.database.locked():
        gate.open()
        until(lambda: gate.waiting == 0, "the classifier has answered")
        # It is at the door of the database now; nobody tells when.
        time.sleep(1)
        forum.worker.kill()
    forum.start_worker()


@fault("worker killed just after one, twice")
def killed_after_verdict(forum: Forum) -> None:
    for _ in range(2):
        last = Decision.objects.latest("pk").pk
        forum.writers.post(FEW)
        until(Decision.objects.filter(pk__gt=last).exists, "a verdict")
        forum.worker.kill()
        forum.start_worker()
        forum.wait_for_worker()


@fault("worker killed at random, 3 times")
def killed_at_random(forum: Forum) -> None:
    with forum.writers.writing():
        for _ in range(3):
            forum.wait_for_worker()
            time.sleep(random.random() * 2)
            forum.worker.kill()
            forum.start_worker()


@fault("worker killed while it mails")
def killed_while_mailing(forum: Forum) -> None:
    _kill_at(forum, forum.mail.before_taking)


@fault("worker killed once a mail is taken")
def killed_after_mailing(forum: Forum) -> None:
    _kill_at(forum, forum.mail.after_taking)


def _kill_at(forum: Forum, gate: Gate) -> None:
    gate.close()
    forum.writers.post(FEW)
    until(lambda: gate.waiting, "a mail is on its way")
    forum.worker.kill()
    gate.open()
    forum.start_worker()
    forum.wait_for_worker()
    retry_mails()


def retry_mails() -> None:
    """As if the minutes until the next try were over."""
    unsent = Notification.objects.filter(mailed_at=None, mail_due_at__isnull=False)
    for notice in unsent:
        Notification.objects.filter(pk=notice.pk).update(mail_due_at=timezone.now())
        dispatch.send(dispatch.DELIVER, notice.pk)


@fault("tasks delivered 5 times, out of order")
def many_deliveries(forum: Forum) -> None:
    forum.worker.kill()
    forum.writers.post(SOME)
    with health.redis() as server:
        server.flushall()
    texts = list(_waiting()) * 5
    random.shuffle(texts)
    for pk in texts:
        dispatch.send(dispatch.SCREEN, pk)
    second = forum.process(plans.worker())
    second.start()
    forum.start_worker()
    until(lambda: not _waiting(), "all are decided")
    for comment in Comment.objects.order_by("-pk").values_list("pk", flat=True)[:SOME]:
        dispatch.send(dispatch.ANNOUNCE, comment)
    retry_mails()
    retry_mails()
    second.stop()


def _waiting() -> list[int]:
    found = Revision.objects.filter(state="screening").values_list("pk", flat=True)
    return list(found)


@fault("two beats, two workers, one stood still")
def split_brain(forum: Forum) -> None:
    """While it stood still another worker has done all it had in hand."""
    beat = plans.beat()
    beat.command[beat.command.index("--schedule") + 1] += "-2"
    second_beat, second = forum.process(beat), forum.process(plans.worker())
    second_beat.start()
    gate = forum.classifier.gate
    gate.close()
    sent = forum.writers.post(BUSY)
    until(lambda: gate.waiting >= BUSY, "the classifier is asked")
    forum.worker.freeze()
    gate.open()
    second.start()
    old = Revision.objects.filter(comment__in=[one.comment for one in sent])
    until(lambda: not old.filter(state="screening"), "the other worker has done it")
    forum.writers.post(SOME)
    forum.worker.thaw()
    forum.writers.post(FEW)
    second_beat.stop()
    second.stop()
