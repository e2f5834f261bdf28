"""Joining a course."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import translation
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from courses import access, enrolment
from courses.choices import EnrolmentStatus
from courses.forms import JoinForm


@require_POST
def join(request: HttpRequest, key: UUID) -> HttpResponse:
    """Enrol the reader, or send their application; the course opens in the language they chose."""
    course = access.course_of(key)
    page_url = redirect("courses:course", course.page.slug)
    if not request.user.is_authenticated:
        return redirect_to_login(page_url.url)
    form = JoinForm(request.POST, course=course, reading_in=get_language() or "")
    if not form.is_valid():
        messages.error(request, _("Choose one of the languages of the course."))
        return page_url
    language = form.cleaned_data["language"]
    try:
        made = enrolment.begin(person=request.user, course=course, language=language)
    except enrolment.NotOpen:
        messages.error(request, _("This course takes people by invitation."))
        return page_url
    with translation.override(language):
        if made.status == EnrolmentStatus.APPLIED:
            messages.success(request, _("Your application has been sent to the course team."))
        else:
            messages.success(request, _("You are enrolled."))
        return redirect("courses:course", course.page.slug)
