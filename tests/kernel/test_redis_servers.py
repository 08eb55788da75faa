"""An address of Redis, as redis-py and as Celery are told it."""

from pathlib import Path

import pytest

from ethicsforum import redis_servers
from ethicsforum.redis_servers import Sentinels

THREE = "sentinel://forum:p%40ss@s1:26380,s2,[::1]:26381/3?service=main"


def test_sentinels_are_named_with_their_service() -> None:
    found = Sentinels.of(THREE)
    assert found.nodes == [("s1", 26380), ("s2", 26379), ("::1", 26381)]
    assert found.service == "main"
    assert found.server == {"db": 3, "username": "forum", "password": "p@ss"}
    assert (found.own, found.tls) == ({}, {})


def test_celery_gets_each_sentinel_and_the_service() -> None:
    assert redis_servers.broker_url(THREE).split(";") == [
        "sentinel://forum:p%40ss@s1:26380/3",
        "sentinel://forum:p%40ss@s2:26379/3",
        "sentinel://forum:p%40ss@[::1]:26381/3",
    ]
    options = redis_servers.broker_options(THREE)
    assert options["master_name"] == "main"
    assert options["sentinel_kwargs"]["socket_timeout"] == 1
    assert redis_servers.broker_tls(THREE) is None


def test_sentinels_may_have_a_password_and_certificates_of_their_own() -> None:
    url = "sentinels://:a@s1/0?sentinel_password=b&ssl_ca_certs=/ca.pem"
    asked = redis_servers.broker_options(url)["sentinel_kwargs"]
    assert asked["password"] == "b"
    assert asked["ssl"] is True
    assert asked["ssl_ca_certs"] == "/ca.pem"
    assert redis_servers.broker_tls(url) == {
        "ssl_cert_reqs": "required",
        "ssl_ca_certs": "/ca.pem",
    }


@pytest.mark.parametrize("query", ["", "?ssl_ca_certs=/ca.pem"])
def test_over_tls_celery_takes_no_certificate_unseen(query: str) -> None:
    """kombu's own default is to take any."""
    url = f"rediss://:pw@redis.internal:6380/0{query}"
    tls = redis_servers.broker_tls(url)
    assert tls is not None
    assert tls["ssl_cert_reqs"] == "required"
    assert redis_servers.broker_url(url) == "rediss://:pw@redis.internal:6380/0"


def test_other_addresses_go_as_they_are() -> None:
    assert redis_servers.broker_url("redis://h/1") == "redis://h/1"
    assert redis_servers.broker_url("unix:///a/b") == "redis+socket:///a/b"
    assert redis_servers.broker_options("redis://h/1") == {}
    assert redis_servers.broker_tls("redis://h/1") is None


@pytest.mark.parametrize("query", ["ssl_check_hostname=false", "ssl_check_hostname=0"])
def test_a_name_that_no_certificate_has_can_be_let_pass(query: str) -> None:
    tls = redis_servers.broker_tls(f"rediss://h/0?{query}")
    assert tls == {"ssl_cert_reqs": "required", "ssl_check_hostname": False}


@pytest.mark.parametrize("url", ["redis://h/1", THREE, "unix:///a/b"])
def test_nothing_waits_longer_than_a_second(url: str) -> None:
    said = redis_servers.pool(url).connection_kwargs
    assert said["socket_timeout"] == 1
    assert said["retry"].get_retries() == 1


def test_a_process_shares_its_connections(tmp_path: Path) -> None:
    url = f"unix://{tmp_path}/redis.sock"
    one, two = redis_servers.client(url), redis_servers.client(url)
    assert one.connection_pool is two.connection_pool
