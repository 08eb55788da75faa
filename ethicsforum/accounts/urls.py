"""django-allauth's addresses, and the page that leads to them."""

from allauth.urls import build_provider_urlpatterns
from django.conf import settings
from django.urls import include, path

from ethicsforum.accounts import views

UNUSED = {"google_login_by_token"}
"""For scripts of Google's, which no page here loads; it goes without our token."""

urlpatterns = [
    path("", views.overview, name="account_overview"),
    path("signup/cancel/", views.cancel_sign_up, name="account_cancel_sign_up"),
    path("", include("allauth.account.urls")),
    path("2fa/", include("allauth.mfa.urls")),
    path("sessions/", include("allauth.usersessions.urls")),
]
if settings.SOCIALACCOUNT_PROVIDERS:
    urlpatterns += [
        path("3rdparty/", include("allauth.socialaccount.urls")),
        *(
            way
            for way in build_provider_urlpatterns()
            if getattr(way, "name", "") not in UNUSED
        ),
    ]
