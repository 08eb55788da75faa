"""A vote on a comment: by a form on the page, or a part of it alone."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_POST

from comments.actions.voting import Axis, CannotVote, Choice, vote
from comments.models import Comment
from comments.reading.ballots import ballot_for
from comments.views.entrance import is_part, to_sign_in
from ethicsforum.limits.door import use
from ethicsforum.limits.table import VOTING

CHOICES = {choice.name.lower(): choice for choice in Choice}


@csrf_exempt  # for visitors, who are sent to sign in; `_votes` is protected
@never_cache
@require_POST
def votes(request: HttpRequest, pk: int) -> HttpResponse:
    if not request.user.is_authenticated:
        return to_sign_in(request, reverse("comments:permalink", args=[pk]))
    response: HttpResponse = _votes(request, pk)
    return response


@csrf_protect
def _votes(request: HttpRequest, pk: int) -> HttpResponse:
    comment = _visible(request, pk)
    axis, choice = request.POST.get("axis"), CHOICES.get(request.POST.get("choice", ""))
    if axis not in Axis.values or choice is None:
        words = _("This vote did not arrive whole. Please press the button again.")
        return _refusal(request, comment, words, HTTPStatus.UNPROCESSABLE_ENTITY)
    wait = use(VOTING, request)
    if wait:
        return wait.on(_refusal(request, comment, wait.words, HTTPStatus.CONFLICT))
    try:
        counted = vote(comment, member=request.user, axis=Axis(axis), choice=choice)
    except CannotVote as refused:
        # As it is by now: what can't be voted on has no buttons.
        now = _visible(request, pk)
        return _refusal(request, now, refused.reason, HTTPStatus.CONFLICT)
    return _part(request, counted) if is_part(request) else redirect(comment)


def _visible(request: HttpRequest, pk: int) -> Comment:
    visible = Comment.objects.visible_to(request.user).select_related("article")
    return get_object_or_404(visible, pk=pk)


def _refusal(
    request: HttpRequest, comment: Comment, words: str, status: int
) -> HttpResponse:
    if is_part(request):
        return _part(request, comment, refused=words, status=status)
    context = {"comment": comment, "refused": words}
    return render(request, "comments/not_voted.html", context, status=status)


def _part(
    request: HttpRequest, comment: Comment, refused: str = "", status: int = 200
) -> HttpResponse:
    ballot = ballot_for(request.user, comment)
    context = {"comment": comment, "ballot": ballot, "refused": refused}
    return render(request, "comments/_votes.html", context, status=status)
