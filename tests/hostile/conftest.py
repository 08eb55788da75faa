from typing import Any

import pytest
from django.db import transaction

from tests.hostile.everywhere import Seen, look
from tests.hostile.payloads import OWN
from tests.hostile.planting import plant


@pytest.fixture(scope="session")
def seen(django_db_setup: None, django_db_blocker: Any) -> Seen:
    """Everything with our own hostile texts in it; the database stays empty."""
    with django_db_blocker.unblock(), transaction.atomic():
        planted = plant(OWN)
        shown = look(planted)
        transaction.set_rollback(True)
    return shown
