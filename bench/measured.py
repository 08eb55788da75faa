"""One site: its servers, what it tells of itself, and each case in rounds."""

import argparse
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.models import Max
from django.utils.text import slugify

from bench import counting, desk, servers, spying
from bench.cases import INSERT, NGINX, Case, Cases, inserts
from bench.figures import Figure, Round
from bench.load import Load, drive
from bench.nginx import Nginx, is_there
from bench.processes import Cores, spent
from bench.servers import BARE, FRONT, PLAIN
from bench.wire import ask, get
from comments.models import Comment, Decision
from comments.states import DeciderKind
from ethicsforum import health

DRAIN = "screening, one worker"
FILLS = "post, 8 writers"
SLOW = 0.05
WHOLE = 60.0
"""Seconds that no round lasts: whatever the options say."""
NO_LOAD = Load(0, 1, 0, 0, 0)

Server = tuple[int, int]
"""Its process and its port."""


class Site:
    def __init__(self, options: argparse.Namespace, stack: ExitStack) -> None:
        self._options = options
        self._cores = Cores.of_this_machine()
        stack.enter_context(servers.redis(settings.DATA_DIR / "redis", self._site))
        self._ports: dict[str, int] = {}
        self._pids: dict[str, int] = {}
        self.cold_start = self._start(FRONT, stack)
        self._start(PLAIN, stack)
        self._start(BARE, stack)
        self._known = spying.known(self._ports[FRONT], options)
        self._cases = Cases(self._known)
        self._nginx = self._start_nginx(stack) if is_there() else None
        self._figures: list[Figure] = []

    @property
    def _site(self) -> int | None:
        return self._cores.site

    def measured(self) -> dict[str, Any]:
        for case in self._cases.all():
            if self._is_wanted(case.name):
                self._add(self._figure(case))
        if self._is_wanted(DRAIN):
            self._add(self._screening())
        return {
            "figures": [figure.as_json() for figure in self._figures],
            "cold_start": self.cold_start,
            "megabytes": spent(self._pids[FRONT]).megabytes,
            "desk": self._desk(),
        }

    def _start(self, target: str, stack: ExitStack) -> float:
        """Seconds to its first answer."""
        port = self._ports[target] = servers.free_port()
        self._pids[target] = stack.enter_context(servers.web(target, port, self._site))
        return servers.first_answer(port, get("/"))

    def _start_nginx(self, stack: ExitStack) -> Nginx:
        like = ask(self._ports[FRONT], get("/articles/question-1/"))
        nginx = Nginx(settings.DATA_DIR / "nginx", servers.free_port())
        self._nginx_pid = stack.enter_context(nginx.running(like, self._site))
        servers.first_answer(nginx.port, get("/"))
        return nginx

    def _is_wanted(self, name: str) -> bool:
        only = self._options.only
        return not only or any(word in name for word in only)

    def _add(self, figure: Figure) -> None:
        self._figures.append(figure)
        sys.stderr.write(f"  {figure.name}: {figure.rate:,.0f}/s\n")

    def _figure(self, case: Case) -> Figure:
        first = case.requests()
        answer = ask(self._ports[case.server], first[0])
        case = replace(case, slow=self._takes(case, first[-1]) > SLOW)
        beside = self._beside(case, first)
        rounds = [self._round(case, beside) for _ in range(self._options.rounds)]
        # Others have been sent by now: what changes rows is never sent twice.
        again = case.requests() if len(first) > 1 else first * 2
        return Figure.of(
            case.name,
            rounds,
            database=self._options.database,
            comments=self._options.comments,
            megabytes=spent(self._pids[case.server]).megabytes,
            size=len(answer.body),
            queries=counting.queries(case.server, *again[:2]),
            against=case.against if beside else "",
        )

    def _takes(self, case: Case, request: bytes) -> float:
        """Seconds; what is kept is kept by the first of them."""
        ask(self._ports[case.server], request)
        begin = time.perf_counter()
        ask(self._ports[case.server], request)
        return time.perf_counter() - begin

    def _round(self, case: Case, beside: tuple[Server, list[bytes]] | None) -> Round:
        requests = case.requests()
        here = self._pids[case.server], self._ports[case.server]
        with self._worker(case.with_worker):
            row = _last_row()
            load, cpu = self._drive(here, requests, case)
            rows = _last_row() - row
        lost = max(0, load.requests - rows) if case.makes_rows else 0
        there, there_cpu = NO_LOAD, 0.0
        if beside:
            there, there_cpu = self._drive(*beside, case, most=self._options.beside)
        return Round(
            rate=(load.requests - lost) / load.seconds,
            p50=load.p50,
            p95=load.p95,
            cpu=cpu,
            beside=there.rate,
            beside_cpu=there_cpu,
            failed=load.failed + lost,
        )

    def _drive(
        self, server: Server, requests: list[bytes], case: Case, most: float = WHOLE
    ) -> tuple[Load, float]:
        """And the seconds of CPU that the server spent on each request."""
        pid, port = server
        before = spent(pid).cpu
        load = drive(
            port,
            requests,
            connections=case.connections,
            seconds=min(most, self._options.seconds),
            core=self._cores.load,
            once=case.once,
            slow=case.slow and most == WHOLE,
        )
        return load, (spent(pid).cpu - before) / max(1, load.requests)

    def _beside(
        self, case: Case, requests: list[bytes]
    ) -> tuple[Server, list[bytes]] | None:
        if case.against == INSERT:
            return (self._pids[BARE], self._ports[BARE]), inserts(self._known)
        if case.against != NGINX or self._nginx is None:
            return None
        reads = {one for one in requests if one.startswith(b"GET")}
        paths = {one: self._keep(one, case, n) for n, one in enumerate(sorted(reads))}
        there = [paths[one] for one in requests if one in paths]
        return (self._nginx_pid, self._nginx.port), there

    def _keep(self, request: bytes, case: Case, number: int) -> bytes:
        """The request for the same bytes, once nginx has them."""
        assert self._nginx is not None  # noqa: S101  # asked by `_beside`
        whole = b"\r\n".join(
            line for line in request.split(b"\r\n") if b"None-Match" not in line
        )
        answer = ask(self._ports[case.server], whole)
        name = f"{slugify(case.name)}-{number}"
        path = self._nginx.keep(name, answer)
        if whole == request:
            return get(path)
        return get(path, If_None_Match=ask(self._nginx.port, get(path)).header("etag"))

    @contextmanager
    def _worker(self, wanted: bool) -> Iterator[None]:
        """With nothing in the queue but what comes now."""
        if not wanted:
            yield
            return
        with health.redis() as server:
            server.flushdb()
        with servers.worker(self._site):
            yield

    def _screening(self) -> Figure:
        rounds = [self._drained() for _ in range(self._options.rounds)]
        fills = [one.rate for one in self._figures if one.name == FILLS]
        return Figure.of(
            DRAIN,
            [Round(rate, beside=fills[0] if fills else 0) for rate in rounds],
            database=self._options.database,
            comments=self._options.comments,
            against="posting" if fills else "",
        )

    def _drained(self) -> float:
        """Texts a second, from the first decision to the last."""
        with health.redis() as server:
            server.flushdb()
        posts = Case(DRAIN, self._cases.posts, connections=8)
        here = self._pids[FRONT], self._ports[FRONT]
        self._drive(here, posts.requests(), posts)
        newest = _newest_decision()
        with servers.worker(self._site):
            made = Decision.objects.filter(
                pk__gt=newest, decider_kind=DeciderKind.MACHINE
            )
            _wait(made.exists, 30)
            time.sleep(self._options.seconds)
        times = sorted(made.values_list("created_at", flat=True))
        if len(times) < 2:
            return 0.0
        return (len(times) - 1) / (times[-1] - times[0]).total_seconds()

    def _desk(self) -> list[dict[str, Any]]:
        if connection.vendor != "postgresql" or self._options.only:
            return []
        found = desk.costs(spying.moderator(), self._options.rounds)
        return [vars(each) for each in found]


def _last_row() -> int:
    return Comment.objects.aggregate(last=Max("pk"))["last"] or 0


def _newest_decision() -> int:
    return Decision.objects.aggregate(last=Max("pk"))["last"] or 0


def _wait(ready: Callable[[], bool], seconds: float) -> None:
    begin = time.monotonic()
    while not ready() and time.monotonic() - begin < seconds:
        time.sleep(0.05)
