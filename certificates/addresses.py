"""Addresses for programs, without a language: signed files point at them, so they never change."""

from django.urls import path

from certificates import credential_views

app_name = "certificates_published"
urlpatterns = [
    path(".well-known/did.json", credential_views.did_document, name="did"),
    path("credentials/status/<int:number>.json", credential_views.status, {"form": "json"}, name="status"),
    path(
        "credentials/status/<int:number>.jwt", credential_views.status, {"form": "jwt"}, name="status_token"
    ),
]
