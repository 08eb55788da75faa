"""Two moderators about one member at one moment."""

from functools import partial

import pytest

from comments.actions.deciding import StaleDecision
from comments.actions.posting import post_comment
from comments.actions.sanctioning import AlreadyRunning, lift, suspend, warn
from comments.models import Decision, Notification, Sanction
from comments.states import Measure
from tests import build, cast
from tests.comments.actions.test_at_once import at_once

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = 5


def test_two_suspensions_are_one() -> None:
    people, reason = (cast.mia(), cast.max_()), build.reason()
    for number in range(ROUNDS):
        author = cast.member(f"Member{number}")
        # On two comments, so that no lock but the member's can hold them apart.
        texts = [
            build.text_of(build.published(author=author, body=f"{number} {n}"))
            for n in range(2)
        ]
        results = at_once(
            *[
                partial(suspend, text, days=3, moderator=person, reason=reason)
                for text, person in zip(texts, people, strict=True)
            ]
        )
        (done,) = [result for result in results if isinstance(result, Sanction)]
        (late,) = [result for result in results if isinstance(result, AlreadyRunning)]
        assert late.sanction == done
        assert Sanction.objects.of(author).get() == done
        assert Notification.objects.filter(recipient=author).count() == 1


def test_two_lifts_are_one() -> None:
    people = (cast.mia(), cast.max_())
    for number in range(ROUNDS):
        sanction = build.suspended(author=cast.member(f"Member{number}"))
        results = at_once(
            *[
                partial(lift, sanction, moderator=person, explanation="An error.")
                for person in people
            ]
        )
        (done,) = [result for result in results if isinstance(result, Decision)]
        (late,) = [result for result in results if isinstance(result, StaleDecision)]
        assert late.decision == done
        about = Decision.objects.filter(about=sanction.decision, measure=Measure.LIFT)
        assert about.get() == done


def test_posting_and_being_warned_at_once_waits_for_nobody_for_ever() -> None:
    mia, reason, article = cast.mia(), build.reason(), build.article()
    ben = cast.ben()
    for number in range(ROUNDS):
        comment = build.published(author=ben, body=f"Number {number}.")
        at_once(
            partial(warn, build.text_of(comment), moderator=mia, reason=reason),
            partial(
                post_comment, article, author=ben, body=f"{number}.", parent=comment
            ),
        )
    assert Sanction.objects.of(ben).count() == ROUNDS
    assert ben.comment_set.count() == 2 * ROUNDS
