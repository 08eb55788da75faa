"""What goes over the wire, and what is read from it."""

from pathlib import Path
from urllib.parse import parse_qs

from bench.counting import environ_of
from bench.load import read
from bench.nginx import configuration
from bench.wire import TOKEN, Answer, from_address, get, post, write


def test_a_post_carries_cookie_token_and_address() -> None:
    request = post("/x/", {"body": "a & b"}, "sessionid=s", X_Forwarded_For="10.0.0.1")
    head, _, body = request.partition(b"\r\n\r\n")
    assert head.startswith(b"POST /x/ HTTP/1.1\r\nHost: 127.0.0.1\r\n")
    assert f"Cookie: sessionid=s; csrftoken={TOKEN}".encode() in head
    assert b"X-Forwarded-For: 10.0.0.1" in head
    assert f"Content-Length: {len(body)}".encode() in head
    fields = {"csrfmiddlewaretoken": [TOKEN], "body": ["a & b"]}
    assert parse_qs(body.decode()) == fields


def test_the_application_in_this_process_gets_the_same_request() -> None:
    environ = environ_of(post("/x/?a=b", {"body": "said"}, "sessionid=s"))
    assert environ["REQUEST_METHOD"] == "POST"
    assert (environ["PATH_INFO"], environ["QUERY_STRING"]) == ("/x/", "a=b")
    assert environ["HTTP_HOST"] == "127.0.0.1"
    assert environ["HTTP_COOKIE"].startswith("sessionid=s")
    body = environ["wsgi.input"].read()
    assert environ["CONTENT_LENGTH"] == str(len(body))


def test_each_request_is_written_after_its_length(tmp_path: Path) -> None:
    first, second = get("/"), get("/a/", If_None_Match='"e"')
    write([first, second], tmp_path / "requests")
    said = (tmp_path / "requests").read_bytes()
    assert said == b"%d\n%s%d\n%s" % (len(first), first, len(second), second)


def test_each_writer_has_an_address() -> None:
    found = {from_address(number) for number in range(70_000)}
    assert len(found) == 70_000
    assert from_address(256) == "10.0.1.0"


def test_what_wrk_says_is_read() -> None:
    load = read("Running 2s test\nfigures 500 2000000 1500.0 9000.0 3\n")
    assert (load.requests, load.rate) == (500, 250)
    assert (load.p50, load.p95, load.failed) == (1.5, 9.0, 3)


def test_nginx_answers_with_the_same_headers(tmp_path: Path) -> None:
    headers = [
        ("Content-Encoding", "br"),
        ("Content-Security-Policy", "default-src 'none'"),
        ("Date", "now"),
        ("ETag", '"x"'),
    ]
    said = configuration(tmp_path, 8080, Answer(200, headers, b""))
    assert 'add_header Content-Encoding "br";' in said
    assert "add_header Content-Security-Policy \"default-src 'none'\";" in said
    assert "Date" not in said
    assert "ETag" not in said
    assert f"root {tmp_path}/pages;" in said
