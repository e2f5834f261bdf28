"""Pages about oneself and of joining; signing in, passwords and addresses are allauth's."""

from django.urls import path

from .views import applications, invitations, outbox, profile

app_name = "accounts"
urlpatterns = [
    path("profile/", profile.profile, name="profile"),
    path("invitation/<str:token>/", invitations.invitation, name="invitation"),
    path("apply/", applications.apply, name="apply"),
    path("apply/received/", applications.applied, name="applied"),
    path("apply/confirm/<str:token>/", applications.confirm, name="confirm_application"),
    path("outbox/", outbox.outbox, name="outbox"),
    path("outbox/<slug:key>/", outbox.letter, name="letter"),
    path("outbox/<slug:key>/html/", outbox.letter_html, name="letter_html"),
]
