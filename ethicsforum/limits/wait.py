"""What somebody hears who was faster than a limit allows."""

import math
from dataclasses import dataclass
from http import HTTPStatus
from typing import TypeVar

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

Response = TypeVar("Response", bound=HttpResponseBase)

A_MINUTE, AN_HOUR = 60, 3600
FEW = 90
"""Up to so many of a smaller unit are said in it."""


@dataclass(frozen=True)
class Wait:
    seconds: int

    @property
    def words(self) -> str:
        said = _("This came faster than our limits allow. Please try again in {time}.")
        return said.format(time=self._time())

    def on(self, response: Response) -> Response:
        """The page or part that says so, as the answer that it is."""
        response.status_code = HTTPStatus.TOO_MANY_REQUESTS
        response.headers["Retry-After"] = str(self.seconds)
        return response

    def page(self, request: HttpRequest) -> HttpResponse:
        """For what has no form of its own that could say it."""
        return self.on(render(request, "429.html", {"wait": self}))

    def _time(self) -> str:
        minutes, hours = (
            math.ceil(self.seconds / unit) for unit in (A_MINUTE, AN_HOUR)
        )
        if self.seconds <= FEW:
            words = ngettext("{n} second", "{n} seconds", self.seconds)
            return words.format(n=self.seconds)
        if minutes <= FEW:
            return ngettext("{n} minute", "{n} minutes", minutes).format(n=minutes)
        return ngettext("{n} hour", "{n} hours", hours).format(n=hours)


def too_fast(request: HttpRequest) -> HttpResponse:
    """The page of django-allauth's limits, which does not know how long; those that
    end in a page are by the minute."""
    return Wait(A_MINUTE).page(request)
