"""Addresses of certificates, below the language."""

from django.urls import path

from certificates import credential_views, views

app_name = "certificates"
urlpatterns = [
    path("verify/", views.verify, name="verify"),
    path("verify/<str:number>/", views.verify_number, name="verify_number"),
    path("certificates/<str:number>/", views.certificate, name="certificate"),
    path("certificates/<str:number>/pdf/<str:language>/", views.pdf, name="pdf"),
    path(
        "certificates/<str:number>/credential/<str:language>.json",
        credential_views.download,
        {"form": "json"},
        name="credential",
    ),
    path(
        "certificates/<str:number>/credential/<str:language>.jwt",
        credential_views.download,
        {"form": "jwt"},
        name="credential_token",
    ),
]
