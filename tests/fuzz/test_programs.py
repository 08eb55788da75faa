"""The addresses for programs keep to their description, whatever they are asked."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import cache
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections, transaction
from django.test import Client

from tests.fuzz.description import DESCRIPTION, PATHS, get
from tests.permissions.scene import PEOPLE, Known

pytest.importorskip("schemathesis", reason="it is in requirements/dev.txt")
import schemathesis  # after the check for it
from schemathesis import checks
from schemathesis.config import SchemathesisConfig
from schemathesis.core.failures import FailureGroup

pytestmark = pytest.mark.django_db
CONFIG = SchemathesisConfig.from_dict(
    {
        "generation": {"max-examples": 12, "deterministic": True, "database": "none"},
        "seed": 1,
    }
)
CHECKS = [
    checks.not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_schema_conformance,
]
MEANT = {"/readyz", "/oembed/"}
"""They answer 503 and 501 on purpose; the description says so."""
TOKEN = "a" * 32


@pytest.fixture(autouse=True, scope="module")
def one_connection() -> Iterator[None]:
    """As Django's own client has it: what a request did is seen by the next."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield
    for signal in signals:
        signal.connect(close_old_connections)


def described(paths: dict[str, Any]) -> Any:
    document = {**DESCRIPTION, "paths": paths}
    found = schemathesis.openapi.from_dict(document, config=CONFIG)
    found.app = get_wsgi_application()
    return found


schema = described(PATHS)


@schema.parametrize()  # type: ignore[untyped-decorator]  # theirs has no types
def test_what_is_described_holds(case: Any, scene: Known) -> None:
    client = Client()
    client.force_login(PEOPLE["other"]())
    cookies = {name: morsel.value for name, morsel in client.cookies.items()}
    cookies[settings.CSRF_COOKIE_NAME] = TOKEN
    cache.clear()
    with transaction.atomic():
        response = case.call(cookies=cookies, headers={"X-CSRFToken": TOKEN})
        transaction.set_rollback(True)
    left = CHECKS[1:] if case.operation.path in MEANT else CHECKS
    case.validate_response(response, checks=left)


def test_the_checks_see_a_fault(scene: Known) -> None:
    wrong = described({"/healthz": get(answers={"404": ""})})
    with pytest.raises(FailureGroup):
        wrong["/healthz"]["GET"].Case().call_and_validate()
