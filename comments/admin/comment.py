"""Comments in the admin: to read, to remove, to restore."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from comments.actions.deciding import StaleDecision
from comments.actions.moderating import remove_comment, restore_comment
from comments.admin.forms import RemovalForm, RestoringForm
from comments.admin.read_only import ReadOnly
from comments.models import Comment
from comments.policies import Action, actions_for

MoveForm = RemovalForm | RestoringForm


@admin.register(Comment)
class CommentAdmin(ReadOnly):
    list_display = ["excerpt", "author", "article", "state", "created_at"]
    list_filter = ["state", "article"]
    search_fields = ["revisions__source", "author__username", "author__email"]
    search_help_text = gettext_lazy("Words of the text, author")
    list_per_page = 50
    show_full_result_count = False
    actions = None
    date_hierarchy = "created_at"

    class Media:
        css = {"all": ["comments/desk.css"]}

    def get_queryset(self, request: HttpRequest) -> QuerySet[Comment]:
        rows = Comment.objects.select_related("article", "author", "accepted_revision")
        return rows.prefetch_related("revisions").order_by("-pk")

    def get_urls(self) -> list[URLPattern]:
        own = [
            path("<int:pk>/remove/", self.remove, name="comments_comment_remove"),
            path("<int:pk>/restore/", self.restore, name="comments_comment_restore"),
        ]
        return [*own, *super().get_urls()]

    @admin.display(description=gettext_lazy("text"))
    def excerpt(self, comment: Comment) -> str:
        newest = list(comment.revisions.all())[-1]
        source = (comment.accepted_revision or newest).source
        return source if len(source) <= 100 else f"{source[:99]}…"

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        return self._page(request, self.row_or_404(request, object_id))

    def remove(self, request: HttpRequest, pk: int) -> HttpResponse:
        form = RemovalForm(request.POST)
        return self._move(request, pk, Action.REMOVE, form)

    def restore(self, request: HttpRequest, pk: int) -> HttpResponse:
        form = RestoringForm(request.POST)
        return self._move(request, pk, Action.RESTORE, form)

    def _move(
        self, request: HttpRequest, pk: int, action: Action, form: MoveForm
    ) -> HttpResponse:
        user = request.user
        if not (user.is_staff and user.has_perm("comments.remove_comment")):
            raise PermissionDenied
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        comment = self.row_or_404(request, pk)
        if not form.is_valid():
            return self._page(request, comment, form, status=422)
        move = remove_comment if action == Action.REMOVE else restore_comment
        try:
            text_id = form.cleaned_data["text"]
            move(comment, moderator=user, reason=form.reason(), text_id=text_id)
        except StaleDecision:
            changed = _(
                "It has changed since you read it; nothing was done. Here it is."
            )
            messages.error(request, changed)
            return self._page(request, self.row_or_404(request, pk), form, status=409)
        messages.success(request, _("Done. The author gets a mail."))
        return redirect("admin:comments_comment_change", pk)

    def _page(
        self,
        request: HttpRequest,
        comment: Comment,
        form: MoveForm | None = None,
        status: int = 200,
    ) -> HttpResponse:
        actions = actions_for(request.user, comment)
        empty = RemovalForm() if Action.REMOVE in actions else RestoringForm()
        decisions = comment.decisions.select_related("decider", "rule", "revision")
        context = {
            **self.admin_site.each_context(request),
            "title": _("Comment"),
            "opts": self.opts,
            "media": self.media,
            "comment": comment,
            "decisions": decisions.order_by("number"),
            "actions": actions,
            "form": form or empty,
        }
        template = "admin/comments/comment/item.html"
        return TemplateResponse(request, template, context, status=status)
