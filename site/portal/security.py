"""Security headers that Django's own middleware does not set, and the policy of the Wagtail admin."""

from collections.abc import Callable
from typing import cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.middleware.csp import get_nonce
from django.utils.csp import CSP

from portal import admin_scripts

PERMISSIONS_POLICY = "camera=(), geolocation=(), microphone=(), payment=(), usb=(), interest-cohort=()"
ADMIN_PREFIX = "/cms/"

# The narrowest policy under which Wagtail 8's admin works, tried in a browser: it sets inline styles
# from script and in its markup, previews pages in a frame of this site, and draws icons and crops from
# data and blob addresses. Inline script stays forbidden but for the scripts that Wagtail's widgets
# write, which carry a nonce (admin_scripts).
ADMIN_CSP: dict[str, list[str]] = {
    "default-src": [CSP.SELF],
    "script-src": [CSP.SELF, CSP.NONCE],
    "style-src": [CSP.SELF, CSP.UNSAFE_INLINE],
    "img-src": [CSP.SELF, "data:", "blob:"],
    "font-src": [CSP.SELF, "data:"],
    "media-src": [CSP.SELF],
    "connect-src": [CSP.SELF],
    "frame-src": [CSP.SELF],
    "form-action": [CSP.SELF],
    "base-uri": [CSP.NONE],
    "object-src": [CSP.NONE],
    "frame-ancestors": [CSP.SELF],
}


# A page previewed in the editor: as readers get it, but in a frame of the editor.
PREVIEW_CSP = {**cast("dict[str, list[CSP]]", settings.SECURE_CSP), "frame-ancestors": [CSP.SELF]}


class SecurityHeadersMiddleware:
    """Set Permissions-Policy everywhere, and the admin's own policy under its address alone."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        in_admin = request.path.startswith(ADMIN_PREFIX)
        # Wagtail draws a preview by a request of its own making, to the page's address
        in_preview = getattr(request, "is_dummy", False)
        token = admin_scripts.nonce.set(get_nonce(request) if in_admin else None)
        try:
            response = self.get_response(request)
        finally:
            admin_scripts.nonce.reset(token)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        if in_admin or in_preview:
            response._csp_config = PREVIEW_CSP if in_preview else ADMIN_CSP  # type: ignore[attr-defined]
            response.headers.setdefault("X-Frame-Options", "SAMEORIGIN")
        return response
