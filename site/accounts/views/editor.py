"""The way into the content editor, and one's preferences there."""

from allauth.account.utils import get_next_redirect_url
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from wagtail.admin.auth import require_admin_access
from wagtail.admin.views.account import (
    AccountView,
    BaseSettingsPanel,
    LocaleSettingsPanel,
    NameEmailSettingsPanel,
)

from ..roles import OPEN_EDITOR


@never_cache
def sign_in(request: HttpRequest) -> HttpResponse:
    """Stand where Wagtail has its own sign-in page, and send people to ours.

    Who is signed in but may not open the editor is told so, instead of being sent round in a circle.
    """
    target = get_next_redirect_url(request) or "/cms/"
    if not request.user.is_authenticated:
        return redirect_to_login(target)
    if not request.user.has_perm(OPEN_EDITOR):
        raise PermissionDenied
    return redirect(target)


class Preferences(AccountView):
    """Wagtail's own page, without what people change in their profile: name, language, time zone."""

    elsewhere = (NameEmailSettingsPanel, LocaleSettingsPanel)

    def get_panels(self) -> list[BaseSettingsPanel]:
        panels = super().get_panels()
        return [panel for panel in panels if not isinstance(panel, self.elsewhere)]


preferences = require_admin_access(Preferences.as_view())
