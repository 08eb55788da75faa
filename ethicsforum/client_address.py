"""Where a request comes from: the one place that reads it."""

from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

from django.conf import settings
from django.http import HttpRequest

UNKNOWN = "0.0.0.0"  # noqa: S104  # no address to listen on: the one that means none
"""A request that came by a socket without an address, or said nothing that is one."""
HOME = 64
"""Bits of an IPv6 address that one customer of a provider has; the rest is theirs."""


def client_address(request: HttpRequest) -> str:
    """What the outermost proxy of ours saw; without a proxy, who connected.

    Each proxy adds at the end of X-Forwarded-For whom it saw. What stands further left
    the client may have written itself, so it counts for nothing; so does the whole
    header when it is shorter than the line of our proxies.
    """
    hops = request.headers.get("x-forwarded-for", "").split(",")
    count: int = settings.TRUSTED_PROXIES
    seen = _address(hops[-count]) if 0 < count <= len(hops) else None
    return str(seen or _address(request.META.get("REMOTE_ADDR", "")) or UNKNOWN)


def network_of(address: str) -> str:
    """Whom a limit is for: one IPv4 address, or all that an IPv6 customer may use."""
    found = ip_address(address)
    if isinstance(found, IPv6Address):
        return str(IPv6Network((found, HOME), strict=False))
    return address


def _address(raw: str) -> IPv4Address | IPv6Address | None:
    """An address, with or without a port and a zone; IPv4 within IPv6 as itself."""
    text = raw.strip()
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        found = ip_address(text.partition("%")[0])
    except ValueError:
        return None
    return getattr(found, "ipv4_mapped", None) or found
