"""Addresses of learners, below the language: /es/courses/<course>/<module>/<lesson or quiz>/."""

from django.urls import path, register_converter

from courses.views import (
    catalogue,
    cited_law,
    comparisons,
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
    statistics,
    statistics_files,
)

app_name = "courses"


class TableKind:
    """The kinds of files in which a table of figures can be had."""

    regex = "csv|xlsx"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(TableKind, "table_kind")

urlpatterns = [
    path("courses/", catalogue.catalogue, name="catalogue"),
    path("courses/<slug:course>/", course.course, name="course"),
    path("courses/<slug:course>/<slug:part>/", item.part, name="part"),
    path("courses/<slug:course>/<slug:module>/<slug:item>/", item.item, name="item"),
    path("law/compare/", law_across.compare, name="compare_law"),
    path("law/compare/comparison.csv", law_across.as_file, name="compare_law_file"),
    path("law/questions/", cited_law.listing, name="cited_law"),
    path("law/questions/<uuid:key>/<uuid:provision>/", cited_law.checked, name="cited_law_checked"),
    path("handbooks/<slug:course>/", handbooks.handbook, name="handbook"),
    path("handbooks/<slug:course>/<uuid:key>/", handbooks.handbook_file, name="handbook_file"),
    path("my-learning/", learning.my_learning, name="my_learning"),
    path("my-learning/join/<uuid:key>/", joining.join, name="join"),
    path("my-learning/renew/<uuid:key>/", renewing.renew, name="renew"),
    path("my-learning/name/<uuid:key>/", names.name, name="name"),
    path("my-learning/note/", notes.save_note, name="save_note"),
    path("figures/courses/<uuid:key>/", statistics.tests, name="figures"),
    path("figures/<uuid:key>/", statistics.whole, name="figures_test"),
    path("figures/<uuid:key>/questions/<uuid:question>/", statistics.question, name="figures_question"),
    path("figures/<uuid:key>/progress/", comparisons.gain, name="figures_gain"),
    path("figures/<uuid:key>/vignettes/", comparisons.vignettes, name="figures_vignettes"),
    path(
        "figures/<uuid:key>/questions.<table_kind:kind>",
        statistics_files.questions,
        name="figures_questions_file",
    ),
    path(
        "figures/<uuid:key>/progress.<table_kind:kind>", statistics_files.progress, name="figures_gain_file"
    ),
    path("text-only/", reading.text_only, name="text_only"),
]
