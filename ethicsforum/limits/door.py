"""The one call at a door: is this still within the limit?"""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.forms import BaseForm
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from ethicsforum.client_address import client_address, network_of
from ethicsforum.limits import counter, rows
from ethicsforum.limits.table import Kept, Limit
from ethicsforum.limits.wait import Wait

Shares = dict[str, int]
SPEND: dict[Kept, Callable[[Shares, int], int]] = {
    Kept.ROWS: rows.spend,
    Kept.CACHE: counter.spend,
}


def use(
    limit: Limit, request: HttpRequest, form: BaseForm | None = None
) -> Wait | None:
    """Count it once more; None when there was room for it.

    A form, which is valid so far, says it and keeps what was typed.
    """
    wait = _count(limit, request)
    if wait and form is not None:
        form.add_error(None, wait.words)
    return wait


def _count(limit: Limit, request: HttpRequest) -> Wait | None:
    if not settings.LIMITS_PERCENT:
        return None
    seconds = SPEND[limit.kept](_shares(limit, request), limit.per)
    return Wait(seconds) if seconds else None


def _shares(limit: Limit, request: HttpRequest) -> Shares:
    """Who is counted, and how often each may."""
    found = {_key(limit, "address", network_of(client_address(request))): limit.address}
    if request.user.is_authenticated:
        found[_key(limit, "member", request.user.pk)] = limit.member
    return {key: _scaled(many) for key, many in found.items()}


def _scaled(many: int) -> int:
    return max(1, many * int(settings.LIMITS_PERCENT) // 100)


def _key(limit: Limit, kind: str, who: Any) -> str:
    """No address and no member is kept, only what the secret key makes of them."""
    digest = salted_hmac("ethicsforum.limits", f"{kind}:{who}", algorithm="sha256")
    return f"{limit.name}:{digest.hexdigest()[:32]}"
