"""Addresses of the question bank, under <language>/bank/."""

from django.urls import path

from assessments.views import authoring, bank, bank_translation, bulk, exchange, exporting, law, variants

app_name = "bank"

urlpatterns = [
    path("", bank.listing, name="list"),
    path("change/", bulk.bulk_edit, name="bulk"),
    path("duplicates/", bulk.duplicates, name="duplicates"),
    path("new/", authoring.kinds, name="kinds"),
    path("new/<str:kind>/", authoring.new, name="new"),
    path("import/", exchange.start, name="import"),
    path("import/<uuid:key>/", exchange.one, name="import_one"),
    path("import/<uuid:key>/<int:place>/<str:name>", exchange.picture, name="import_media"),
    path("export/", exporting.export, name="export"),
    path("export/file/", exporting.export_file, name="export_file"),
    path("translate/<str:language>/", bank_translation.following, name="translate_next"),
    path("template/", exporting.template, name="template"),
    path("<uuid:key>/", bank.question, name="question"),
    path("<uuid:key>/edit/", authoring.edit, name="edit"),
    path("<uuid:key>/law/", law.new, name="law_new"),
    path("<uuid:key>/law/<str:code>/", law.edit, name="law"),
    path("<uuid:key>/variants/", variants.one, name="variants"),
    path("<uuid:key>/versions/", bank.versions, name="versions"),
    path("<uuid:key>/translate/<str:language>/", bank_translation.translate, name="translate"),
    path("<uuid:key>/comment/", bank.comment, name="comment"),
    path("comments/<int:pk>/settle/", bank.settle, name="settle"),
]
