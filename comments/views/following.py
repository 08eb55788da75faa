"""Follow and mute: an article's discussion or a person, and the list of all of them."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import BadRequest
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_POST, require_safe

from articles.models import Article
from comments.actions.following import CannotFollow, follow, mute, unfollow, unmute
from comments.reading.attention import attention_of, chosen_by
from comments.reading.profiles import known_members
from comments.views.entrance import is_part, to_sign_in
from ethicsforum.limits.door import use
from ethicsforum.limits.table import FOLLOWING
from ethicsforum.limits.wait import Wait

DEEDS = {
    ("follow", "on"): follow,
    ("follow", "off"): unfollow,
    ("mute", "on"): mute,
    ("mute", "off"): unmute,
}


@csrf_exempt  # for visitors, who are sent to sign in; `_choose` is protected
@never_cache
@require_POST
def article(request: HttpRequest, slug: str, deed: str) -> HttpResponse:
    back = reverse("articles:detail", args=[slug]) + "#discussion"
    if not request.user.is_authenticated:
        return to_sign_in(request, back)
    # One's own choice can be undone after the article has gone, too.
    visible = Q(pk__in=Article.objects.visible_to(request.user))
    chosen = Q(follow__member=request.user) | Q(mute__member=request.user)
    rows = Article.objects.filter(visible | chosen).distinct()
    response: HttpResponse = _choose(
        request, get_object_or_404(rows, slug=slug), deed, back
    )
    return response


@csrf_exempt  # as above
@never_cache
@require_POST
def member(request: HttpRequest, pk: int, deed: str) -> HttpResponse:
    back = reverse("comments:member", args=[pk])
    if not request.user.is_authenticated:
        return to_sign_in(request, back)
    found = get_object_or_404(known_members(request.user), pk=pk)
    response: HttpResponse = _choose(request, found, deed, back)
    return response


@require_safe
@never_cache
@login_required
def following(request: HttpRequest) -> HttpResponse:
    """What the member follows and mutes, to be undone one by one."""
    chosen = chosen_by(request.user)
    context = {
        "follows": [one for one in chosen if one.follows],
        "mutes": [one for one in chosen if one.mutes],
    }
    return render(request, "comments/following.html", context)


@csrf_protect
def _choose(request: HttpRequest, thing: Any, deed: str, back: str) -> HttpResponse:
    wanted = DEEDS.get((deed, request.POST.get("choice", "")))
    if wanted is None:
        raise BadRequest
    wait = use(FOLLOWING, request)
    if wait:
        return _too_fast(request, thing, wait)
    try:
        wanted(thing, member=request.user)
    except CannotFollow as oneself:
        raise BadRequest from oneself
    return (
        _part(request, thing) if is_part(request) else redirect(_next(request) or back)
    )


def _too_fast(request: HttpRequest, thing: Any, wait: Wait) -> HttpResponse:
    if not is_part(request):
        return wait.page(request)
    return wait.on(_part(request, thing, refused=wait.words))


def _part(request: HttpRequest, thing: Any, refused: str = "") -> HttpResponse:
    context = {"attention": attention_of(request.user, thing), "refused": refused}
    return render(request, "comments/_attention.html", context)


def _next(request: HttpRequest) -> str:
    """Where the form stood, if that was here."""
    address = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(address, allowed_hosts=None)
    return address if safe else ""
