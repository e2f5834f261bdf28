"""The site's addresses with those of assessments, so that these tests need no other app's."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

from portal.urls import *  # noqa: F403
from portal.urls import urlpatterns as site

urlpatterns = [
    *i18n_patterns(path("quiz/", include("assessments.urls"))),
    *site,
]
