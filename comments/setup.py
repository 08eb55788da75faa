"""What a fresh database gets after `migrate`: guards, rules, thresholds, groups."""

from typing import Any

from django.contrib.auth.models import Group, Permission
from django.db import connections

from comments import search
from comments.house_rules import DEFAULTS
from comments.models import Rule, RuleVersion, ScreeningPolicy, guard

MODERATORS = "moderators"
EDITORS = "editors"

PERMISSIONS = {
    MODERATORS: [
        "comments.view_queueitem",
        "comments.decide_queueitem",
        "comments.view_comment",
        "comments.remove_comment",
        "comments.impose_sanction",
        "comments.view_report",
        "comments.view_appeal",
        "comments.view_sanction",
        "comments.view_ruleversion",
        "comments.view_screeningchange",
        "comments.view_decision",
        "comments.view_rule",
        "comments.view_watchedword",
        "comments.add_watchedword",
        "comments.change_watchedword",
        "comments.delete_watchedword",
        "comments.view_screeningpolicy",
        "articles.view_article",
        "accounts.view_user",
    ],
    EDITORS: [
        "articles.view_article",
        "articles.add_article",
        "articles.change_article",
        "articles.delete_article",
        "articles.view_picture",
        "articles.add_picture",
        "articles.change_picture",
        "articles.view_topic",
        "articles.add_topic",
        "articles.change_topic",
        "comments.view_rule",
        "comments.add_rule",
        "comments.change_rule",
        "comments.view_screeningpolicy",
        "comments.change_screeningpolicy",
        "comments.view_comment",
        "comments.view_decision",
    ],
}


def after_migrate(using: str, **kwargs: Any) -> None:
    guard.install(connections[using])
    search.install(connections[using])
    _rules(using)
    ScreeningPolicy.objects.using(using).get_or_create(pk=1)
    for name, permissions in PERMISSIONS.items():
        _group(name, permissions, using)


def _rules(using: str) -> None:
    if Rule.objects.using(using).exists():
        return
    for place, default in enumerate(DEFAULTS, start=1):
        rule = Rule.objects.using(using).create(position=place, **default._asdict())
        RuleVersion.objects.using(using).create(
            rule=rule,
            number=rule.version,
            title=rule.title,
            text=rule.text,
            template=rule.template,
            repeat_is_certain=rule.repeat_is_certain,
        )


def _group(name: str, permissions: list[str], using: str) -> None:
    """Made once: what an operator changes in it afterwards stays changed."""
    group, made = Group.objects.using(using).get_or_create(name=name)
    if not made:
        return
    for label in permissions:
        app, codename = label.split(".")
        permission = Permission.objects.using(using).get(
            content_type__app_label=app, codename=codename
        )
        group.permissions.add(permission)
