"""What editors uploaded: pictures, each at an address that never changes.

A proxy may answer for /media/ from the same folder; see docs/operations.md.
"""

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest
from django.views.decorators.http import require_safe

from ethicsforum.headers import FILE_POLICY

A_YEAR = 31_536_000


@require_safe
def picture(request: HttpRequest, name: str) -> FileResponse:
    """Only names that the address allows: what a picture's digest and width make."""
    try:
        file = default_storage.open(f"pictures/{name}")
    except OSError:
        raise Http404 from None
    answer = FileResponse(file, content_type="image/webp")
    answer.headers["Cache-Control"] = f"public, max-age={A_YEAR}, immutable"
    answer.headers["Content-Security-Policy"] = FILE_POLICY
    answer.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return answer
