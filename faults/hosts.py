"""Two hosts with one database and one Redis, and the end of one of them."""

import time

from django.conf import settings

from bench.servers import first_answer
from bench.wire import get
from ethicsforum.local import plans
from faults.forum import Forum
from faults.process import Process
from faults.register import fault

WHILE = 4.0


def _is_one_file(forum: Forum) -> str:
    alone = forum.database.name == "sqlite"
    return "a SQLite file belongs to one machine" if alone else ""


@fault("two hosts, one of them killed", unless=_is_one_file, may_drop=True)
def one_of_two_hosts(forum: Forum) -> None:
    """It stays away: the other has to do what it left behind."""
    port = settings.PORT + 1
    web, worker, beat = _second_host(forum, port)
    for process in (worker, beat, web):
        process.start()
    first_answer(port, get("/healthz"))
    with forum.writers.writing(settings.PORT, port):
        time.sleep(WHILE)
        for process in (forum.web, forum.worker, forum.beat):
            process.kill()
        time.sleep(WHILE)
    forum.writers.port = port
    forum.web, forum.worker, forum.beat = web, worker, beat


def _second_host(forum: Forum, port: int) -> list[Process]:
    data = forum.folder / "second-host"
    data.mkdir()
    web, beat = plans.web("127.0.0.1"), plans.beat()
    web.command[web.command.index("--port") + 1] = str(port)
    schedule = beat.command.index("--schedule") + 1
    beat.command[schedule] = str(data / "beat-schedule")
    own = {
        "DATA_DIR": str(data),
        "PORT": str(port),
        "REDIS_URL": settings.REDIS_URL,
        "SECRET_KEY": settings.SECRET_KEY,
        "SITE_URL": settings.SITE_URL,
    }
    return [forum.process(plan, **own) for plan in (web, plans.worker(), beat)]
