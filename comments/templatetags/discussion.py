"""`{% discussion article count %}`: the whole discussion under an article."""

from collections.abc import Iterable
from typing import Any

from django import template
from django.http import HttpRequest
from django.template.context import RequestContext
from django.utils import timezone
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from articles.models import Article
from comments.actions.visiting import note_visit
from comments.forms import CommentForm, find_comment
from comments.models import Comment
from comments.policies import why_not_answer, why_not_comment
from comments.reading.branches import Joined, branches_joined
from comments.reading.news import News, news_since, token_of
from comments.reading.outline import Sort
from comments.reading.pages import DiscussionPage, Wanted, discussion_page
from comments.reading.pieces import NOTHING_NEW, TOKEN
from comments.reading.whole import whole_discussion
from comments.writing.drafts import take_draft
from ethicsforum.ids import as_id

register = template.Library()


@register.inclusion_tag("comments/discussion.html", takes_context=True)
def discussion(context: RequestContext, article: Article, count: int) -> dict[str, Any]:
    """`count`: of its published comments."""
    request = context["request"]
    hidden = article.discussion == Article.Discussion.HIDDEN
    form, parent = _form(context, article)
    page = None
    if not hidden:
        page = discussion_page(article, request.user, _wanted(request))
    news = _news(context, article, page)
    marks = news.marks if news else NOTHING_NEW
    branches = page.branches if page else ()
    joined = branches_joined(branches, article, request.user, marks)
    return {
        "is_preview": context.get("is_preview"),
        "request": request,
        "user": request.user,
        "article": article,
        "article_version": context.get("article_version"),
        "page": page,
        "thread": _thread(joined, context.get("csrf_token")),
        "joined": joined,
        "count": count,
        "news": news,
        "since": token_of(timezone.now()),
        "form": form,
        "parent": parent,
        "preview": context.get("preview"),
        "look": context.get("look"),
        "csrf_token": context.get("csrf_token"),
    }


@register.inclusion_tag("comments/whole.html", takes_context=True)
def discussion_in_full(context: RequestContext, article: Article) -> dict[str, Any]:
    """For the page that holds all of it."""
    after = _pk(context["request"], "after")
    whole = whole_discussion(article, after)
    thread = _thread(whole.joined, None)
    return {"article": article, "whole": whole, "thread": thread}


@register.simple_tag(takes_context=True)
def is_only_discussion(context: RequestContext, article: Article) -> bool:
    """Whether this page is a further one of the discussion, or one thread of it."""
    if article.discussion == Article.Discussion.HIDDEN:
        return False
    wanted = _wanted(context["request"])
    return bool(wanted.after or wanted.thread)


def _news(
    context: RequestContext, article: Article, page: DiscussionPage | None
) -> News | None:
    """What is new to a member, who is here now."""
    request = context["request"]
    looks = request.method == "GET" and not context.get("is_preview")
    if page is None or not looks or not request.user.is_authenticated:
        return None
    before = note_visit(article, member=request.user)
    if before is None:
        return None
    shown = [row.pk for branch in page.branches for row in branch.shown]
    return news_since(shown, article, request.user, before)


def _thread(joined: Iterable[Joined], token: Any) -> SafeString:
    html = "".join(branch.html for branch in joined)
    if TOKEN in html:
        html = html.replace(TOKEN, escape(token))
    # Templates have escaped what needs it.
    return mark_safe(html)  # noqa: S308  # as above


def _wanted(request: HttpRequest) -> Wanted:
    """What the address asks for; what makes no sense in it is left out."""
    sort = request.GET.get("sort", "")
    return Wanted(
        sort=Sort(sort) if sort in Sort.values else Sort.VALUED,
        after=_pk(request, "after"),
        thread=_pk(request, "thread"),
        start=_pk(request, "from"),
    )


def _pk(request: HttpRequest, name: str) -> int | None:
    return as_id(request.GET.get(name, ""))


def _form(
    context: RequestContext, article: Article
) -> tuple[CommentForm | None, Comment | None]:
    """The form as it was sent, or an empty one for those who can comment."""
    request = context["request"]
    bound: CommentForm | None = context.get("comment_form")
    if bound is not None:
        parent_id = str(bound.data.get("parent", ""))
        is_lost = "parent" in bound.errors
        found = None if is_lost else find_comment(parent_id, viewer=request.user)
        return bound, found
    if context.get("is_preview") or not request.user.is_authenticated:
        return None, None
    if why_not_comment(request.user, article):
        return None, None
    initial = take_draft(request, article)
    wanted = request.GET.get("reply_to") or str(initial.get("parent", ""))
    parent = _answered(wanted, request, article)
    initial["parent"] = parent.pk if parent else ""
    initial["is_lost"] = bool(wanted) and parent is None
    form = CommentForm(initial=initial, article=article, user=request.user)
    return form, parent


def _answered(wanted: str, request: HttpRequest, article: Article) -> Comment | None:
    found = find_comment(wanted, viewer=request.user) if wanted else None
    return None if found is None or why_not_answer(found, article) else found
