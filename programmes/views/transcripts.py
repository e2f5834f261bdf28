"""A transcript for a learner."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from certificates import transcripts
from programmes import access
from programmes.access import StaffRequest, done_by_staff


@done_by_staff
def issue(request: StaffRequest, key: UUID) -> HttpResponse:
    """Issue a transcript of all training of a learner. For programme staff and administrators."""
    person = access.learner_of(key)
    if request.method != "POST":
        context = {"person": person, "count": len(transcripts.trainings_of(person))}
        return render(request, "programmes/transcript.html", context)
    try:
        transcript = transcripts.request(person=person, actor=request.user)
    except transcripts.NothingToList:
        messages.warning(request, _("There is no certificate yet that a transcript could list."))
    else:
        words = _("The transcript %(number)s lists what stands today.")
        messages.success(request, words % {"number": transcript.number})
    return redirect("programmes:learner", person.key)
