"""No text field is forgotten by the tests that plant hostile texts."""

from tests.hostile.fields import OWN_WORDS, PLANTED, label, text_fields


def test_every_text_field_is_planted_or_exempt() -> None:
    missing = {label(field) for field in text_fields()} - set(PLANTED) - set(OWN_WORDS)
    assert not missing, (
        f"add it to PLANTED, or to OWN_WORDS with why, in tests/hostile/fields.py: "
        f"{missing}"
    )


def test_nothing_is_listed_twice_or_gone() -> None:
    assert not set(PLANTED) & set(OWN_WORDS)
    assert {*PLANTED, *OWN_WORDS} <= {label(field) for field in text_fields()}
