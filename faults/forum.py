"""A whole forum, with the processes that `make run` starts; each can be hurt."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.core.management import call_command

from bench.servers import first_answer
from bench.wire import ADDRESS, get
from comments.models import ScreeningPolicy
from ethicsforum import health
from ethicsforum.local import plans, readiness, redis_server
from ethicsforum.local.child import Plan
from faults.databases import Database
from faults.process import Process
from faults.stand_ins import Classifier, MailServer, serving
from faults.writers import Writers

PATIENCE = 60.0
LOOK_AGAIN = 0.05


class Forum:
    def __init__(
        self,
        folder: Path,
        database: Database,
        classifier: Classifier,
        mail: MailServer,
    ) -> None:
        self._processes: list[Process] = []
        self.revived: list[str] = []
        """Who died by itself and was started again."""
        self.folder, self.database = folder, database
        self.classifier, self.mail = classifier, mail
        self.redis = self.process(_redis())
        self.web = self.process(plans.web(ADDRESS))
        self.worker = self.process(plans.worker())
        self.beat = self.process(plans.beat())
        self.writers = Writers(settings.PORT)

    def process(self, plan: Plan, **environment: str) -> Process:
        made = Process(plan, self.folder / f"{plan.name}.log", **environment)
        self._processes.append(made)
        return made

    def start(self) -> None:
        call_command("collectstatic", interactive=False, verbosity=0)
        # A hundred members write what thousands would: that is no flood here.
        ScreeningPolicy.objects.update(flood_comments=30_000)
        self.start_redis()
        self.start_worker()
        self.beat.start()
        self.start_web()

    def start_redis(self) -> None:
        self.redis.start()
        until(readiness.redis_answers, "Redis answers")

    def start_web(self, **environment: str) -> None:
        self.web.start(**environment)
        first_answer(settings.PORT, get("/healthz"))

    def start_worker(self) -> None:
        self.worker.start()

    def wait_for_worker(self) -> None:
        begin = time.time()
        until(lambda: (health.last_seen("worker") or 0) > begin, "a worker is there")

    def revive(self) -> None:
        """As a service manager does, and `make run`."""
        for process in self._processes:
            if process.has_died:
                self.revived.append(process.plan.name)
                process.kill()
                process.start()

    def stop(self) -> None:
        self.classifier.gate.open()
        for process in reversed(self._processes):
            process.kill()


@contextmanager
def forum(
    folder: Path, database: Database, classifier: Classifier, mail: MailServer
) -> Iterator[Forum]:
    """After django.setup(), with an environment that names the stand-ins."""
    with serving(classifier), serving(mail):
        made = Forum(folder, database, classifier, mail)
        try:
            made.start()
            yield made
        finally:
            made.stop()


def until(true: Callable[[], object], what: str, patience: float = PATIENCE) -> None:
    begin = time.monotonic()
    while not true():
        if time.monotonic() - begin > patience:
            raise TimeoutError(f"not within {patience:.0f} s: {what}")
        time.sleep(LOOK_AGAIN)


def _redis() -> Plan:
    server = redis_server.find()
    data = settings.DATA_DIR / "redis"
    return Plan("redis", redis_server.command(server, settings.REDIS_SOCKET, data))
