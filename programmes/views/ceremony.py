"""The ceremony of a cohort: the order, what is made of its certificates, and how far that has come."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts import audit
from certificates import runs, runs_files
from certificates.choices import LineState, RunKind
from certificates.models import Run
from courses.choices import CeremonyOrder
from courses.models import Cohort
from programmes import access, ceremony
from programmes.access import StaffRequest, done_by_staff
from programmes.ceremony_forms import OrderForm, RunForm

SECONDS = 4  # after which the page of a run that is under way is looked at again
RUNS_SHOWN = 20


@done_by_staff
def prepare(request: StaffRequest, key: UUID) -> HttpResponse:
    """Set the order of a ceremony, and ask for the files. For programme staff and administrators."""
    cohort = access.cohort_of(key)
    kept = ceremony.settings_of(cohort)
    guests = ceremony.guests(cohort, kept)
    standing = [one for one in guests if one.certificate is not None]
    act = request.POST.get("act")
    order = OrderForm(request.POST if act == "order" else None, guests=standing, order=kept.order)
    asked = RunForm(request.POST if act == "run" else None, languages=cohort.course.languages)
    if act == "order" and order.is_valid():
        chosen = CeremonyOrder(order.cleaned_data["order"])
        ceremony.set_order(cohort=cohort, order=chosen, places=order.places, actor=request.user)
        messages.success(request, _("The order was saved."))
        return redirect("programmes:ceremony", cohort.key)
    if act == "run" and asked.is_valid():
        if asked.cleaned_data["kind"] == RunKind.MAIL and "sure" not in request.POST:
            context = {"cohort": cohort, "asked": asked, "people": len(standing)}
            return render(request, "programmes/ceremony_mail.html", context)
        return _start(request, cohort, asked)
    return render(request, "programmes/ceremony.html", _context(cohort, guests, order, asked))


@done_by_staff
def run(request: StaffRequest, key: UUID) -> HttpResponse:
    """Show how far a run has come; POST stops it or carries it on. For programme staff and administrators."""
    found = access.run_of(key)
    if request.method == "POST":
        if request.POST.get("act") == "cancel":
            runs.cancel(run=found, actor=request.user)
        else:
            runs.again(run=found, actor=request.user)
        return redirect("programmes:run", found.key)
    cohort = Cohort.objects.filter(key=found.group_key).first()
    failed = found.lines.filter(state=LineState.FAILED).select_related("certificate").order_by("place")
    waits = found.is_under_way and not found.is_silent
    context = {
        "run": found,
        "cohort": cohort,
        "failed": failed.defer("certificate__statement"),
        "again": SECONDS if waits and "still" not in request.GET else 0,
        "waits": waits,
    }
    return render(request, "programmes/run.html", context)


@done_by_staff
@require_safe
def run_file(request: StaffRequest, key: UUID) -> HttpResponseBase:
    """Hand out the file of a run while it is kept. For programme staff and administrators."""
    found = access.run_of(key)
    if not found.file:
        raise Http404
    audit.record(actor=request.user, verb="run_downloaded", target=found)
    mime = "application/pdf" if found.kind == RunKind.PDF else "application/zip"
    name = runs_files.download_name(found)
    return FileResponse(found.file.open("rb"), as_attachment=True, filename=name, content_type=mime)


def _start(request: StaffRequest, cohort: Cohort, asked: RunForm) -> HttpResponse:
    try:
        made = ceremony.make(
            cohort=cohort,
            kind=RunKind(asked.cleaned_data["kind"]),
            language=asked.languages,
            attach=asked.cleaned_data["attach"],
            actor=request.user,
        )
    except ValueError:
        messages.warning(request, _("Nobody of this cohort has a certificate yet."))
        return redirect("programmes:ceremony", cohort.key)
    return redirect("programmes:run", made.key)


def _context(
    cohort: Cohort, guests: list[ceremony.Guest], order: OrderForm, asked: RunForm
) -> dict[str, Any]:
    rows = [(one, order[str(one.enrolment.key)]) for one in guests if one.certificate is not None]
    return {
        "cohort": cohort,
        "rows": rows,
        "others": [one for one in guests if one.certificate is None],
        "order": order,
        "asked": asked,
        "unconfirmed": sum("unconfirmed" in one.warnings for one in guests),
        "letters": sum("letters" in one.warnings for one in guests),
        "another_name": sum("another_name" in one.warnings for one in guests),
        "runs": Run.objects.filter(group_key=cohort.key).counted()[:RUNS_SHOWN],
    }
