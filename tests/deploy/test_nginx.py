"""The sample for nginx, in front of a server that says what it was asked."""

import json
import shutil
import ssl
import subprocess
import threading
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from http.client import HTTPConnection, HTTPSConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from tests.deploy.samples import text
from tests.local.forum import free_port
from tests.worker.conftest import wait_until

pytestmark = pytest.mark.skipif(
    not (shutil.which("nginx") and shutil.which("openssl")),
    reason="no nginx, or no openssl to make a certificate",
)
HOST = "forum.example.org"


@dataclass(frozen=True)
class Answer:
    status: int
    body: bytes


def _read(connection: HTTPConnection) -> Answer:
    answer = connection.getresponse()
    return Answer(answer.status, answer.read())


class Echo(BaseHTTPRequestHandler):
    """Answers with the headers it got, each with all of its values."""

    def __init__(self, asked: list[str], *details: Any) -> None:
        self._asked = asked
        super().__init__(*details)

    def do_GET(self) -> None:
        self.rfile.read(int(self.headers.get("content-length", 0)))
        self._asked.append(self.path)
        said = {name.lower(): self.headers.get_all(name) for name in self.headers}
        body = json.dumps(said).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_POST = do_GET

    def log_message(self, format: str, *args: Any) -> None:
        pass


class Proxy:
    def __init__(self, folder: Path) -> None:
        self.site = ThreadingHTTPServer(("127.0.0.1", 0), Echo)
        self.asked: list[str] = []
        self.site.RequestHandlerClass = partial(Echo, self.asked)
        self.http, self.https = free_port(), free_port()
        self.folder = folder

    def start(self) -> None:
        threading.Thread(target=self.site.serve_forever, daemon=True).start()
        _make_certificate(self.folder)
        (self.folder / "site.conf").write_text(self._sample())
        main = self.folder / "main.conf"
        main.write_text(
            f"daemon off; worker_processes 1; pid {self.folder}/pid;\n"
            f"error_log {self.folder}/error.log; events {{}}\n"
            f"http {{ access_log off; {_own_folders(self.folder)}\n"
            f"include {self.folder}/site.conf; }}\n"
        )
        self.process = subprocess.Popen(["nginx", "-e", "stderr", "-c", str(main)])
        wait_until(self._answers, "nginx answers")

    def _sample(self) -> str:
        """With ports and a certificate of its own; otherwise as it stands."""
        said = text("nginx.conf")
        for old, new in {
            "    listen [::]:80;\n": "",
            "    listen [::]:443 ssl http2;\n": "",
            "listen 80;": f"listen 127.0.0.1:{self.http};",
            "listen 443 ": f"listen 127.0.0.1:{self.https} ",
            "127.0.0.1:8000": f"127.0.0.1:{self.site.server_port}",
            "127.0.0.1:8001": f"127.0.0.1:{self.site.server_port}",
            f"/etc/ssl/{HOST}": str(self.folder),
            "/var/log/nginx": str(self.folder),
        }.items():
            assert old in said, old
            said = said.replace(old, new)
        return said

    def _answers(self) -> bool:
        try:
            return self.ask("/").status == 200
        except OSError:
            return False

    def connect(self) -> HTTPSConnection:
        context = ssl.create_default_context(cafile=self.folder / "fullchain.pem")
        context.check_hostname = False
        return HTTPSConnection("127.0.0.1", self.https, context=context, timeout=10)

    def ask(self, path: str, method: str = "GET", **headers: str) -> Answer:
        said = {name.replace("__", "-"): value for name, value in headers.items()}
        with closing(self.connect()) as connection:
            connection.request(method, path, headers={"Host": HOST, **said})
            return _read(connection)

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(10)
        self.site.shutdown()
        self.site.server_close()


def _own_folders(folder: Path) -> str:
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    return " ".join(f"{kind}_temp_path {folder}/{kind};" for kind in kinds)


def _make_certificate(folder: Path) -> None:
    subprocess.run(
        [
            *("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"),
            *("-keyout", str(folder / "privkey.pem"), "-subj", f"/CN={HOST}"),
            *("-out", str(folder / "fullchain.pem")),
        ],
        check=True,
        capture_output=True,
        timeout=60,
    )


@pytest.fixture(scope="module")
def proxy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Proxy]:
    found = Proxy(tmp_path_factory.mktemp("nginx"))
    found.start()
    yield found
    found.stop()


def told(answer: Answer) -> dict[str, list[str]]:
    found: dict[str, list[str]] = json.loads(answer.body)
    return found


def test_the_site_hears_whom_nginx_saw(proxy: Proxy) -> None:
    forged = {
        "X__Forwarded__For": "203.0.113.9",
        "X_Forwarded_For": "203.0.113.9",
        "X__Forwarded__Proto": "http",
        "X__Request__ID": "mine",
    }
    heard = told(proxy.ask("/", **forged))
    assert heard["x-forwarded-for"] == ["127.0.0.1"]
    assert heard["x-forwarded-proto"] == ["https"]
    assert heard["host"] == [HOST]
    assert len(heard["x-request-id"][0]) == 32
    assert not [name for name in heard if "_" in name]


def test_http_leads_to_https(proxy: Proxy) -> None:
    plain = HTTPConnection("127.0.0.1", proxy.http, timeout=10)
    with closing(plain) as connection:
        connection.request("GET", "/rules/?a=1", headers={"Host": HOST})
        answer = connection.getresponse()
        assert answer.status == 301
        assert answer.headers["Location"] == f"https://{HOST}/rules/?a=1"


def test_what_is_too_large_never_reaches_the_site(proxy: Proxy) -> None:
    proxy.asked.clear()
    length = str(17 * 1024 * 1024)
    assert proxy.ask("/large/", "POST", Content__Length=length).status == 413
    assert proxy.asked == []


def test_a_body_is_whole_before_the_site_hears_of_it(proxy: Proxy) -> None:
    proxy.asked.clear()
    with closing(proxy.connect()) as connection:
        connection.putrequest("POST", "/slow/", skip_host=True)
        connection.putheader("Host", HOST)
        connection.putheader("Content-Length", "4")
        connection.endheaders(b"hal")
        # Another is answered meanwhile: nginx has read what there was of the first.
        assert proxy.ask("/other/").status == 200
        assert proxy.asked == ["/other/"]
        connection.send(b"f")
        assert _read(connection).status == 200
    assert proxy.asked == ["/other/", "/slow/"]


def test_figures_are_for_the_inside(proxy: Proxy) -> None:
    assert proxy.ask("/metrics").status == 200
    assert "deny all;" in text("nginx.conf")
