"""Hears what is stale, and knows whether it would have heard."""

import logging
import time

from redis.exceptions import RedisError

from ethicsforum import redis_servers
from ethicsforum.background import Background
from ethicsforum.page_cache.memory import Memory
from ethicsforum.page_cache.telling import CHANNEL, EVERYTHING

log = logging.getLogger(__name__)

ASK_EVERY = 0.2
TRUST = 0.7
"""Seconds that the last answer of Redis is good for: a decision reaches all readers
within these, even if Redis dies or freezes with it."""
PAUSE = 0.5


class Listener:
    """A thread that holds a subscription.

    Redis keeps its order: when it answers a question, all that was told before the
    question has been heard. So memory is good for a while from each question that was
    answered; when that lapses, something may have been missed, and all is forgotten.
    """

    def __init__(self, url: str, memory: Memory) -> None:
        self._url = url
        self._memory = memory
        self._background = Background("page-cache", self._run)
        self._is_away = False
        self.good_until = 0.0

    def start(self) -> None:
        self._background.start()

    def _run(self) -> None:
        while True:
            try:
                self._listen()
            except (RedisError, OSError) as error:
                self._say_once(error)
            time.sleep(PAUSE)

    def _say_once(self, error: Exception) -> None:
        if not self._is_away:
            log.warning("pages are kept for half a second only: %s", error)
        self._is_away = True

    def _listen(self) -> None:
        with redis_servers.client(self._url).pubsub() as subscription:
            subscription.subscribe(CHANNEL)
            asked, answered = 0.0, True
            while True:
                now = time.monotonic()
                if answered and now - asked >= ASK_EVERY:
                    subscription.ping()
                    asked, answered = now, False
                if not answered and now - asked > PAUSE + TRUST:
                    raise TimeoutError("no answer")
                said = subscription.get_message(timeout=ASK_EVERY)
                if said and said["type"] == "pong":
                    answered = True
                    self._trust(asked)
                elif said and said["type"] == "message":
                    self._hear(said["data"].decode())

    def _trust(self, asked: float) -> None:
        if time.monotonic() >= self.good_until:
            self._memory.clear()
            self._is_away = False
        self.good_until = asked + TRUST

    def _hear(self, said: str) -> None:
        for key in said.split():
            if key == EVERYTHING:
                self._memory.clear()
            else:
                self._memory.drop(key)
