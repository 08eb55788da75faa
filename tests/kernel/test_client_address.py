"""Where a request comes from, behind no proxy and behind ours."""

from http import HTTPStatus
from typing import Any

import pytest
from django.test import Client, RequestFactory

from ethicsforum.client_address import UNKNOWN, client_address, network_of
from tests import cast

PEER = "203.0.113.9"


def seen(proxies: int, forwarded: str | None, settings: Any, peer: str = PEER) -> str:
    settings.TRUSTED_PROXIES = proxies
    headers = {} if forwarded is None else {"X-Forwarded-For": forwarded}
    request = RequestFactory().get("/", headers=headers, REMOTE_ADDR=peer)
    return client_address(request)


@pytest.mark.parametrize("forged", ["198.51.100.1", "::1", "198.51.100.1, 10.0.0.1"])
def test_without_a_proxy_a_forged_header_does_nothing(
    forged: str, settings: Any
) -> None:
    assert seen(0, forged, settings) == PEER


@pytest.mark.parametrize(
    ("proxies", "forwarded", "client"),
    [
        (1, "198.51.100.1", "198.51.100.1"),
        (1, "192.0.2.66, 198.51.100.1", "198.51.100.1"),
        (2, "198.51.100.1, 10.0.0.1", "198.51.100.1"),
        (2, "192.0.2.66,192.0.2.67, 198.51.100.1 ,10.0.0.1", "198.51.100.1"),
    ],
)
def test_only_what_our_own_proxies_saw_counts(
    proxies: int, forwarded: str, client: str, settings: Any
) -> None:
    assert seen(proxies, forwarded, settings) == client


@pytest.mark.parametrize(
    ("proxies", "forwarded"),
    [
        (1, None),
        (1, ""),
        (1, " "),
        (1, "unknown"),
        (1, "198.51.100.1, "),
        (1, "198.51.100.1, 999.1.1.1"),
        (1, "198.51.100.1;10.0.0.1"),
        (1, "[]"),
        (2, "198.51.100.1"),
        (9, ",,,,,"),
    ],
)
def test_what_is_missing_short_or_malformed_leaves_who_connected(
    proxies: int, forwarded: str | None, settings: Any
) -> None:
    assert seen(proxies, forwarded, settings) == PEER


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("198.51.100.1:4711", "198.51.100.1"),
        ("2001:db8::7", "2001:db8::7"),
        ("2001:DB8:0:0::7", "2001:db8::7"),
        ("[2001:db8::7]", "2001:db8::7"),
        ("[2001:db8::7]:4711", "2001:db8::7"),
        ("fe80::7%eth0", "fe80::7"),
        ("[fe80::7%25eth0]:4711", "fe80::7"),
        ("::ffff:198.51.100.1", "198.51.100.1"),
    ],
)
def test_an_address_is_read_with_port_zone_and_brackets(
    written: str, read: str, settings: Any
) -> None:
    assert seen(1, written, settings) == read
    assert seen(0, None, settings, peer=written) == read


@pytest.mark.parametrize("peer", ["", "unix:", "/run/forum.sock"])
def test_a_socket_without_an_address_is_one_unknown_client(
    peer: str, settings: Any
) -> None:
    assert seen(0, "198.51.100.1", settings, peer=peer) == UNKNOWN
    assert seen(1, "198.51.100.1", settings, peer=peer) == "198.51.100.1"


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("198.51.100.1", "198.51.100.1"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::", "2001:db8:1:2::/64"),
        (UNKNOWN, UNKNOWN),
    ],
)
def test_an_ipv6_customer_is_one_client(address: str, network: str) -> None:
    assert network_of(address) == network


@pytest.mark.django_db
def test_signing_in_takes_a_header_shorter_than_the_line_of_proxies(
    client: Client, settings: Any
) -> None:
    settings.TRUSTED_PROXIES = 2
    cast.ben()
    known = {"login": "ben@example.org", "password": cast.PASSWORD}
    for peer in (PEER, ""):
        response = client.post("/accounts/login/", known, REMOTE_ADDR=peer)
        assert response.status_code == HTTPStatus.FOUND
