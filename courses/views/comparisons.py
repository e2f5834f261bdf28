"""What people learnt between two tests, and how a cohort answered the variants of a vignette."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from django_countries import countries

from accounts.choices import Sex
from accounts.models import User
from assessments import reports, reports_gain, reports_variants
from assessments.choices import Figures
from courses import statistics
from courses.access import signed_in
from courses.models import Enrolment
from courses.statistics import EVERYBODY, Test
from courses.views.statistics import context_of, exports_of, without_figures
from translation.reading import read


@never_cache
@login_required
@require_safe
def gain(request: HttpRequest, key: UUID) -> HttpResponse:
    """Show the progress since the pre-test. For the course's trainers, staff, auditors, administrators."""
    test = statistics.test_seen_by(signed_in(request.user), key)
    if test.before is None:
        raise Http404
    context, groups = context_of(request, test, Figures.GAIN)
    context |= {"before_title": read(test.before, "title")}
    report = statistics.of_gain(test, groups, context["group"])
    if report is None or report.counted_at is None:
        return without_figures(request, context, report)
    context |= {
        "report": report,
        "counting": reports.is_under_way(report, timezone.now()),
        **exports_of("courses:figures_gain_file", test, request),
        "gain": reports_gain.shown(report.data["of_all"]),
        "objectives": reports_gain.rows(report.data["by_objective"]),
        "breakdowns": reports_gain.breakdowns(report.data, sex_named, country_named),
    }
    return render(request, "courses/statistics/gain.html", context)


@never_cache
@login_required
@require_safe
def vignettes(request: HttpRequest, key: UUID) -> HttpResponse:
    """Show how a cohort answered the variants of vignettes, once each arm has ten people.

    For the course's trainers, staff, auditors and administrators, who choose a cohort; and for the
    people of a cohort, who see their own once they have handed the test in.
    """
    person, test = signed_in(request.user), statistics.any_test(key)
    works = statistics.works_with(person, test.course)
    group = request.GET.get("group", EVERYBODY) if works else _own_group(person, test)
    context, groups = context_of(request, test, Figures.VIGNETTES, group)
    context["works"] = works
    if not works:
        context |= {"groups": [], "query": "", "base": "base.html"}
    # a cohort talks about itself: everybody together are no cohort
    context["groups"] = [one for one in context["groups"] if one["key"] != EVERYBODY]
    if group == EVERYBODY and context["groups"]:
        return redirect(f"{request.path}?{urlencode({'group': context['groups'][0]['key']})}")
    if group == EVERYBODY:
        return render(request, "courses/statistics/vignettes.html", context | {"choose": True})
    report = statistics.of_vignettes(test, groups, group)
    if report is None or report.counted_at is None:
        return without_figures(request, context, report)
    context |= {"report": report, "vignettes": reports_variants.shown(report.data["vignettes"])}
    return render(request, "courses/statistics/vignettes.html", context)


def sex_named(code: str) -> str:
    """Return what a sex is called; for those who did not say, that."""
    return str(dict(Sex.choices).get(code) or _("Not stated"))


def country_named(code: str) -> str:
    """Return what a country is called; for those who did not say, that."""
    return str(dict(countries).get(code) or _("Not stated"))


def _own_group(person: User, test: Test) -> str:
    """The cohort of a learner who has handed the test in; raises Http404 for everybody else."""
    handed_in = reports.marked(test.key).filter(person=person).exists()
    own: Any = Enrolment.objects.current().filter(person=person, course=test.course)
    cohort = own.values_list("cohort__key", flat=True).first() if handed_in else None
    if cohort is None:
        raise Http404
    return str(cohort)
