"""Permalinks."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_safe

from comments.models import Comment
from comments.reading.pages import query_for


@require_safe
def permalink(request: HttpRequest, pk: int) -> HttpResponse:
    visible = Comment.objects.visible_to(request.user).select_related("article")
    comment = get_object_or_404(visible, pk=pk)
    query = query_for(comment, request.user)
    return redirect(f"{comment.article.get_absolute_url()}{query}#comment-{comment.pk}")
