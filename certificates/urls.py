"""Addresses of certificates, below the language."""

from django.urls import path, re_path

from certificates import credential_views, holder_views, public_views, views

app_name = "certificates"
urlpatterns = [
    path("verify/", public_views.verify, name="verify"),
    path("verify/file/", public_views.verify_file, name="verify_file"),
    # without a full stop, so that /verify/<number>.json is never taken for a page that lacks its language
    re_path(r"^verify/(?P<number>[^/.]+)/$", public_views.verify_number, name="verify_number"),
    path("certificates/transcript/", holder_views.request_transcript, name="request_transcript"),
    path("certificates/<str:number>/", views.certificate, name="certificate"),
    path("certificates/<str:number>/pdf/", holder_views.two_languages, name="two_languages"),
    path("certificates/<str:number>/pdf/<str:language>/", views.pdf, name="pdf"),
    path("certificates/<str:number>/pictures/<str:slot>.png", holder_views.picture, name="picture"),
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
