from typing import Any

from django.contrib import admin
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from comments.admin.read_only import ReadOnly
from comments.models import Decision
from comments.screening.reasons import for_moderator


@admin.register(Decision)
class DecisionAdmin(ReadOnly):
    """Decisions are read here; nobody can change one."""

    list_display = ["created_at", "move", "by", "rule", "comment", "article"]
    list_filter = ["to_state", "decider_kind", "rule", "created_at"]
    list_select_related = ["decider", "rule", "comment__article"]
    search_fields = ["explanation", "decider__username"]
    show_full_result_count = False
    actions = None
    readonly_fields = [
        "created_at",
        "move",
        "by",
        "rule",
        "explanation",
        "seen",
        "comment_link",
        "text",
    ]
    fields = tuple(readonly_fields)

    @admin.display(description=_("move"))
    def move(self, decision: Decision) -> str:
        return str(decision)

    @admin.display(description=_("decided by"))
    def by(self, decision: Decision) -> str:
        return str(decision.decider or decision.get_decider_kind_display())

    @admin.display(description=_("article"))
    def article(self, decision: Decision) -> str:
        return decision.comment.article.title

    @admin.display(description=_("what the machine saw"))
    def seen(self, decision: Decision) -> str:
        return "; ".join(for_moderator(finding) for finding in decision.findings)

    @admin.display(description=_("comment"))
    def comment_link(self, decision: Decision) -> Any:
        address = f"/admin/comments/comment/{decision.comment_id}/change/"
        return format_html('<a href="{}">{}</a>', address, decision.comment)

    @admin.display(description=_("text"))
    def text(self, decision: Decision) -> str:
        return decision.revision.source
