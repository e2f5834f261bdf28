"""Addresses of learners, below the language: /es/courses/<course>/<module>/<lesson or quiz>/."""

from django.urls import path

from courses.views import (
    catalogue,
    course,
    handbooks,
    item,
    joining,
    law_across,
    learning,
    names,
    notes,
    reading,
    renewing,
)

app_name = "courses"
urlpatterns = [
    path("courses/", catalogue.catalogue, name="catalogue"),
    path("courses/<slug:course>/", course.course, name="course"),
    path("courses/<slug:course>/<slug:part>/", item.part, name="part"),
    path("courses/<slug:course>/<slug:module>/<slug:item>/", item.item, name="item"),
    path("law/compare/", law_across.compare, name="compare_law"),
    path("law/compare/comparison.csv", law_across.as_file, name="compare_law_file"),
    path("handbooks/<slug:course>/", handbooks.handbook, name="handbook"),
    path("handbooks/<slug:course>/<uuid:key>/", handbooks.handbook_file, name="handbook_file"),
    path("my-learning/", learning.my_learning, name="my_learning"),
    path("my-learning/join/<uuid:key>/", joining.join, name="join"),
    path("my-learning/renew/<uuid:key>/", renewing.renew, name="renew"),
    path("my-learning/name/<uuid:key>/", names.name, name="name"),
    path("my-learning/note/", notes.save_note, name="save_note"),
    path("text-only/", reading.text_only, name="text_only"),
]
