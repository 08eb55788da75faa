"""What one process remembers: no more than it may, and nothing that is stale."""

from ethicsforum.page_cache.answers import Kept
from ethicsforum.page_cache.memory import MOST_NOTED, Memory


def kept(*keys: str, body: bytes = b"page") -> Kept:
    return Kept.of([], body, frozenset(keys or ["article-1"]), 0.0)


def put(memory: Memory, name: str, one: Kept) -> bool:
    return memory.put((name,), one, memory.moment)


def test_it_remembers() -> None:
    memory, one = Memory(1_000_000), kept()
    assert put(memory, "a", one)
    assert memory.get(("a",)) is one


def test_one_key_drops_what_is_made_of_it_and_nothing_else() -> None:
    memory = Memory(1_000_000)
    put(memory, "a", kept("article-1"))
    put(memory, "list", kept("article-1", "lists"))
    put(memory, "b", kept("article-2"))
    memory.drop("article-1")
    assert memory.get(("a",)) is None
    assert memory.get(("list",)) is None
    assert memory.get(("b",)) is not None


def test_what_became_stale_while_it_was_made_is_not_kept() -> None:
    memory = Memory(1_000_000)
    moment = memory.moment
    memory.drop("article-1")
    assert not memory.put(("a",), kept("article-1"), moment)
    assert memory.put(("b",), kept("article-2"), moment)


def test_what_was_begun_before_all_was_forgotten_is_not_kept() -> None:
    memory = Memory(1_000_000)
    moment = memory.moment
    memory.clear()
    assert not memory.put(("a",), kept(), moment)


def test_the_notes_of_what_was_stale_are_bounded() -> None:
    memory = Memory(1_000_000)
    moment = memory.moment
    for number in range(MOST_NOTED + 1):
        memory.drop(f"article-{number}")
    # What it no longer knows of it takes for stale.
    assert not memory.put(("a",), kept("lists"), moment)
    assert put(memory, "a", kept("lists"))


def test_it_stays_within_its_bytes() -> None:
    memory = Memory(100_000)
    for number in range(200):
        put(memory, str(number), kept(body=b"x" * 1_000))
        assert memory.size <= memory.most_bytes
    assert memory.size == sum(
        one.size for n in range(200) if (one := memory.get((str(n),)))
    )


def test_what_is_asked_for_stays_longer_than_what_is_not() -> None:
    memory = Memory(100_000)
    put(memory, "read", kept(body=b"x" * 1_000))
    for number in range(200):
        put(memory, str(number), kept(body=b"x" * 1_000))
        found = memory.get(("read",))
        assert found is not None
        found.used = True


def test_one_page_never_takes_the_place_of_all() -> None:
    memory = Memory(100_000)
    assert not put(memory, "huge", kept(body=b"x" * 50_000))


def test_the_same_again_counts_once() -> None:
    memory = Memory(1_000_000)
    put(memory, "a", kept())
    put(memory, "a", kept())
    assert memory.size == kept().size
    assert len(memory) == 1
