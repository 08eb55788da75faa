"""Requests as they go over the wire, made in advance, and one answer read back."""

import http.client
import socket
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

ADDRESS = "127.0.0.1"
TOKEN = "b" * 32
"""A cookie of our own choice: what counts is that the form says the same."""
PATIENCE = 30.0


@dataclass(frozen=True)
class Answer:
    status: int
    headers: list[tuple[str, str]]
    body: bytes

    def header(self, name: str) -> str:
        values = [value for key, value in self.headers if key.lower() == name]
        return values[0] if values else ""


def get(path: str, cookie: str = "", **headers: str) -> bytes:
    shown = {"Accept-Encoding": "br, gzip", "Accept": "text/html", **_with(headers)}
    return _request("GET", path, shown, cookie)


def post(path: str, fields: Mapping[str, str], cookie: str, **headers: str) -> bytes:
    body = urlencode({"csrfmiddlewaretoken": TOKEN, **fields}).encode()
    shown = {
        "Content-Type": "application/x-www-form-urlencoded",
        "Content-Length": str(len(body)),
        **_with(headers),
    }
    return _request("POST", path, shown, f"{cookie}; csrftoken={TOKEN}") + body


def from_address(number: int) -> str:
    """Each writer at home: what the proxy in front saw."""
    return f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"


def ask(port: int, request: bytes) -> Answer:
    with socket.create_connection((ADDRESS, port), PATIENCE) as connection:
        connection.sendall(request)
        method = request.split(b" ", 1)[0].decode()
        response = http.client.HTTPResponse(connection, method=method)
        response.begin()
        return Answer(response.status, response.getheaders(), response.read())


def write(requests: Iterable[bytes], file: Path) -> None:
    """Each after its length, as wrk.lua reads them."""
    with file.open("wb") as out:
        for request in requests:
            out.write(b"%d\n" % len(request) + request)


def _with(headers: Mapping[str, str]) -> dict[str, str]:
    return {name.replace("_", "-"): value for name, value in headers.items()}


def _request(method: str, path: str, headers: Mapping[str, str], cookie: str) -> bytes:
    lines = [f"{method} {path} HTTP/1.1", f"Host: {ADDRESS}"]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    lines += [f"Cookie: {cookie}"] if cookie else []
    return "\r\n".join([*lines, "", ""]).encode()
