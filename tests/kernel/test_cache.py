"""The cache without its Redis."""

from pathlib import Path

from ethicsforum.cache import FallbackRedisCache


def test_a_lost_redis_is_replaced_by_memory(tmp_path: Path) -> None:
    lost = FallbackRedisCache([f"unix://{tmp_path}/nobody.sock"], {})
    assert lost.get("a") is None
    lost.set("a", 1, 60)
    assert lost.get("a") == 1
    assert lost.incr("a") == 2
    assert lost.add("a", 5) is False
    assert lost.has_key("a")
    assert lost.get_many(["a", "b"]) == {"a": 2}
    assert lost.delete("a")
    assert lost.set_many({"b": 1}) == []
    lost.delete_many(["b"])
    lost.clear()
    assert lost.touch("b") is False
