"""Pages of a course as editors and readers reach them: previews in every language, our own addresses."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import NoReverseMatch, reverse
from django.utils import translation

from translation.reading import language_name


class CourseTreePage:
    """Mixed into every page of the tree: drawn by our views, previewed in any language.

    `preview_template` is drawn for previews alone; readers get their page from courses.views.
    """

    preview_template: str
    source_language: str
    url_path: str

    @property
    def preview_modes(self) -> list[tuple[str, str]]:
        """Every language, the source first."""
        codes = [code for code, _name in settings.LANGUAGES if code != self.source_language]
        return [(code, language_name(code)) for code in (self.source_language, *codes)]

    @property
    def default_preview_mode(self) -> str:
        return self.source_language

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        """Draw the page, as it stands in the editor, in the language `mode_name`."""
        language = mode_name or self.source_language
        with translation.override(language):
            context = {"page": self, "language": language, **self.preview_context(language)}
            return TemplateResponse(request, self.preview_template, context).render()

    def preview_context(self, language: str) -> dict[str, Any]:
        """Return what the preview template needs beside the page."""
        return {}

    def learner_path(self) -> str:
        """Return the address at which readers find the page, in the active language.

        Raises NoReverseMatch where the learner pages are not mounted.
        """
        # /site/catalogue/course/module/lesson/: the first two are the pages above all courses
        names = self.url_path.strip("/").split("/")[2:]
        match len(names):
            case 1:
                return reverse("courses:course", args=names)
            case 2:
                return reverse("courses:part", args=names)
            case 3:
                return reverse("courses:item", args=names)
        return reverse("courses:catalogue")

    def get_url_parts(self, request: HttpRequest | None = None) -> tuple[int, str | None, str | None] | None:
        """Return Wagtail's (site, root address, path) with the path of our own views."""
        sites = self._get_relevant_site_root_paths(request)  # type: ignore[attr-defined]
        if not sites:
            return None
        site_id, _root_path, root_url, _language = sites[0]
        try:
            return site_id, root_url, self.learner_path()
        except NoReverseMatch:
            return site_id, None, None
