"""Addresses of the question bank, under <language>/bank/."""

from django.urls import path

from assessments.views import authoring, bank, bulk

app_name = "bank"

urlpatterns = [
    path("", bank.listing, name="list"),
    path("change/", bulk.bulk_edit, name="bulk"),
    path("new/", authoring.kinds, name="kinds"),
    path("new/<str:kind>/", authoring.new, name="new"),
    path("<uuid:key>/", bank.question, name="question"),
    path("<uuid:key>/edit/", authoring.edit, name="edit"),
    path("<uuid:key>/versions/", bank.versions, name="versions"),
    path("<uuid:key>/comment/", bank.comment, name="comment"),
    path("comments/<int:pk>/settle/", bank.settle, name="settle"),
]
