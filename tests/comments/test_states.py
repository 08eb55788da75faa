import pytest

from comments.states import (
    MOVES,
    DeciderKind,
    IllegalTransition,
    State,
    diagram,
    is_allowed,
    require_allowed,
)


def targets_of(kind: DeciderKind) -> set[State]:
    rows = MOVES.values()
    return {to for targets in rows for to, kinds in targets.items() if kind in kinds}


def test_every_state_is_in_the_table() -> None:
    assert set(MOVES) == set(State)


def test_no_state_leads_to_itself() -> None:
    assert not [state for state, targets in MOVES.items() if state in targets]


def test_nothing_comes_back_from_withdrawn() -> None:
    assert not MOVES[State.WITHDRAWN]


def test_a_machine_never_removes_withdraws_or_brings_back() -> None:
    machine = DeciderKind.MACHINE
    assert targets_of(machine) == {State.PUBLISHED, State.HELD, State.REJECTED}
    for source in (State.HELD, State.REJECTED, State.REMOVED):
        assert not is_allowed(source, State.PUBLISHED, machine)


def test_an_author_only_withdraws() -> None:
    assert targets_of(DeciderKind.AUTHOR) == {State.WITHDRAWN}


@pytest.mark.parametrize("source", State)
@pytest.mark.parametrize("target", State)
@pytest.mark.parametrize("kind", DeciderKind)
def test_the_table_is_the_law(source: State, target: State, kind: DeciderKind) -> None:
    if kind in MOVES[source].get(target, frozenset()):
        require_allowed(source, target, kind)
    else:
        with pytest.raises(IllegalTransition):
            require_allowed(source, target, kind)


def test_the_diagram_has_an_arrow_for_each_move() -> None:
    arrows = [line for line in diagram().splitlines() if " --> " in line]
    assert len(arrows) == 1 + sum(len(targets) for targets in MOVES.values())
    assert "    held --> published: moderator" in arrows
