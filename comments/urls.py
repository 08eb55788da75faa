from django.urls import path, register_converter
from django.views.decorators.http import require_safe

from comments.feeds import DiscussionFeed, LogFeed, log_lines
from comments.views import (
    composing,
    decisions,
    edits,
    following,
    live,
    log,
    notices,
    people,
    reading,
    reporting,
    rules,
    search,
    transparency,
    voting,
    writing,
)

register_converter(transparency.PeriodConverter, "period")

app_name = "comments"
urlpatterns = [
    path("articles/<slug:slug>/comments/", writing.create, name="create"),
    path(
        "articles/<slug:slug>/feed/",
        require_safe(DiscussionFeed()),
        name="discussion_feed",
    ),
    path("articles/<slug:slug>/new/", live.new, name="new"),
    path("comments/<int:pk>/", reading.permalink, name="permalink"),
    path("comments/<int:pk>/part/", live.part, name="part"),
    path("comments/preview/", composing.preview, name="preview"),
    path("comments/<int:pk>/reply/", composing.reply, name="reply"),
    path("comments/<int:pk>/history/", edits.history, name="history"),
    path("comments/<int:pk>/edit/", writing.edit, name="edit"),
    path("comments/<int:pk>/withdraw/", writing.withdraw, name="withdraw"),
    path("comments/<int:pk>/report/", reporting.report, name="report"),
    path("members/complete/", composing.complete, name="complete"),
    path("comments/<int:pk>/votes/", voting.votes, name="votes"),
    path("comments/mine/", people.mine, name="mine"),
    path("members/<int:pk>/", people.member, name="member"),
    *(
        path(f"{where}/{deed}/", view, {"deed": deed}, name=f"{deed}_{kind}")
        for deed in ("follow", "mute")
        for kind, where, view in (
            ("article", "articles/<slug:slug>", following.article),
            ("member", "members/<int:pk>", following.member),
        )
    ),
    path("following/", following.following, name="following"),
    path("reports/", reporting.reports, name="reports"),
    path("moderation/notice/", reporting.notice, name="notice"),
    path(
        "moderation/notice/received/",
        reporting.notice_received,
        name="notice_received",
    ),
    path("decisions/<int:pk>/", decisions.decision, name="decision"),
    path("decisions/<int:pk>/appeal/", decisions.appeal, name="appeal"),
    path("search/", search.search, name="search"),
    path("rules/", rules.rules, name="rules"),
    path("rules/<slug:code>/", rules.rule, name="rule"),
    path("moderation/log/", log.log, name="log"),
    path("moderation/log/<int:pk>/", log.log_entry, name="log_entry"),
    path("moderation/log/head/", log.log_head, name="log_head"),
    path("moderation/log/feed/", require_safe(LogFeed()), name="log_feed"),
    path("moderation/log.jsonl", log_lines, name="log_lines"),
    path("moderation/report/", transparency.index, name="transparency_index"),
    path("moderation/report/<period:period>/", transparency.page, name="transparency"),
    path(
        "moderation/report/<period:period>.csv",
        transparency.as_csv,
        name="transparency_csv",
    ),
    path(
        "moderation/report/<period:period>.json",
        transparency.as_json,
        name="transparency_json",
    ),
    path("notices/", notices.notices, name="notices"),
    path("notices/<int:pk>/", notices.open_notice, name="open_notice"),
    path("notices/read/", notices.mark_notices_read, name="notices_read"),
    path("notices/mail/", notices.mail_choices, name="mail_choices"),
    path("unsubscribe/<str:token>/", notices.unsubscribe, name="unsubscribe"),
]
