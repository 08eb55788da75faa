"""The editor's desk."""

from typing import TYPE_CHECKING, Any, cast

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from articles.actions import (
    describe_picture,
    drop_picture,
    keep_picture,
    publish_article,
)
from articles.forms import ArticleForm, PictureForm, article_as_typed
from articles.models import Article, Picture, Topic
from ethicsforum.admin import RightsFirst

if TYPE_CHECKING:
    ArticleModelAdmin = admin.ModelAdmin[Article]
    TopicModelAdmin = admin.ModelAdmin[Topic]
    PictureModelAdmin = admin.ModelAdmin[Picture]
else:
    # Generic for the type checker only; Django's class takes no parameters.
    ArticleModelAdmin = TopicModelAdmin = PictureModelAdmin = admin.ModelAdmin


@admin.register(Article)
class ArticleAdmin(RightsFirst, ArticleModelAdmin):
    form = ArticleForm
    list_display = ["title", "standing", "publish_at", "discussion", "topic_names"]
    list_filter = ["status", "discussion", "topics"]
    list_per_page = 50
    search_fields = ["title", "standfirst", "byline", "body"]
    date_hierarchy = "publish_at"
    ordering = ["-updated_at"]
    prepopulated_fields = {"slug": ["title"]}
    filter_horizontal = ["topics"]
    actions = ["publish", "close_discussion"]
    fieldsets = [
        (None, {"fields": ["title", "standfirst", "byline", "body", "seen"]}),
        (_("For readers"), {"fields": ["question", "topics"]}),
        (_("Publication"), {"fields": ["slug", "status", "publish_at"]}),
        (
            _("Discussion"),
            {"fields": ["discussion", "comments_open_until", "first_comments_held"]},
        ),
    ]

    @admin.display(description=_("status"), ordering="status")
    def standing(self, article: Article) -> str:
        if article.is_published:
            return str(Article.Status.PUBLISHED.label)
        return article.get_status_display()

    @admin.display(description=_("topics"))
    def topic_names(self, article: Article) -> str:
        return ", ".join(topic.name for topic in article.topics.all())

    def get_queryset(self, request: HttpRequest) -> QuerySet[Article]:
        return super().get_queryset(request).prefetch_related("topics")

    def view_on_site(self, article: Article) -> str:
        return article.get_absolute_url()

    # --- What is done to many ---------------------------------------------

    @admin.action(description=_("Publish"), permissions=["change"])
    def publish(self, request: HttpRequest, articles: QuerySet[Article]) -> None:
        published = [article for article in articles if publish_article(article)]
        for article in published:
            self.log_change(request, article, str(_("Published.")))
        message = ngettext(
            "%d article published.", "%d articles published.", len(published)
        )
        self.message_user(request, message % len(published))

    @admin.action(description=_("Close the discussion"), permissions=["change"])
    def close_discussion(
        self, request: HttpRequest, articles: QuerySet[Article]
    ) -> None:
        open_ones = articles.filter(discussion=Article.Discussion.OPEN)
        for article in open_ones:
            article.discussion = Article.Discussion.CLOSED
            article.save(update_fields=["discussion", "updated_at"])
            self.log_change(request, article, str(_("Closed the discussion.")))
        self.message_user(request, _("The discussion is closed; it stays readable."))

    # --- Preview ----------------------------------------------------------

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.preview)
        new = path("add/preview/", view, name="articles_article_preview_new")
        saved = path("<int:pk>/change/preview/", view, name="articles_article_preview")
        return [new, saved, *super().get_urls()]

    def preview(self, request: HttpRequest, pk: int | None = None) -> HttpResponse:
        """The page as the posted form would make it; nothing is written."""
        if not self._may_write(request, new=pk is None):
            raise PermissionDenied
        article = None if pk is None else get_object_or_404(Article, pk=pk)
        if request.method != "POST":
            # Somebody signed in again on the way here; what was typed is in the form.
            return _to_form(pk)
        form_class = self.get_form(request, article, change=article is not None)
        form = cast("type[ArticleForm]", form_class)(request.POST, instance=article)
        context = {"article": article_as_typed(form), "is_preview": True}
        return render(request, "articles/detail.html", context)

    def _may_write(self, request: HttpRequest, new: bool) -> bool:
        if new:
            return self.has_add_permission(request)
        return self.has_change_permission(request)


def _to_form(pk: int | None) -> HttpResponse:
    if pk is None:
        return redirect("admin:articles_article_add")
    return redirect("admin:articles_article_change", pk)


@admin.register(Topic)
class TopicAdmin(RightsFirst, TopicModelAdmin):
    list_display = ["name", "slug", "articles"]
    search_fields = ["name"]
    prepopulated_fields = {"slug": ["name"]}

    def get_queryset(self, request: HttpRequest) -> QuerySet[Topic]:
        topics: QuerySet[Topic] = super().get_queryset(request)
        return topics.annotate(article_count=Count("article"))

    @admin.display(description=_("articles"), ordering="article_count")
    def articles(self, topic: Topic) -> int:
        return int(getattr(topic, "article_count", 0))


@admin.register(Picture)
class PictureAdmin(RightsFirst, PictureModelAdmin):
    form = PictureForm
    list_display = ["alt", "markdown", "width", "height", "credit", "created_at"]
    search_fields = ["alt", "credit"]
    ordering = ["-pk"]

    def get_fields(self, request: HttpRequest, obj: Picture | None = None) -> Any:
        return ["upload", "alt", "credit"] if obj is None else ["alt", "credit"]

    def save_model(
        self, request: HttpRequest, obj: Picture, form: Any, change: bool
    ) -> None:
        if change:
            describe_picture(obj)
            return
        keep_picture(obj, form.cleaned_data["upload"])
        words = _("Put this on a line of its own in the article: %(markdown)s")
        self.message_user(request, words % {"markdown": obj.markdown})

    def delete_model(self, request: HttpRequest, obj: Picture) -> None:
        drop_picture(obj)

    def delete_queryset(
        self, request: HttpRequest, queryset: QuerySet[Picture]
    ) -> None:
        for picture in queryset:
            drop_picture(picture)
