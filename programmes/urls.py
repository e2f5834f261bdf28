"""Addresses of the staff area, below the language and /staff/."""

from django.urls import path, register_converter

from programmes.views import (
    applications,
    ceremony,
    certificates,
    changes,
    cohorts,
    designs,
    exams,
    exports,
    learners,
    names,
    syllabuses,
    transcripts,
)

app_name = "programmes"


class ExportKind:
    """The kinds of files in which a list can be had."""

    regex = "csv|xlsx"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(ExportKind, "export_kind")

urlpatterns = [
    path("", cohorts.index, name="index"),
    path("cohorts/", cohorts.cohort_list, name="cohorts"),
    path("cohorts/new/", cohorts.new, name="cohort_new"),
    path("cohorts/<uuid:key>/", cohorts.cohort, name="cohort"),
    path("cohorts/<uuid:key>/edit/", cohorts.edit, name="cohort_edit"),
    path("cohorts/<uuid:key>/syllabus/", syllabuses.syllabus, name="cohort_syllabus"),
    path("cohorts/<uuid:key>/enrol/", learners.enrol, name="enrol"),
    path("cohorts/<uuid:key>/learners.<export_kind:kind>", exports.of_cohort, name="cohort_export"),
    path("cohorts/<uuid:key>/ceremony/", ceremony.prepare, name="ceremony"),
    path("cohorts/<uuid:key>/names/", names.proof, name="names"),
    path("cohorts/<uuid:key>/names/list/", names.name_list, name="names_list"),
    path("runs/<uuid:key>/", ceremony.run, name="run"),
    path("runs/<uuid:key>/file/", ceremony.run_file, name="run_file"),
    path("learners/", learners.learner_list, name="learners"),
    path("learners.<export_kind:kind>", exports.of_all, name="export"),
    path("learners/<uuid:key>/", learners.learner, name="learner"),
    path("learners/<uuid:key>/extra-time/", changes.extra_time, name="extra_time"),
    path("learners/<uuid:key>/transcript/", transcripts.issue, name="transcript"),
    path("enrolments/change/", changes.change, name="change"),
    path("enrolments/<uuid:key>/quizzes/<uuid:quiz>/attempts/", changes.attempts, name="attempts"),
    path("enrolments/<uuid:key>/certificate/", certificates.issue, name="issue"),
    path("enrolments/<uuid:key>/renew/", certificates.renew, name="renew"),
    path("certificates/", certificates.certificate_list, name="certificates"),
    path("certificates.<export_kind:kind>", exports.of_register, name="certificates_export"),
    path("certificates/<str:number>/", certificates.certificate, name="certificate"),
    path("certificates/<str:number>/name/", certificates.correct_name, name="correct_name"),
    path("certificates/<str:number>/again/", certificates.renew_again, name="renew_again"),
    path("certificates/<str:number>/withdraw/", certificates.revoke, name="revoke"),
    path("exams/", exams.index, name="exams"),
    path("exams/late/", exams.late_answers, name="late_answers"),
    path("exams/late/<int:pk>/", exams.late_answer, name="late_answer"),
    path("exams/<uuid:quiz>/", exams.desk, name="exam"),
    path("exams/<uuid:quiz>/marking/", exams.marking, name="exam_marking"),
    path("exams/<uuid:quiz>/exceptions/", exams.exception_new, name="exam_exception"),
    path("exams/exceptions/<uuid:key>/withdraw/", exams.exception_withdraw, name="exam_exception_withdraw"),
    path("exams/<uuid:quiz>/rooms/", exams.room_new, name="room_new"),
    path("exams/rooms/<uuid:key>/", exams.room_sheet, name="room_sheet"),
    path("exams/rooms/<uuid:key>/withdraw/", exams.room_withdraw, name="room_withdraw"),
    path("designs/", designs.design_list, name="designs"),
    path("designs/new/", designs.new, name="design_new"),
    path("designs/<uuid:key>/", designs.design, name="design"),
    path("designs/<uuid:key>/edit/", designs.edit, name="design_edit"),
    path("designs/<uuid:key>/remove/", designs.remove, name="design_remove"),
    path(
        "designs/<uuid:key>/samples/<str:kind>/<str:language>.pdf", designs.sample_pdf, name="design_sample"
    ),
    path("designs/<uuid:key>/pictures/<str:slot>.png", designs.design_picture, name="design_picture"),
    path("applications/", applications.application_list, name="applications"),
    path("applications/<uuid:key>/", applications.application, name="application"),
    path("applications/<uuid:key>/approve/", applications.approve, name="approve"),
    path("applications/<uuid:key>/decline/", applications.decline, name="decline"),
    path("requests/<uuid:key>/approve/", applications.approve_request, name="approve_request"),
    path("requests/<uuid:key>/decline/", applications.decline_request, name="decline_request"),
]
