"""The Celery application, and the signs of life its processes leave."""

import json
import logging
import os
import time
from typing import Any

from celery import Celery, signals
from celery.schedules import crontab, schedule

from ethicsforum.page_cache import purging

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ethicsforum.settings")

log = logging.getLogger(__name__)

ECHO = "ethicsforum.echo"

app = Celery("ethicsforum")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.conf.update(
    # A task is done when it is done: a worker that dies leaves it to another.
    task_acks_late=True,
    task_reject_on_worker_lost=True,
    task_ignore_result=True,
    task_soft_time_limit=20,
    task_time_limit=30,
    task_default_queue="maintenance",
    task_routes={
        "comments.screen": {"queue": "screening"},
        "comments.deliver": {"queue": "mail"},
        "comments.deliver_digest": {"queue": "mail"},
        "ethicsforum.purge": {"queue": "mail"},
        "privacy.mail_deletion": {"queue": "mail"},
        "privacy.mail_export": {"queue": "mail"},
    },
    # A poster's request must not hang on a broker that is away.
    task_publish_retry_policy={
        "max_retries": 1,
        "interval_start": 0,
        "interval_step": 0.1,
        "interval_max": 0.2,
    },
    broker_connection_retry_on_startup=True,
    broker_connection_max_retries=None,
    worker_prefetch_multiplier=1,
    worker_soft_shutdown_timeout=5,
    worker_max_tasks_per_child=500,
    worker_hijack_root_logger=False,
    # Celery would close the database's connections before and after each task,
    # whatever CONN_MAX_AGE says: see `close_old`.
    CELERY_DB_REUSE_MAX=2**62,
    beat_scheduler="ethicsforum.beat:Scheduler",
    # A message that no worker took before the next one is due has no use.
    beat_schedule={
        "backup": {
            "task": "ethicsforum.backup",
            # Each hour, though one a day is made: what failed is tried again.
            "schedule": crontab(minute="25"),
            "options": {"expires": 3600},
        },
        "calibrate": {
            "task": "comments.calibrate",
            "schedule": schedule(600),
            "options": {"expires": 600},
        },
        "digests": {
            "task": "comments.digests",
            # Past the hour, so that the hour of the digests is over when it looks.
            "schedule": crontab(minute="2"),
            "options": {"expires": 3600},
        },
        "forget": {
            "task": "ethicsforum.forget",
            "schedule": schedule(600),
            "options": {"expires": 600},
        },
        "heartbeat": {
            "task": "ethicsforum.heartbeat",
            "schedule": schedule(10),
            "options": {"expires": 10},
        },
        "privacy": {
            "task": "privacy.sweep",
            "schedule": schedule(30),
            "options": {"expires": 30},
        },
        "recount": {
            "task": "comments.recount",
            "schedule": crontab(hour="3", minute="40"),
            "options": {"expires": 3600},
        },
        "seal": {
            "task": "comments.seal",
            "schedule": schedule(30),
            "options": {"expires": 30},
        },
        "sweep": {
            "task": "comments.sweep",
            "schedule": schedule(15),
            "options": {"expires": 15},
        },
        "tidy": {
            "task": "privacy.tidy",
            "schedule": crontab(minute="17"),
            "options": {"expires": 3600},
        },
    },
)
app.autodiscover_tasks()


@app.task(name="ethicsforum.heartbeat")
def heartbeat() -> None:
    """Sent by the beat, run by a worker: when it arrives, both are alive."""
    from ethicsforum.health import mark_seen

    mark_seen("beat")
    mark_seen("worker")


@app.task(
    name=purging.PURGE,
    autoretry_for=(OSError,),
    retry_backoff=2,
    max_retries=purging.MOST_TRIES - 1,
)
def purge(keys: str) -> None:
    """Tell the cache in front of the site what is stale."""
    purging.purge(keys)


@app.task(name=ECHO)
def echo(token: str) -> None:
    """Answers `manage.py doctor`: the worker is there, and what it sees."""
    from ethicsforum import health

    answer = {"database": health.database(), "time": time.time()}
    with health.redis() as server:
        server.set(echo_key(token), json.dumps(answer), ex=60)


def echo_key(token: str) -> str:
    return f"ethicsforum:echo:{token}"


@app.task(name="ethicsforum.forget")
def forget() -> None:
    """What limits no longer need."""
    from ethicsforum.limits import forgetting

    forgetting.forget()


# Not late: it takes longer than a message waits, and the next hour asks again.
@app.task(
    name="ethicsforum.backup",
    acks_late=False,
    soft_time_limit=14_400,
    time_limit=14_460,
)
def backup() -> None:
    """The backup of the day, where BACKUP_DIR asks for one."""
    from ethicsforum.keeping import InUse, daily

    try:
        path = daily.make_due()
    except InUse:
        return
    if path is not None:
        log.info("backup written: %s", path)


@signals.task_prerun.connect
@signals.task_postrun.connect
def close_old(sender: Any = None, **kwargs: Any) -> None:
    """As around a request: connections that broke or are too old are given up. Not
    around a task that is called in place: its caller has the connection."""
    from django.db import close_old_connections

    if sender is None or not sender.request.is_eager:
        close_old_connections()


@signals.worker_ready.connect
def worker_ready(**kwargs: Any) -> None:
    from ethicsforum.health import mark_seen

    mark_seen("worker")


@signals.beat_init.connect
def beat_ready(**kwargs: Any) -> None:
    from ethicsforum.health import mark_seen

    mark_seen("beat")
