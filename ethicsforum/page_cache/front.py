"""The outermost layer of the site: readers without a session are answered from memory.

Whatever it does not know for certain goes to Django.
"""

import time
from collections.abc import Callable, Iterable
from threading import Event, Lock
from typing import Any

from ethicsforum.page_cache.answers import Kept
from ethicsforum.page_cache.listening import Listener
from ethicsforum.page_cache.marking import FRONT, KEYS
from ethicsforum.page_cache.memory import Address, Memory
from ethicsforum.page_cache.tally import tally

LONGEST = 60.0
"""Seconds after which an answer is made anew in any case: what no key tells of (the
count of votes, "two minutes ago") is not older than this."""
BRIEF = 0.5
"""The same, while nobody would tell this process what is stale."""
PATIENCE = 5.0
"""Seconds to wait for another thread that makes the same page."""
LONGEST_QUERY = 200

Environ = dict[str, Any]
Application = Callable[[Environ, Any], Iterable[bytes]]


class Front:
    def __init__(
        self,
        application: Application,
        memory: Memory,
        listener: Listener,
        *,
        own_cookies: Iterable[str],
        trusts_proxy: bool,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._django = application
        self._memory = memory
        self._listener = listener
        self._cookies = tuple(f"{name}=" for name in own_cookies)
        self._scheme = "HTTP_X_FORWARDED_PROTO" if trusts_proxy else "wsgi.url_scheme"
        self._clock = clock
        self._making: dict[Address, Event] = {}
        self._lock = Lock()

    def __call__(self, environ: Environ, start_response: Any) -> Iterable[bytes]:
        address = self._address(environ)
        if address is None:
            tally.passed += 1
            # Members' pages are put together from what is kept, too.
            self._listener.start()
            return self._django(environ, start_response)
        kept = self._fresh(address)
        if kept is None:
            return self._make(address, environ, start_response)
        tally.hit += 1
        return kept.answer(environ, start_response)

    def _address(self, environ: Environ) -> Address | None:
        """None for whom or what only Django can answer."""
        if environ["REQUEST_METHOD"] not in ("GET", "HEAD"):
            return None
        cookies = environ.get("HTTP_COOKIE")
        if cookies and any(name in cookies for name in self._cookies):
            return None
        if "HTTP_HX_REQUEST" in environ or "HTTP_AUTHORIZATION" in environ:
            return None
        query = environ.get("QUERY_STRING", "")
        if len(query) > LONGEST_QUERY:
            return None
        host, scheme = environ.get("HTTP_HOST"), environ.get(self._scheme)
        return (environ["PATH_INFO"], query, host, scheme)

    def _fresh(self, address: Address) -> Kept | None:
        kept = self._memory.get(address)
        if not isinstance(kept, Kept):
            return None
        now = self._clock()
        heard = now < self._listener.good_until
        if now - kept.started >= (LONGEST if heard else BRIEF):
            return None
        kept.used = True
        return kept

    def _make(
        self, address: Address, environ: Environ, start_response: Any
    ) -> Iterable[bytes]:
        """Of many who ask at once for the same, one thread makes it."""
        self._listener.start()
        mine, other = Event(), self._other(address)
        if other is not None:
            other.wait(PATIENCE)
            kept = self._fresh(address)
            if kept is not None:
                tally.hit += 1
                return kept.answer(environ, start_response)
        with self._lock:
            self._making.setdefault(address, mine)
        try:
            return self._ask_django(address, environ, start_response)
        finally:
            self._done(address, mine)

    def _other(self, address: Address) -> Event | None:
        with self._lock:
            return self._making.get(address)

    def _done(self, address: Address, mine: Event) -> None:
        with self._lock:
            if self._making.get(address) is mine:
                del self._making[address]
        mine.set()

    def _ask_django(
        self, address: Address, environ: Environ, start_response: Any
    ) -> Iterable[bytes]:
        moment, started = self._memory.moment, self._clock()
        begun: list[Any] = []

        def begin(status: str, headers: Any, *rest: Any) -> None:
            begun[:] = [status, headers, *rest]

        environ[FRONT] = True
        answer = self._django(environ, begin)
        keys = _keys_of(begun)
        if keys is None or environ["REQUEST_METHOD"] == "HEAD":
            tally.passed += 1
            start_response(*begun)
            return answer
        tally.miss += 1
        kept = Kept.of(begun[1], _whole(answer), keys, started)
        self._memory.put(address, kept, moment)
        return kept.answer(environ, start_response)


def _keys_of(begun: list[Any]) -> frozenset[str] | None:
    """None for an answer that must not be kept."""
    status, headers = begun[0], {name.lower(): value for name, value in begun[1]}
    keys = headers.get(KEYS.lower(), "").split()
    if not keys or not status.startswith("200") or "set-cookie" in headers:
        return None
    return frozenset(keys)


def _whole(answer: Iterable[bytes]) -> bytes:
    try:
        return b"".join(answer)
    finally:
        close = getattr(answer, "close", None)
        if close is not None:
            close()
