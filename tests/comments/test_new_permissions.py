"""The migration that gives old groups what is new, and nothing that was taken out."""

from importlib import import_module
from types import SimpleNamespace

import pytest
from django.contrib.auth.models import Group, Permission
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from comments.setup import MODERATORS

pytestmark = pytest.mark.django_db
migration = import_module("comments.migrations.0004_new_permissions")
NEW = set(migration.NEW[MODERATORS])


def grant() -> None:
    node = ("comments", "0004_new_permissions")
    apps = MigrationLoader(connection).project_state([node]).apps
    migration.grant(apps, SimpleNamespace(connection=connection))


def granted() -> set[str]:
    group = Group.objects.get(name=MODERATORS)
    return set(group.permissions.values_list("codename", flat=True))


def test_a_group_of_an_older_site_gets_what_is_new() -> None:
    # Its permissions don't exist yet: they come after the migrations.
    Permission.objects.filter(
        content_type__app_label="comments", codename__in=NEW
    ).delete()
    taken_out = Permission.objects.get(codename="remove_comment")
    Group.objects.get(name=MODERATORS).permissions.remove(taken_out)
    before = granted()
    grant()
    assert granted() == before | NEW
    assert "remove_comment" not in granted()


def test_a_fresh_site_has_no_groups_to_fill() -> None:
    Group.objects.all().delete()
    grant()
    assert not Group.objects.exists()
