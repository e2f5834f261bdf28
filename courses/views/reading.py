"""The button by which a reader chooses text only, or leaves it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from courses import reading_mode


@require_POST
def text_only(request: HttpRequest) -> HttpResponse:
    """Keep the choice, for anybody, and go back to the page on which it was made."""
    back = request.POST.get("next", "")
    here = {request.get_host()}
    if not url_has_allowed_host_and_scheme(back, allowed_hosts=here, require_https=request.is_secure()):
        back = "display"
    return reading_mode.remember(redirect(back), text_only=request.POST.get("text_only") == "on")
