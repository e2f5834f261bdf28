"""Addresses for programs, without a language: signed files point at them, so they never change."""

from django.urls import path

from certificates import credential_views, machine_views

app_name = "certificates_published"
urlpatterns = [
    path("verify/keys.json", machine_views.public_keys, name="keys"),
    path("verify/revocations.json", machine_views.revocation_list, name="revocations"),
    path("verify/checker.html", machine_views.offline_checker, name="checker"),
    path("verify/<str:number>.json", machine_views.certificate, name="certificate"),
    path(".well-known/did.json", credential_views.did_document, name="did"),
    path("credentials/status/<int:number>.json", credential_views.status, {"form": "json"}, name="status"),
    path(
        "credentials/status/<int:number>.jwt", credential_views.status, {"form": "jwt"}, name="status_token"
    ),
]
