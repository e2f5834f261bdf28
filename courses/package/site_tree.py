"""The pages above all courses: made once, by the first import."""

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _
from wagtail.models import Site

from courses.models import CatalogPage, HomePage
from pages.models import BasePage


def catalogue() -> CatalogPage:
    """Return the catalogue page, made under a home page when the site is new."""
    found = CatalogPage.objects.first()
    if found:
        return found
    root = BasePage.objects.get(depth=1)
    home = HomePage.objects.first() or _home(root)
    page = CatalogPage(slug="courses", source_language=settings.LANGUAGE_CODE)
    _titles(page, "Courses")
    return home.add_child(instance=page)


def _home(root: BasePage) -> HomePage:
    home = HomePage(slug="site", source_language=settings.LANGUAGE_CODE)
    _titles(home, "Home")
    home = root.add_child(instance=home)
    Site.objects.update_or_create(
        is_default_site=True,
        defaults={"root_page": home, "hostname": "localhost", "site_name": settings.WAGTAIL_SITE_NAME},
    )
    # Wagtail's own migrations leave an empty welcome page
    for page in BasePage.objects.filter(depth=2).exclude(pk=home.pk):
        if page.slug == "home" and page.numchild == 0:
            page.delete()
    return home


def _titles(page: BasePage, name: str) -> None:
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            setattr(page, f"title_{language}", {"Courses": _("Courses"), "Home": _("Home")}[name])
