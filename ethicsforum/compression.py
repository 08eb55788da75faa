"""Compresses what the page cache will not: that one does it once for all readers."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware

from ethicsforum.page_cache.marking import FRONT, KEYS


class CompressionMiddleware(GZipMiddleware):
    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        if FRONT in request.META and KEYS in response.headers:
            return response
        return super().process_response(request, response)
