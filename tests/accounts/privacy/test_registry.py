"""No table that leads to a person is forgotten."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.db.models import Field, Model

from ethicsforum.accounts.models import User
from ethicsforum.accounts.privacy.registry import End, holdings, impersonal

HOLDINGS = holdings()


def models() -> list[type[Model]]:
    return list(apps.get_models(include_auto_created=True))


def links_to_people(model: type[Model]) -> Iterator[Field[Any, Any]]:
    for field in model._meta.local_fields:
        if field.related_model is get_user_model():
            yield field


def undeclared(declared: set[str]) -> set[str]:
    links = {
        f"{model._meta.label}.{field.name}"
        for model in models()
        for field in links_to_people(model)
    }
    return links - declared


def test_every_link_to_a_person_is_declared() -> None:
    missing = undeclared({holding.key for holding in HOLDINGS})
    assert not missing, (
        f"say in the app's personal.py what becomes of it: exported, erased or kept, "
        f"and why: {missing}"
    )


def test_a_link_that_nobody_declared_would_be_noticed() -> None:
    declared = {holding.key for holding in HOLDINGS}
    assert undeclared(declared - {"comments.Vote.member"}) == {"comments.Vote.member"}


def test_every_table_is_personal_or_said_not_to_be() -> None:
    """Also those that lead to a person by a word: sessions, histories, addresses."""
    declared = {holding.model for holding in HOLDINGS}
    both = declared & set(impersonal())
    named = {model._meta.label for model in models()}
    assert not named - declared - set(impersonal()), "declare it in a personal.py"
    assert not both
    assert (declared | set(impersonal())) <= named


def test_no_link_is_declared_twice() -> None:
    keys = [holding.key for holding in HOLDINGS]
    assert len(keys) == len(set(keys))


def test_what_is_not_exported_or_stays_says_why() -> None:
    for holding in HOLDINGS:
        if not holding.fields or holding.end != End.ERASED:
            assert str(holding.why), holding.key


@pytest.mark.django_db
@pytest.mark.parametrize("holding", HOLDINGS, ids=lambda holding: holding.key)
def test_each_finds_its_rows_and_fields(holding: Any, ben: User) -> None:
    rows = holding.rows(ben)
    list(rows.values(*holding.fields))
    assert rows.model._meta.label == holding.model


def test_reasons_for_impersonal_tables_are_given() -> None:
    assert all(impersonal().values())
