"""Redis that dies, forgets, or says nothing any more."""

import shutil
import time
from pathlib import Path

from django.conf import settings

from ethicsforum import health
from ethicsforum.local import redis_server
from faults.forum import Forum, until
from faults.register import fault

WHILE = 4.0
LONG_WHILE = 10.0
SOME = 20


@fault("Redis killed while posts come in")
def killed(forum: Forum) -> None:
    with forum.writers.writing():
        time.sleep(1)
        forum.redis.kill()
        time.sleep(WHILE)
        forum.start_redis()
        time.sleep(1)


@fault("Redis flushed with texts waiting")
def flushed(forum: Forum) -> None:
    forum.worker.kill()
    forum.writers.post(SOME)
    with health.redis() as server:
        server.flushall()
    forum.start_worker()


@fault("Redis frozen for 10 s")
def frozen(forum: Forum) -> None:
    with forum.writers.writing():
        time.sleep(1)
        forum.redis.freeze()
        time.sleep(LONG_WHILE)
        forum.redis.thaw()


@fault("Redis's data lost")
def lost(forum: Forum) -> None:
    gate = forum.classifier.gate
    gate.close()
    forum.writers.post(SOME)
    until(lambda: gate.waiting, "the classifier is asked")
    forum.redis.kill()
    shutil.rmtree(Path(settings.DATA_DIR) / "redis")
    Path(settings.DATA_DIR, "redis", redis_server.find().label).mkdir(parents=True)
    forum.start_redis()
    gate.open()
