"""`rescreen`: what waits for a worker is screened here, once."""

import pytest
from django.core.management import call_command

from comments.actions import screening
from comments.models import Decision, Revision
from comments.states import State
from tests import build, cast

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def waiting() -> list[Revision]:
    author = cast.ann()
    for number in range(3):
        build.comment(author=author, body=f"Waits for a worker, number {number}.")
    return list(Revision.objects.filter(state=State.SCREENING).order_by("pk"))


def test_each_gets_its_decision(
    waiting: list[Revision], capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("rescreen")
    call_command("rescreen")
    assert not Revision.objects.filter(state=State.SCREENING).exists()
    for text in waiting:
        assert Decision.objects.filter(revision=text).count() == 1
    assert capsys.readouterr().out == "3 texts screened.\n0 texts screened.\n"


def test_what_a_worker_was_quicker_with_is_not_counted(waiting: list[Revision]) -> None:
    run = screening.screen_waiting()
    next(run)
    screening.screen(waiting[1].pk)
    assert [decision is None for decision in run] == [True, False]
    assert Decision.objects.filter(revision__in=waiting).count() == 3


def test_stopped_the_others_wait(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    whole = screening.screen
    done: list[int] = []

    def pressed(pk: int) -> Decision | None:
        if done:
            raise KeyboardInterrupt
        done.append(pk)
        return whole(pk)

    monkeypatch.setattr(screening, "screen", pressed)
    with pytest.raises(SystemExit):
        call_command("rescreen")
    assert Revision.objects.filter(state=State.SCREENING).count() == 2
    assert "Stopped after 1 of 3 texts. The others wait" in capsys.readouterr().err
