"""What is measured: each case with its requests, and what stands beside it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import islice

from bench.laws import Zipf, exact_sizes
from bench.prose import Prose
from bench.servers import FRONT, PLAIN
from bench.wire import from_address, get, post

READERS, FEWER = 16, 4
"""Connections: to what is kept, and to what is made anew."""
POSTS_A_SECOND = 800
"""More than any round sends, so that no text is sent twice."""
MIXED = 20_000
POST_EVERY = 20
SEARCHED = 40
BESIDE_ROUNDS = 3
"""Times that a case's requests are made apart from its rounds, and one to spare."""
DESK = "/admin/comments/queueitem/"
NGINX, INSERT = "nginx", "bare insert"

ON_DESK = ("desk, first page", "desk, a decision")
GROWING = (
    "a page of 100, made anew",
    "a page of 100, a member's",
    "post, 8 writers",
    *ON_DESK,
    "search",
)
"""Those that the size of the site might slow down."""

Requests = Callable[[], list[bytes]]
"""Made for each round: what changes rows is never sent twice."""


@dataclass(frozen=True)
class Case:
    name: str
    requests: Requests
    server: str = FRONT
    connections: int = READERS
    against: str = ""
    once: bool = False
    """Each request goes once."""
    slow: bool = False
    """Few a second: a round waits for the answers that are still out."""
    with_worker: bool = False
    makes_rows: bool = False
    """A comment for each request; where there is none, it failed."""


@dataclass(frozen=True)
class Known:
    """What a site told of itself: made by `bench.site`."""

    comments: int
    rounds: int
    seconds: float
    articles: int
    discussions: int
    """That the mixed case is spread over."""
    members: list[tuple[int, str]]
    """Each with a cookie."""
    moderator: str
    items: list[int]
    """Held and waiting, in line."""
    last_root: dict[int, int]
    """By the size of a discussion: after which its last page begins."""
    has_print: bool
    etag: Callable[[str], str]
    """Of a page, as it is now."""


class Cases:
    def __init__(self, known: Known) -> None:
        self._known = known
        self._prose = Prose(seed=7)
        self._texts = self._prose.sources()
        self._items = iter(known.items)
        self._sent = 0
        self._zipf = Zipf(known.discussions)

    def all(self) -> Iterator[Case]:
        for size in exact_sizes(self._known.comments):
            yield from self._reading(size)
        for writers in (1, 8, 32):
            yield self._posting(writers)
        yield from self._desk()
        yield Case("search", self._searches, connections=FEWER, against=NGINX)
        yield Case("95 reads, 5 posts", self.mix, against=NGINX, with_worker=True)

    def page(self, size: int, rest: str = "") -> str:
        """The discussion of so many comments."""
        number = exact_sizes(self._known.comments).index(size) + 1
        return f"/articles/question-{number}/{rest}"

    def posts(self) -> list[bytes]:
        count = max(40, round(self._known.seconds * POSTS_A_SECOND))
        return [self._post(1 + n % self._known.articles) for n in range(count)]

    def mix(self) -> list[bytes]:
        return [self._read_or_post(n) for n in range(MIXED)]

    def reads(self) -> list[int]:
        """Which discussion, as the mix has them."""
        return [self._zipf.draw() + 1 for _ in range(MIXED)]

    def _reading(self, size: int) -> Iterator[Case]:
        page, name = self.page(size), f"a page of {size:,}"
        member = self._known.members[0][1]
        reads = {
            f"{name}, kept": (FRONT, get(page)),
            f"{name}, made anew": (PLAIN, get(page)),
            f"{name}, a member's": (FRONT, get(page, member)),
        }
        if size == 1_000:
            reads |= self._of_a_thousand(name, page)
        for what, (server, request) in reads.items():
            many = READERS if what.endswith("kept") else FEWER
            yield Case(what, partial(list, [request]), server, many, NGINX)
        if size == 1_000:
            asked = partial(self._asked_again, page)
            yield Case(f"{name}, 304", asked, against=NGINX)

    def _of_a_thousand(self, name: str, page: str) -> dict[str, tuple[str, bytes]]:
        last = self.page(1_000, f"?after={self._known.last_root[1_000]}")
        found = {
            f"{name}, the last one, kept": (FRONT, get(last)),
            f"{name}, the last one, made anew": (PLAIN, get(last)),
        }
        if self._known.has_print:
            whole = self.page(1_000, "print/")
            found["all 1,000 to print, kept"] = (FRONT, get(whole))
            found["all 1,000 to print, made anew"] = (PLAIN, get(whole))
        return found

    def _asked_again(self, page: str) -> list[bytes]:
        return [get(page, If_None_Match=self._known.etag(page))]

    def _posting(self, writers: int) -> Case:
        many = f"{writers} writers" if writers > 1 else "1 writer"
        return Case(
            f"post, {many}", self.posts, FRONT, writers, INSERT, makes_rows=True
        )

    def _desk(self) -> Iterator[Case]:
        page = get(DESK, self._known.moderator)
        yield Case("desk, first page", lambda: [page], connections=1)
        yield Case("desk, a decision", self._decisions, connections=1, once=True)

    def _decisions(self) -> list[bytes]:
        most = len(self._known.items) // (self._known.rounds + BESIDE_ROUNDS)
        some = islice(self._items, min(most, round(self._known.seconds * 60)))
        fields = {"outcome": "approve", "version": "1"}
        return [
            post(f"{DESK}{pk}/decide/", fields, self._known.moderator) for pk in some
        ]

    def _searches(self) -> list[bytes]:
        words = self._prose.words
        return [
            get(f"/search/?q={words[n * n]}", X_Forwarded_For=from_address(n))
            for n in range(1, SEARCHED)
        ]

    def _read_or_post(self, number: int) -> bytes:
        article = self._zipf.draw() + 1
        if number % POST_EVERY != 1:
            return get(f"/articles/question-{article}/")
        return self._post(article)

    def _post(self, article: int) -> bytes:
        self._sent += 1
        _, cookie = self._known.members[self._sent % len(self._known.members)]
        body = f"> What was said.\n\n**No:** {next(self._texts)}"
        where = f"/articles/question-{article}/comments/"
        seen = from_address(self._sent)
        return post(where, {"body": body}, cookie, X_Forwarded_For=seen)


def inserts(known: Known) -> list[bytes]:
    """For the bare view."""
    return [
        post(
            "/insert/", {"article": f"{1 + n % known.articles}", "author": f"{pk}"}, ""
        )
        for n, (pk, _) in enumerate(known.members)
    ]
