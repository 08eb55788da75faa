from django.urls import path

from comments.feeds import DiscussionFeed, LogFeed, log_lines
from comments.views import reading, rules, writing

app_name = "comments"
urlpatterns = [
    path("articles/<slug:slug>/comments/", writing.create, name="create"),
    path("articles/<slug:slug>/feed/", DiscussionFeed(), name="discussion_feed"),
    path("comments/<int:pk>/", reading.permalink, name="permalink"),
    path("comments/<int:pk>/edit/", writing.edit, name="edit"),
    path("comments/<int:pk>/withdraw/", writing.withdraw, name="withdraw"),
    path("decisions/<int:pk>/", reading.decision, name="decision"),
    path("rules/", rules.rules, name="rules"),
    path("rules/<slug:code>/", rules.rule, name="rule"),
    path("moderation/log/", reading.log, name="log"),
    path("moderation/log/feed/", LogFeed(), name="log_feed"),
    path("moderation/log.jsonl", log_lines, name="log_lines"),
    path("notices/", reading.notices, name="notices"),
    path("notices/read/", reading.mark_notices_read, name="notices_read"),
]
