from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction

from tests.permissions.scene import Known, build_scene


@pytest.fixture(scope="module")
def scene(django_db_setup: None, django_db_blocker: Any) -> Iterator[Known]:
    """One forum for all that is sent; whatever it does is taken back each time.

    Its tests carry the mark `django_db`, or pytest-django makes no tables."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield build_scene()
        transaction.set_rollback(True)
