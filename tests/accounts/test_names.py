import pytest
from hypothesis import given
from hypothesis import strategies as st

from ethicsforum.accounts.names import name_key


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ann", "ann"),
        ("Ann B", "AnnB"),
        ("Ann.B", "ann-b"),
        ("Ａnn", "Ann"),
        ("ß", "SS"),
    ],
)
def test_names_that_look_alike_have_one_key(one: str, other: str) -> None:
    assert name_key(one) == name_key(other)


def test_other_names_have_other_keys() -> None:
    assert name_key("Ann") != name_key("Anna")


@given(st.text(min_size=1, max_size=40))
def test_a_key_is_never_empty_and_fits_its_column(name: str) -> None:
    assert 0 < len(name_key(name)) <= 40 * 18
