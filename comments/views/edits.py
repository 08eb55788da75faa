"""What a comment said before it was edited."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from comments.models import Comment
from comments.states import State
from comments.writing.text_history import history_of


@require_safe
@never_cache  # a text may be removed in the next moment
def history(request: HttpRequest, pk: int) -> HttpResponse:
    """Only while the comment is public; whatever was taken down has no history."""
    visible = Comment.objects.visible_to(request.user)
    rows = visible.select_related("article", "author", "accepted_revision")
    comment = get_object_or_404(rows, pk=pk)
    if comment.state != State.PUBLISHED:
        raise Http404
    context = {"comment": comment, "history": history_of(comment)}
    return render(request, "comments/text_history.html", context)
