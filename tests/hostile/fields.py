"""Every field of the database that can hold text, and what a stranger can put there.

A new field fails `test_fields.py` until it stands in one of the two tables.
"""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db import models

TEXT = (models.CharField, models.TextField, models.JSONField, models.FileField)

PLANTED = {
    "account.EmailAddress.email": "the quoted part before the @ takes any sign",
    "accounts.User.email": "as above",
    "accounts.User.username": "a name from an identity provider, or an old rule",
    "admin.LogEntry.change_message": "says what was changed, and in what",
    "admin.LogEntry.object_repr": "the name of what was changed",
    "articles.Article.body": "Markdown",
    "articles.Article.byline": "",
    "articles.Article.question": "",
    "articles.Article.standfirst": "",
    "articles.Article.title": "",
    "articles.Picture.alt": "",
    "articles.Picture.credit": "",
    "articles.Topic.name": "",
    "auth.Group.name": "",
    "comments.AppealMessage.text": "the appeal, the question and the answer",
    "comments.BulkRejection.explanation": "",
    "comments.Decision.explanation": "to the author, and in the public log",
    "comments.Decision.findings": "hosts, phrases, what a classifier said",
    "comments.Note.text": "moderators to each other",
    "comments.QueueItem.findings": "as of decisions",
    "comments.Report.address": "",
    "comments.Report.email": "",
    "comments.Report.name": "",
    "comments.Report.note": "",
    "comments.Revision.source": "Markdown",
    "comments.Rule.template": "",
    "comments.Rule.text": "",
    "comments.Rule.title": "",
    "comments.RuleVersion.template": "",
    "comments.RuleVersion.text": "",
    "comments.RuleVersion.title": "",
    "comments.ScreeningChange.after": "a watched word",
    "comments.ScreeningChange.before": "a watched word",
    "comments.WatchedWord.note": "",
    "comments.WatchedWord.phrase": "",
}
"""What a person, or another machine, has put into words."""

OWN_WORDS = {
    "account.EmailConfirmation.key": "made by the site",
    "accounts.User.password": "a hash",
    "accounts.User.username_key": "letters and digits, made of the name",
    "admin.LogEntry.object_id": "a number",
    "articles.Article.body_html": "made of the body by the renderer",
    "articles.Article.render_version": "made by the site",
    "articles.Article.slug": "letters, digits and hyphens",
    "articles.Article.source_digest": "a hash",
    "articles.Picture.digest": "a hash",
    "articles.Topic.slug": "letters, digits and hyphens",
    "auth.Permission.codename": "in the code",
    "auth.Permission.name": "in the code",
    "comments.Comment.path": "numbers",
    "comments.LogEntry.body": "written by the site, without a word of anybody's",
    "comments.LogEntry.hash": "a hash",
    "comments.LogEntry.previous": "a hash",
    "comments.Revision.html": "made of the source by the renderer",
    "comments.Revision.render_version": "made by the site",
    "comments.Revision.text_key": "a hash",
    "comments.Rule.code": "letters, digits and hyphens",
    "comments.SearchDocument.text": "made of what is planted",
    "comments.SearchDocument.title": "made of what is planted",
    "mfa.Authenticator.data": "secrets, and a name that only its owner sees",
    "socialaccount.SocialAccount.extra_data": "only its owner sees it",
    "socialaccount.SocialAccount.provider": "from the settings",
    "socialaccount.SocialAccount.uid": "never shown",
    "socialaccount.SocialApp.client_id": "empty: providers are settings",
    "socialaccount.SocialApp.key": "as above",
    "socialaccount.SocialApp.name": "as above",
    "socialaccount.SocialApp.provider": "as above",
    "socialaccount.SocialApp.provider_id": "as above",
    "socialaccount.SocialApp.secret": "as above",
    "socialaccount.SocialApp.settings": "as above",
    "socialaccount.SocialToken.token": "never kept",
    "socialaccount.SocialToken.token_secret": "never kept",
    "usersessions.UserSession.data": "made by the site",
    "usersessions.UserSession.session_key": "made by the site",
    "usersessions.UserSession.user_agent": "only its owner sees it",
    "contenttypes.ContentType.app_label": "in the code",
    "contenttypes.ContentType.model": "in the code",
    "limits.Bucket.key": "a name in the code and a hash",
    "limits.CacheEntry.cache_key": "a hash",
    "limits.CacheEntry.value": "numbers, never shown",
    "privacy.Export.file": "made by the site",
    "sessions.Session.session_data": "signed, never shown",
    "sessions.Session.session_key": "made by the site",
}
"""What nobody outside can choose freely, each with why. What has choices needs no
line: the database or the form takes no other."""


def label(field: "models.Field[Any, Any]") -> str:
    return f"{field.model._meta.label}.{field.name}"


def text_fields() -> "Iterator[models.Field[Any, Any]]":
    for model in apps.get_models():
        for field in model._meta.local_fields:
            if isinstance(field, TEXT) and not field.choices:
                yield field


def planted_fields() -> "list[models.Field[Any, Any]]":
    return [field for field in text_fields() if label(field) in PLANTED]
