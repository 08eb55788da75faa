"""/.well-known/security.txt (RFC 9116): whom to tell of a weakness, if anybody."""

from datetime import timedelta

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

GOOD_FOR = timedelta(days=180)
"""The RFC asks for less than a year: what nobody serves any more is not believed."""


@require_safe
def security_txt(request: HttpRequest) -> HttpResponse:
    """Only what the operator has set: an invented contact is worse than none."""
    if not settings.SECURITY_CONTACT:
        raise Http404
    until = (timezone.now() + GOOD_FOR).replace(microsecond=0)
    lines = {
        "Contact": settings.SECURITY_CONTACT,
        "Expires": until.isoformat(),
        "Preferred-Languages": settings.LANGUAGE_CODE,
        "Canonical": settings.SITE_URL + reverse("security_txt"),
    }
    text = "".join(f"{name}: {value}\n" for name, value in lines.items())
    return HttpResponse(text, content_type="text/plain; charset=utf-8")
