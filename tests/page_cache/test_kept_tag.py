"""`{% kept %}`: a part of a page that is rendered once for the same words."""

from typing import Any

import pytest
from django.template import Context, Template
from django.utils import translation

from ethicsforum.page_cache import here

PART = Template('{% load kept %}{% kept "part" version %}{{ count }}{% endkept %}')


class Counting:
    def __init__(self) -> None:
        self.asked = 0

    def __str__(self) -> str:
        self.asked += 1
        return str(self.asked)


def shown(count: Any, **words: Any) -> str:
    return PART.render(Context({"count": count, **words}))


@pytest.fixture(autouse=True)
def _empty() -> None:
    here.memory.clear()


def test_the_same_words_are_rendered_once() -> None:
    count = Counting()
    assert [shown(count, version=1) for _ in range(3)] == ["1", "1", "1"]
    assert shown(count, version=2) == "2"


def test_each_language_has_its_own() -> None:
    count = Counting()
    assert shown(count, version=1) == "1"
    with translation.override("de"):
        assert shown(count, version=1) == "2"


@pytest.mark.parametrize("words", [{}, {"version": None}])
def test_without_one_of_its_words_nothing_is_kept(words: dict[str, Any]) -> None:
    count = Counting()
    assert [shown(count, **words) for _ in range(2)] == ["1", "2"]


def test_what_makes_everything_stale_makes_it_stale() -> None:
    count = Counting()
    shown(count, version=1)
    here.memory.clear()
    assert shown(count, version=1) == "2"


def test_what_became_stale_while_it_was_made_is_not_kept() -> None:
    class Changing(Counting):
        def __str__(self) -> str:
            here.memory.clear()
            return super().__str__()

    count = Changing()
    assert [shown(count, version=1) for _ in range(2)] == ["1", "2"]
