"""What is sent: each case its requests, and nothing that changes rows twice."""

import argparse

from bench.__main__ import _options, _plan
from bench.cases import GROWING, NGINX, ON_DESK, Cases, Known, inserts
from bench.stores import Size

POST, GET = b"POST ", b"GET "


def known(comments: int = 100_000) -> Known:
    return Known(
        comments=comments,
        rounds=1,
        seconds=1,
        articles=100,
        discussions=50,
        members=[(1, "sessionid=one"), (2, "sessionid=two")],
        moderator="sessionid=three",
        items=list(range(1, 100)),
        last_root={1_000: 17},
        has_print=True,
        etag=lambda page: '"e"',
    )


def plan(*arguments: str) -> tuple[argparse.Namespace, list[tuple[Size, list[str]]]]:
    options = _options(list(arguments))
    return options, list(_plan(options))


def test_every_case_has_its_requests() -> None:
    cases = {case.name: case for case in Cases(known()).all()}
    for case in cases.values():
        assert all(one.startswith((GET, POST)) for one in case.requests())
    assert set(GROWING) <= set(cases)
    (last,) = cases["a page of 1,000, the last one, kept"].requests()
    assert last.startswith(b"GET /articles/question-2/?after=17 ")
    (again,) = cases["a page of 1,000, 304"].requests()
    assert b'If-None-Match: "e"' in again
    (member,) = cases["a page of 100, a member's"].requests()
    assert b"Cookie: sessionid=one" in member


def test_no_text_is_sent_twice_and_no_item_decided_twice() -> None:
    cases = {case.name: case for case in Cases(known()).all()}
    for name in ("post, 8 writers", "desk, a decision"):
        case = cases[name]
        sent = [*case.requests(), *case.requests()]
        assert all(one.startswith(POST) for one in sent)
        assert len(set(sent)) == len(sent)


def test_there_are_items_left_to_decide_in_every_round() -> None:
    cases = {case.name: case for case in Cases(known()).all()}
    rounds = [cases["desk, a decision"].requests() for _ in range(4)]
    assert {len(one) for one in rounds} == {24}


def test_one_of_twenty_in_the_mix_is_a_post() -> None:
    sent = Cases(known()).mix()
    assert sum(one.startswith(POST) for one in sent) * 20 == len(sent)
    # What nginx is asked for and what is looked at for its size are pages.
    assert sent[0].startswith(GET)
    assert sent[-1].startswith(GET)


def test_what_changes_rows_has_no_nginx_beside_it() -> None:
    for case in Cases(known()).all():
        if case.makes_rows or case.once:
            assert case.against != NGINX


def test_the_bare_view_gets_a_row_for_each_member() -> None:
    first, second = inserts(known())
    assert first.startswith(b"POST /insert/ ")
    assert b"author=1" in first
    assert b"author=2" in second


def test_everything_is_measured_on_the_largest_site_and_what_may_grow_on_all() -> None:
    _, sites = plan("--waiting")
    sizes = [size.comments for size, _ in sites]
    assert sizes == [1_000, 10_000, 100_000, 1_000_000]
    assert sites[0][1] == list(GROWING)
    assert sites[2][1] == [*GROWING, "95 reads"]
    assert sites[-1][1] == []


def test_the_desk_is_measured_where_this_much_or_that_waits() -> None:
    _, sites = plan("--sizes", "1000")
    both = [(Size(100_000, n), list(ON_DESK)) for n in (1_000, 100_000)]
    assert sites[1:] == both
    _, sites = plan("--sizes", "1000", "--only", "first page", "--waiting", "50")
    assert sites[1:] == [(Size(100_000, 50), ["desk, first page"])]
    _, sites = plan("--only", "search")
    assert not any(size.waiting for size, _ in sites)


def test_a_site_is_kept_under_the_numbers_it_is_built_by() -> None:
    assert str(Size(1_000)) == "1000"
    assert str(Size(1_000, 50)) == "1000w50"
    assert Size(1_000, 50).numbers == ["1000", "50"]
    assert Size(1_000, 50).words == "1,000 comments, 50 waiting"


def test_quick_is_one_round_of_small_data() -> None:
    options, sites = plan("--quick", "--only", "search")
    assert sites == [(Size(10_000), ["search"])]
    assert (options.rounds, options.seconds) == (1, 2)
    assert list(options.databases) == ["sqlite"]
