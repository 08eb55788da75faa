from django.urls import path

from ethicsforum.accounts.privacy import views

app_name = "privacy"
urlpatterns = [
    path("privacy/", views.policy, name="policy"),
    path("accounts/privacy/", views.mine, name="mine"),
    path("accounts/privacy/export/", views.export, name="export"),
    path("accounts/privacy/export/state/", views.export_state, name="export_state"),
    path("accounts/privacy/export/<int:pk>/", views.fetch, name="fetch"),
    path("accounts/privacy/delete/", views.delete, name="delete"),
    path("accounts/privacy/stay/", views.stay, name="stay"),
    path("accounts/privacy/keep/<str:token>/", views.keep, name="keep"),
]
