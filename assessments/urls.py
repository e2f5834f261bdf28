"""Addresses of assessments, under <language>/quiz/."""

from django.urls import path

from assessments.views import (
    answering,
    autosaving,
    calibration,
    files,
    kept_answers,
    marking,
    media,
    regrade,
    results,
)

app_name = "assessments"

urlpatterns = [
    path("marking/", marking.queue, name="marking"),
    path("marking/<uuid:key>/take/", marking.take, name="take"),
    path("marking/<uuid:key>/<int:slot>/", marking.mark, name="mark"),
    path("marking/<uuid:key>/<int:slot>/back/", marking.put_back, name="put_back"),
    path("marking/<uuid:key>/<int:slot>/files/<uuid:file>/", marking.answer_file, name="answer_file"),
    path("regrades/", regrade.index, name="regrades"),
    path("regrades/quiz/<uuid:quiz>/", regrade.new, name="regrade_new"),
    path("regrades/<uuid:key>/", regrade.show, name="regrade"),
    path("media/<int:version>/<str:name>", media.of_version, name="media"),
    path("<uuid:key>/", answering.resume, name="resume"),
    path("<uuid:key>/<int:slot>/", answering.question, name="attempt"),
    path("<uuid:key>/autosave/", autosaving.autosave, name="autosave"),
    path("<uuid:key>/sheets/", answering.sheets, name="sheets"),
    path("<uuid:key>/review/", answering.review, name="review"),
    path("<uuid:key>/answers/", kept_answers.hand_over, name="kept_answers"),
    path("<uuid:key>/submit/", answering.submit, name="submit"),
    path("<uuid:key>/result/", results.result, name="result"),
    path("<uuid:key>/<int:slot>/files/<str:sha256>/", files.own_file, name="own_file"),
    path("certainty/", calibration.show, name="calibration"),
]
