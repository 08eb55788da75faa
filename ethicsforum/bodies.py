"""What comes with a request: refused by what it says of itself, before it is read, and
when it ends before it should."""

from collections.abc import Callable, Iterable
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.http import HttpRequest

UPLOADS = "/admin/"
"""Only editors send files."""
WITHOUT_BODY = frozenset({"GET", "HEAD", "OPTIONS"})

Application = Callable[[dict[str, Any], Any], Iterable[bytes]]


def refusal_of(request: HttpRequest) -> HTTPStatus | None:
    """The status of a body that is not read; None when it may be."""
    if request.headers.get("content-encoding", "identity").lower() != "identity":
        # Nothing here unpacks, so that nothing can burst.
        return HTTPStatus.UNSUPPORTED_MEDIA_TYPE
    if _says_no_length(request):
        return HTTPStatus.LENGTH_REQUIRED
    if _as_length(request.META.get("CONTENT_LENGTH")) > _most(request):
        return HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    return None


class Whole:
    """A body that says so when the connection breaks in the middle of it.

    Django takes what has come for all of it: half a comment would be posted.
    """

    def __init__(self, stream: Any, length: int) -> None:
        self._stream, self._left = stream, length

    def read(self, size: int = -1) -> bytes:
        size = self._left if size < 0 else min(size, self._left)
        data: bytes = self._stream.read(size)
        return self._counted(data, is_cut=len(data) < size)

    def readline(self, size: int = -1) -> bytes:
        line: bytes = self._stream.readline(size)
        return self._counted(line, is_cut=not line and self._left > 0)

    def _counted(self, data: bytes, *, is_cut: bool) -> bytes:
        if is_cut:
            raise OSError("the connection broke within the body")
        self._left -= len(data)
        return data


def with_whole_bodies(application: Application) -> Application:
    def serve(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        length = _as_length(environ.get("CONTENT_LENGTH"))
        environ["wsgi.input"] = Whole(environ["wsgi.input"], length)
        return application(environ, start_response)

    return serve


def _says_no_length(request: HttpRequest) -> bool:
    """Sent in chunks, to nobody knows where; Django would find it empty."""
    has_body = request.method not in WITHOUT_BODY
    return has_body and "transfer-encoding" in request.headers


def _as_length(said: str | None) -> int:
    return int(said) if said and said.isascii() and said.isdigit() else 0


def _most(request: HttpRequest) -> int:
    most: int = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    return settings.MOST_UPLOADED if request.path.startswith(UPLOADS) else most
