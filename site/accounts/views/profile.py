"""The pages about oneself."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from ..forms.profile import ProfileForm


@never_cache
@login_required
def profile(request: HttpRequest) -> HttpResponse:
    """Show and change what one has told about oneself."""
    form = ProfileForm(request.POST or None, instance=request.user)
    if request.method != "POST" or not form.is_valid():
        # a refused form leaves its values on the person; the head of the page shows the stored ones
        return render(request, "account/profile.html", {"form": form})
    person = form.save()
    if "language" in form.changed_data:
        translation.activate(person.language)
    messages.success(request, _("Your profile is saved."))
    return redirect("accounts:profile")
