"""The web process, the database, the disk, the mail server and the clock."""

import os
import signal
import time
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import connections
from django.utils import timezone

from ethicsforum import health
from ethicsforum.local import plans
from ethicsforum.roles import commands
from faults import oracle
from faults.clock import Clock, compiler
from faults.forum import Forum, until
from faults.register import fault
from faults.workers import FEW, SOME, retry_mails

WHILE = 4.0
LOCKED = 10.0
MEGABYTE = bytes(1_000_000)
FULL = "fill"
A_DAY = 86_400


@fault("web process killed, 3 times", may_drop=True)
def web_killed(forum: Forum) -> None:
    with forum.writers.writing():
        for _ in range(3):
            time.sleep(2)
            forum.web.kill()
            forum.start_web()
        time.sleep(1)


@fault("new version while posts come in")
def deployed(forum: Forum) -> None:
    """Web: SIGHUP, a new process before the old one ends. Worker: the new one first,
    then the old one is asked to end."""
    with forum.writers.writing():
        time.sleep(1)
        forum.web.tell(signal.SIGHUP)
        time.sleep(commands.BEGIN_SECONDS + WHILE)
        old, forum.worker = forum.worker, forum.process(plans.worker())
        forum.start_worker()
        forum.wait_for_worker()
        old.stop()
        time.sleep(1)


@fault("database locked for 10 s")
def database_locked(forum: Forum) -> None:
    with forum.writers.writing():
        time.sleep(1)
        with forum.database.locked():
            time.sleep(LOCKED)
        time.sleep(1)


def _has_no_server(forum: Forum) -> str:
    return "" if forum.database.name == "postgresql" else "SQLite has no server"


@fault("database server restarted", unless=_has_no_server)
def database_restarted(forum: Forum) -> None:
    with forum.writers.writing():
        time.sleep(1)
        forum.database.restart()
        time.sleep(WHILE)
    connections.close_all()


def _has_no_small_disk(_forum: Forum) -> str:
    own = os.path.ismount(settings.DATA_DIR)
    return "" if own else "only root can mount a small disk as DATA_DIR"


@fault("disk full for DATA_DIR", unless=_has_no_small_disk)
def disk_full(forum: Forum) -> None:
    file = Path(settings.DATA_DIR) / FULL
    with forum.writers.writing():
        time.sleep(1)
        _fill(file)
        time.sleep(WHILE)
        file.unlink()
        time.sleep(1)


def _fill(file: Path) -> None:
    with suppress(OSError), file.open("wb", buffering=0) as out:
        while out.write(MEGABYTE):
            pass


@fault("mail server refuses, then accepts")
def mail_refused(forum: Forum) -> None:
    before = forum.mail.refused
    forum.mail.refuses = True
    forum.writers.post(SOME)
    until(lambda: forum.mail.refused > before, "a mail was refused")
    # Nobody is at one of them when they are made due again.
    oracle.await_quiet(forum.revive)
    time.sleep(1)
    forum.mail.refuses = False
    retry_mails()


def _has_no_clock(_forum: Forum) -> str:
    return "" if compiler() else "no C compiler to make a clock with"


@fault("clock a day ahead, then back", unless=_has_no_clock)
def clock_moved(forum: Forum) -> None:
    """Of web, worker and beat, while they run; what was sent to the worker meanwhile
    is lost as well, so that only the rows tell."""
    Session.objects.update(expire_date=timezone.now() + timedelta(days=7))
    clock = Clock(forum.folder)
    _restart(forum, **clock.environment)
    forum.writers.post(FEW)
    clock.set(A_DAY)
    forum.writers.post(FEW)
    until(lambda: _beat_says(time.time() + A_DAY / 2), "the beat has seen tomorrow")
    forum.worker.freeze()
    forum.writers.post(FEW)
    with health.redis() as server:
        server.flushall()
    clock.set(0)
    forum.worker.thaw()
    forum.writers.post(FEW)


def _beat_says(moment: float) -> bool:
    return (health.last_seen("beat") or 0) > moment


def _restart(forum: Forum, **environment: str) -> None:
    for process in (forum.web, forum.worker, forum.beat):
        process.stop()
    forum.worker.start(**environment)
    forum.beat.start(**environment)
    forum.start_web(**environment)
    forum.wait_for_worker()
