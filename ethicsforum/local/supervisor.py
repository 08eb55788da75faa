"""Starts every process of the forum, keeps them up, and ends them all."""

import os
import selectors
import time

import django
from django.conf import settings

from ethicsforum.local import plans, prepare
from ethicsforum.local.child import Child, Plan
from ethicsforum.local.readiness import Watch, redis_answers
from ethicsforum.local.refusal import Refusal
from ethicsforum.local.stopping import Signals
from ethicsforum.local.voice import Voice

TICK = 0.2
QUICK_TICK = 0.03

NEWS_AFTER = 10.0
GIVE_UP_AFTER = 90.0

GRACE = 8.0
"""Seconds a process gets between SIGTERM and SIGKILL."""


class Supervisor:
    def __init__(
        self, voice: Voice, signals: Signals, *, address: str, lock: int
    ) -> None:
        self._voice = voice
        self._signals = signals
        self._address = address
        self._lock = lock
        self._children: dict[str, Child] = {}
        self._pipes = selectors.DefaultSelector()
        self._watch = Watch(address)
        self._ready = False
        self._news_at = self._give_up_at = 0.0

    # --- Start ------------------------------------------------------------

    def start(self) -> None:
        server = plans.redis()
        if server:
            self._add(server)
        django.setup()
        prepare.database(self._voice)
        prepare.static_files(self._voice)
        self._await_redis()
        prepare.demo(self._voice)
        self._be_patient()
        for plan in (plans.worker(), plans.beat(), plans.web(self._address)):
            self._add(plan)
        prepare.checks(self._voice)

    def _await_redis(self) -> None:
        self._be_patient()
        self._watch.expect("redis")
        while not redis_answers():
            self._turn()
        self._watch.look()

    def _add(self, plan: Plan) -> None:
        child = Child(plan, self._voice, str(settings.BASE_DIR), self._lock)
        self._children[plan.name] = child
        self._launch(child)

    def _launch(self, child: Child) -> None:
        self._watch.expect(child.name)
        with self._signals.held():
            outlet = child.start()
            self._pipes.register(outlet.descriptor, selectors.EVENT_READ, outlet)

    # --- Watch ------------------------------------------------------------

    def run(self) -> None:
        while True:
            self._turn()
            self._greet(self._watch.look())

    def _turn(self) -> None:
        """One round: pass on what was said, start again what died, keep the time."""
        self._signals.check()
        self._pump(QUICK_TICK if self._watch.silent() else TICK)
        for child in self._children.values():
            self._revive(child)
        self._keep_time()

    def _pump(self, wait: float) -> None:
        for key, _ in self._pipes.select(wait):
            if not key.data.pump():
                self._pipes.unregister(key.fd)
                os.close(key.fd)

    def _revive(self, child: Child) -> None:
        death = child.death()
        if death:
            pause = child.bury()
            soon = f" in {pause:.0f} s" if pause else ""
            self._voice.say(f"{child.name} {death}; starting it again{soon}")
            if not self._watch.silent():
                self._news_at = time.monotonic() + NEWS_AFTER
            self._watch.expect(child.name)
        if child.due:
            self._launch(child)

    def _greet(self, answering: list[str]) -> None:
        if self._ready:
            for name in answering:
                self._voice.say(f"{name} answers again")
        elif not self._watch.silent():
            self._ready = True
            host = f"[{settings.HOST}]" if ":" in settings.HOST else settings.HOST
            self._voice.announce(
                f"Ethics Forum is ready at http://{host}:{settings.PORT}/"
            )

    # --- Patience ---------------------------------------------------------

    def _be_patient(self) -> None:
        """What is awaited from now on gets its full time."""
        self._news_at = time.monotonic() + NEWS_AFTER
        self._give_up_at = time.monotonic() + GIVE_UP_AFTER

    def _keep_time(self) -> None:
        silent = self._watch.silent()
        now = time.monotonic()
        if silent and now > self._news_at:
            self._news_at = now + NEWS_AFTER
            self._voice.say(f"Still waiting for an answer from {_listed(silent)}")
        if silent and not self._ready and now > self._give_up_at:
            raise Refusal(
                f"no answer from {_listed(silent)} in {GIVE_UP_AFTER:.0f} seconds."
            )

    # --- End --------------------------------------------------------------

    def stop(self) -> None:
        """Redis last: the worker hands back what it could not finish."""
        redis = self._children.pop("redis", None)
        self._end(list(self._children.values()))
        self._end([redis] if redis else [])

    def _end(self, children: list[Child]) -> None:
        for child in children:
            child.terminate()
        self._await_end(children, GRACE)
        for child in children:
            self._kill(child)

    def _await_end(self, children: list[Child], patience: float) -> None:
        deadline = time.monotonic() + patience
        while any(child.alive for child in children):
            self._pump(QUICK_TICK)
            if self._signals.hurried or time.monotonic() > deadline:
                break

    def _kill(self, child: Child) -> None:
        if child.alive:
            self._voice.say(f"{child.name} did not end in time; killing it")
        child.kill_group()
        self._pump(0)


def _listed(names: list[str]) -> str:
    return ", ".join(names[:-1]) + " and " + names[-1] if names[1:] else names[0]
