"""Two editors at one moment: every change is numbered, none is lost unseen."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Barrier
from typing import Any

import pytest
from django.db import connections

from comments.actions.rulemaking import (
    StaleVersion,
    save_rule,
    save_thresholds,
    save_word,
)
from comments.models import ScreeningChange, ScreeningPolicy, WatchedWord
from ethicsforum.accounts.models import User
from tests import build, cast

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = 5


def at_once(*deeds: Callable[[], Any]) -> list[str]:
    gate = Barrier(len(deeds))

    def do(deed: Callable[[], Any]) -> str:
        gate.wait(10)
        try:
            deed()
        except StaleVersion:
            return "stale"
        finally:
            connections.close_all()
        return "saved"

    with ThreadPoolExecutor(len(deeds)) as pool:
        return sorted(pool.map(do, deeds))


def test_one_rule() -> None:
    eda, root = cast.eda(), cast.root()
    for number in range(ROUNDS):

        def deed(editor: User, title: str) -> Callable[[], None]:
            rule = build.rule("question")
            rule.title = title
            return partial(save_rule, rule, editor=editor)

        deeds = (deed(eda, f"A {number}"), deed(root, f"B {number}"))
        assert at_once(*deeds) == ["saved", "stale"]
        rule = build.rule("question")
        assert rule.version == number + 2
        assert rule.versions.get(number=rule.version).title == rule.title


def test_thresholds_and_words() -> None:
    eda, mia = cast.eda(), cast.mia()
    start = ScreeningPolicy.current().version
    for number in range(ROUNDS):

        def thresholds(links: int, number: int = number) -> Callable[[], None]:
            policy = ScreeningPolicy.current()
            policy.max_links = 10 * (number + 1) + links
            return partial(save_thresholds, policy, editor=eda)

        word = partial(save_word, WatchedWord(phrase=f"word {number}"), editor=mia)
        said = at_once(thresholds(1), thresholds(2), word)
        assert said == ["saved", "saved", "stale"]
    numbers = ScreeningChange.objects.order_by("number").values_list(
        "number", flat=True
    )
    assert list(numbers) == [*range(start + 1, start + 1 + 2 * ROUNDS)]
    assert ScreeningPolicy.current().version == numbers[len(numbers) - 1]
