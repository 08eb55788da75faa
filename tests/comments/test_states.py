import pytest

from comments.states import (
    ALLOWED,
    MAY,
    DeciderKind,
    IllegalTransition,
    State,
    require_allowed,
)


def test_every_state_is_in_the_table() -> None:
    assert set(ALLOWED) == set(State)


def test_no_state_leads_to_itself() -> None:
    assert not [state for state, targets in ALLOWED.items() if state in targets]


def test_nothing_comes_back_from_withdrawn() -> None:
    assert not ALLOWED[State.WITHDRAWN]


def test_a_machine_never_removes_or_withdraws() -> None:
    assert not MAY[DeciderKind.MACHINE] & {State.REMOVED, State.WITHDRAWN}


def test_an_author_only_withdraws() -> None:
    assert MAY[DeciderKind.AUTHOR] == {State.WITHDRAWN}


@pytest.mark.parametrize("source", State)
@pytest.mark.parametrize("target", State)
@pytest.mark.parametrize("kind", DeciderKind)
def test_the_table_is_the_law(source: State, target: State, kind: DeciderKind) -> None:
    if target in ALLOWED[source] and target in MAY[kind]:
        require_allowed(source, target, kind)
    else:
        with pytest.raises(IllegalTransition):
            require_allowed(source, target, kind)
