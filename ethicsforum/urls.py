from django.contrib import admin
from django.urls import include, path, re_path

from ethicsforum.health import healthz, readyz
from ethicsforum.media import picture
from ethicsforum.metrics.views import metrics
from ethicsforum.security_txt import security_txt

handler500 = "ethicsforum.logs.crashed"
handler429 = "ethicsforum.limits.wait.too_fast"
urlpatterns = [
    path("", include("articles.urls")),
    path("", include("comments.urls")),
    path("", include("ethicsforum.accounts.privacy.urls")),
    path("accounts/", include("ethicsforum.accounts.urls")),
    path("admin/", admin.site.urls),
    re_path(
        r"^media/pictures/(?P<name>[0-9a-f]{16}-\d{1,4}\.webp)$",
        picture,
        name="picture",
    ),
    path(".well-known/security.txt", security_txt, name="security_txt"),
    path("healthz", healthz, name="healthz"),
    path("readyz", readyz, name="readyz"),
    path("metrics", metrics, name="metrics"),
]
