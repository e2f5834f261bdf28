"""Is your name spelt right? The name as it will be printed, to be confirmed or corrected by its bearer."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from accounts.models import User
from certificates import drawings
from certificates.models import Certificate
from certificates.pdf import lettering, uncovered
from courses import access, names
from courses.models import NameCheck
from courses.name_forms import NameForm


@login_required
@never_cache
def name(request: HttpRequest, key: UUID) -> HttpResponse:
    """Show one's own name as it will be printed; POST confirms or corrects it. For who was asked."""
    person = access.signed_in(request.user)
    check = NameCheck.objects.filter(person=person, proof__key=key).select_related("proof__cohort").first()
    if check is None:
        raise Http404
    bound = request.POST if request.method == "POST" and check.proof.is_open else None
    form = NameForm(bound, person=person)
    if bound is not None and form.is_valid():
        names.confirm(check=check, **form.cleaned_data)
        messages.success(request, _("Thank you. Your name will be printed as you see it here."))
        return redirect("courses:name", key)
    context = {
        "check": check,
        "confirmed": check.holds_for(person),
        "form": form,
        "printed": _printed(person),
        "missing": "".join(sorted(uncovered(person.name))),
        "older": [one for one in Certificate.objects.of(person) if one.name != person.name],
    }
    return render(request, "courses/name.html", context)


def _printed(person: User) -> list[SafeString]:
    """The lines of a certificate that name its holder, drawn."""
    lines = drawings.lines_of_name(person.name, person.name_latin)
    drawn = (lettering.svg(one, language=person.language) for one in lines if one and not uncovered(one))
    return [mark_safe(one) for one in drawn]  # noqa: S308 - the name is in an attribute, quoted
