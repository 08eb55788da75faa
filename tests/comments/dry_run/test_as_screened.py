"""Today's settings, tried on what was just posted, say what the screening said."""

import random
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from comments import dry_run
from comments.actions.deciding import NO_REASON, Decider, decide
from comments.actions.moderating import remove_comment
from comments.actions.posting import edit_comment, post_comment, withdraw_comment
from comments.actions.screening import screen
from comments.models import (
    Comment,
    Decision,
    Revision,
    ScreeningPolicy,
    WatchedWord,
)
from comments.states import DeciderKind, State
from tests import build, cast

pytestmark = pytest.mark.django_db

TEXTS = [
    "An ordinary thought about it.",
    "I THINK THAT ALL OF THIS IS VERY MUCH TOO LOUD FOR A DISCUSSION.",
    "See https://a.example, https://b.example and https://c.example.",
    "Buy my wonderful pills today, they are cheap.",
    "A miracle, nothing less.",
]


@pytest.mark.parametrize("seed", range(5))
def test_the_replay_agrees_with_the_screening(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311  # no secret: it must repeat
    WatchedWord.objects.create(phrase="miracle*", rule=build.rule("advertising"))
    people = [cast.member(name) for name in ("Ivo", "Jo", "Kim")] + [cast.mia()]
    with time_machine.travel(timezone.now(), tick=False) as clock:
        for step in range(40):
            clock.shift(timedelta(seconds=chance.choice([1, 20, 90, 7000, 200_000])))
            _somebody_writes(chance, people, step)
            clock.shift(timedelta(seconds=1))
            _a_moderator_works(chance)
        assert_agreement()


def _somebody_writes(chance: random.Random, people: list[Any], step: int) -> None:
    author = chance.choice(people)
    own = Comment.objects.filter(author=author, state__in=["published", "rejected"])
    mine = list(own.order_by("pk"))
    body = chance.choice([*TEXTS, f"{chance.choice(TEXTS)} ({step})"])
    if mine and chance.random() < 0.2:
        edit_comment(chance.choice(mine), body=body)
    else:
        fewer = {"first_comments_held": 0} if chance.random() < 0.5 else {}
        under = build.article(f"under-{bool(fewer)}", **fewer)
        post_comment(under, author=author, body=body)
    for text in Revision.objects.filter(state=State.SCREENING):
        screen(text.pk)


def _a_moderator_works(chance: random.Random) -> None:
    by = Decider.moderator(cast.max_())
    for text in Revision.objects.filter(state=State.HELD):
        if chance.random() < 0.6:
            to = chance.choice([State.PUBLISHED, State.PUBLISHED, State.REJECTED])
            reason = build.reason(chance.choice(["advertising", "person"]))
            given = reason if to == State.REJECTED else NO_REASON
            decide(text, to=to, by=by, reason=given)
    for comment in Comment.objects.published():
        if chance.random() < 0.05:
            remove_comment(comment, moderator=by.user, reason=build.reason())
        elif chance.random() < 0.05:
            withdraw_comment(comment)


def assert_agreement() -> None:
    first_words = Decision.objects.filter(
        from_state=State.SCREENING, decider_kind=DeciderKind.MACHINE
    )
    said = dict(first_words.values_list("revision", "to_state"))
    trial = dry_run.try_thresholds(ScreeningPolicy.current())
    assert len(trial.texts) == len(said)
    moves = {"publish": "published", "hold": "held", "reject": "rejected"}
    replayed = {
        t.text.past.written.pk: moves[t.today.outcome.value] for t in trial.texts
    }
    assert replayed == said
    assert {"published", "held"} <= set(said.values())
    assert all(not t.change for t in trial.texts)
