"""A member's public page, and the page of one's own comments."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from comments.reading.profiles import known_members, own_comments, profile_of


@require_safe
def member(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(known_members(request.user), pk=pk)
    profile = profile_of(found, request.user, request.GET.get("before", ""))
    return render(request, "comments/member.html", {"profile": profile})


@require_safe
@never_cache
@login_required
def mine(request: HttpRequest) -> HttpResponse:
    """All one has written, whatever became of it."""
    own = own_comments(request.user, request.GET.get("before", ""))
    return render(request, "comments/mine.html", {"own": own})
