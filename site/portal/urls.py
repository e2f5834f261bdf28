"""All addresses. Learner and staff pages begin with the language; the editor is under /cms/."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from accounts.views import editor
from portal import media, views

handler400 = "portal.errors.bad_request"
handler403 = "portal.errors.forbidden"
handler404 = "portal.errors.not_found"
handler500 = "portal.errors.server_error"

urlpatterns = [
    path("healthz", views.alive, name="alive"),
    path("readyz", views.ready, name="ready"),
    # before Wagtail's own pages, which ask for names and passwords of another kind
    path("cms/login/", editor.sign_in),
    path("cms/account/", editor.preferences),
    path("cms/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path("", include("certificates.addresses")),
]
urlpatterns += i18n_patterns(
    path("", views.home, name="home"),
    path("help/", views.help_page, name="help"),
    path("accessibility/", views.accessibility, name="accessibility"),
    path("privacy/", views.privacy, name="privacy"),
    path("display/", views.display, name="display"),
    path("styleguide/", views.styleguide, name="styleguide"),
    path("account/", include("allauth.account.urls")),
    path("quiz/", include("assessments.urls")),
    path("bank/", include("assessments.bank_urls")),
    path("", include("certificates.urls")),
    path("", include("courses.urls")),
    path("people/", include("accounts.urls")),
    path("staff/", include("programmes.urls")),
)
if not settings.MEDIA_BUCKET:
    urlpatterns.append(path("media/images/<path:name>", media.picture, name="picture"))
