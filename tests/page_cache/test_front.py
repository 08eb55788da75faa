"""The outermost layer: who is answered from memory, and who is not."""

import threading

import pytest

from tests.page_cache.web import Site, Web


def test_the_second_reader_is_answered_from_memory() -> None:
    site = Site()
    web = Web(site)
    assert web.get().body == b"page"
    assert web.get().body == b"page"
    assert site.made == 1


@pytest.mark.parametrize(
    "environ",
    [
        {"HTTP_COOKIE": "theme=dark; sessionid=abc"},
        {"HTTP_COOKIE": "__Host-sessionid=abc"},
        {"HTTP_COOKIE": "csrftoken=abc"},
        {"HTTP_AUTHORIZATION": "Basic abc"},
        {"HTTP_HX_REQUEST": "true"},
        {"REQUEST_METHOD": "POST"},
        {"QUERY_STRING": "x" * 201},
    ],
)
def test_django_answers_whoever_is_somebody(environ: dict[str, str]) -> None:
    site = Site()
    web = Web(site)
    web.get()
    web.get(**environ)
    assert site.made == 2
    web.get()
    assert site.made == 2, "and what it answered them is not kept"


def test_a_cookie_of_somebody_else_changes_nothing() -> None:
    site = Site()
    web = Web(site)
    web.get()
    web.get(HTTP_COOKIE="_other=1")
    assert site.made == 1


@pytest.mark.parametrize(
    "changes",
    [
        {"headers": []},
        {"status": "404 Not Found"},
        {"headers": [("Surrogate-Key", "a"), ("Set-Cookie", "sessionid=1")]},
    ],
)
def test_what_is_not_for_everybody_is_not_kept(changes: dict[str, object]) -> None:
    site = Site(**changes)  # type: ignore[arg-type]  # each names a field with its kind
    web = Web(site)
    web.get()
    web.get()
    assert site.made == 2


@pytest.mark.parametrize(
    ("path", "environ"),
    [
        ("/other", {}),
        ("/?after=3", {}),
        ("/", {"HTTP_HOST": "other.example"}),
        ("/", {"wsgi.url_scheme": "https"}),
    ],
)
def test_each_address_has_its_own(path: str, environ: dict[str, str]) -> None:
    site = Site()
    web = Web(site)
    web.get()
    web.get(path, **environ)
    assert site.made == 2


def test_what_a_stranger_says_of_a_proxy_counts_only_behind_one() -> None:
    site = Site()
    web = Web(site)
    web.get()
    web.get(HTTP_X_FORWARDED_PROTO="https")
    assert site.made == 1
    behind = Web(site, proxy=True)
    behind.get()
    behind.get(HTTP_X_FORWARDED_PROTO="https")
    assert site.made == 3


def test_stale_is_stale_at_once() -> None:
    site = Site()
    web = Web(site)
    web.get()
    site.body = b"without it"
    web.memory.drop("article-1")
    assert web.get().body == b"without it"


def test_what_became_stale_while_it_was_made_is_made_again() -> None:
    site = Site()
    web = Web(site)
    site.while_making = lambda: web.memory.drop("article-1")
    assert web.get().body == b"page"
    site.while_making = lambda: None
    site.body = b"without it"
    assert web.get().body == b"without it"


def test_nothing_is_kept_for_longer_than_a_minute() -> None:
    site = Site()
    web = Web(site)
    web.get()
    web.now += 59
    web.get()
    assert site.made == 1
    web.now += 2
    web.get()
    assert site.made == 2


def test_where_nobody_would_tell_it_is_kept_for_half_a_second() -> None:
    site = Site()
    web = Web(site)
    web.is_deaf()
    web.get()
    web.now += 0.4
    web.get()
    assert site.made == 1
    web.now += 0.2
    web.get()
    assert site.made == 2


def test_of_many_at_once_one_makes_the_page() -> None:
    site = Site()
    web = Web(site)
    others: list[threading.Thread] = []
    answers: list[bytes] = []

    def come() -> None:
        answers.append(web.get().body)

    def arrive() -> None:
        if not others:
            others.extend(threading.Thread(target=come) for _ in range(5))
            for other in others:
                other.start()

    site.while_making = arrive
    web.get()
    for other in others:
        other.join(timeout=10)
    assert answers == [b"page"] * 5
    assert site.made == 1


def test_a_page_that_failed_does_not_keep_the_next_reader_waiting() -> None:
    site = Site()
    web = Web(site)

    def fail() -> None:
        raise ZeroDivisionError

    site.while_making = fail
    with pytest.raises(ZeroDivisionError):
        web.get()
    site.while_making = lambda: None
    assert web.get().body == b"page"


def test_a_look_at_the_head_first_does_not_keep_an_empty_page() -> None:
    site = Site()
    web = Web(site)
    web.get(REQUEST_METHOD="HEAD")
    assert web.get().body == b"page"
    assert web.get(REQUEST_METHOD="HEAD").body == b""
    assert site.made == 2
