"""What courses add to the content editor: the term, files in parts, copies, and ways to the staff area."""

from collections.abc import Iterator
from typing import Any, cast

import wagtail.admin.rich_text.editors.draftail.features as draftail_features
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import NoReverseMatch, URLPattern, path, reverse, reverse_lazy
from django.utils.functional import lazy
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets.button import Button

from accounts.models import User
from accounts.roles import STAFF, Role, has_role
from pages.models import BasePage
from translation.reading import base_language

from . import copying, media, richtext, rights, snippets
from .choosers import question_chooser, term_chooser
from .copy_view import CopyCourseView
from .models import Course, CoursePage

__all__ = ["snippets"]  # registered by being imported


def _editor(request: HttpRequest) -> User:
    return cast(User, request.user)  # nobody reaches the editor unknown


@hooks.register("register_rich_text_features")
def term_feature(features: Any) -> None:
    """Offer “Term” in the rich text of lessons."""
    features.register_link_type(richtext.TermLinkHandler)
    features.register_editor_plugin(
        "draftail",
        "term",
        draftail_features.EntityFeature(
            {
                "type": richtext.TERM,
                "icon": "help",
                "description": gettext_lazy("Term of the glossary"),
                "chooserUrls": {"termChooser": reverse_lazy("term_chooser:choose")},
            },
            js=["wagtailadmin/js/chooser-modal.js", "js/term-editor.js"],
        ),
    )
    features.register_converter_rule("contentstate", "term", richtext.TERM_CONVERSION)


@hooks.register("register_admin_viewset")
def choosers() -> list[Any]:
    """Mount the windows in which terms and questions are chosen."""
    return [term_chooser, question_chooser]


@hooks.register("before_serve_document")
def serve_in_parts(document: Any, request: HttpRequest) -> HttpResponse | None:
    """Let a reader seek in a video and start it before it has come whole."""
    return media.serve_part(document, request)


@hooks.register("register_admin_urls")
def copy_address() -> list[URLPattern]:
    """Mount the form that copies a course."""
    return [path("courses/<int:page_id>/copy/", CopyCourseView.as_view(), name="copy_course")]


@hooks.register("before_copy_page")
def copy_whole_course(request: HttpRequest, page: BasePage) -> HttpResponse | None:
    """Lead from Wagtail's form to ours when a course is to be copied."""
    if page.specific_class is CoursePage:
        return redirect("copy_course", page.pk)
    return None


@hooks.register("after_copy_page")
def settle_copy(request: HttpRequest, page: BasePage, new_page: BasePage) -> None:
    """Finish a copied module, lesson or quiz."""
    copying.retitle(
        original=page,
        copied=new_page,
        title=request.POST["new_title"],
        screen=base_language(get_language()),
        actor=_editor(request),
    )
    copying.settle(original=page, copied=new_page, actor=_editor(request))


@hooks.register("after_create_snippet")
@hooks.register("after_edit_snippet")
def trainers_chosen(request: HttpRequest, instance: Any) -> None:
    """Give the trainers ticked at a course their rights."""
    if isinstance(instance, Course):
        rights.apply_trainers(course=instance, actor=_editor(request))


@hooks.register("after_create_page")
def course_page_made(request: HttpRequest, page: BasePage) -> None:
    """Give a new course page to the trainers of its course."""
    if isinstance(page, CoursePage):
        rights.apply_trainers(course=page.course, actor=_editor(request))


def staff_address() -> str:
    """Return the address of the staff area; empty while it is not mounted."""
    for name in ("programmes:index", "programmes:cohorts"):
        try:
            return reverse(name)
        except NoReverseMatch:
            continue
    return ""


class StaffAreaMenuItem(MenuItem):
    """The way from the editor to the staff area, for those who may go there."""

    def is_shown(self, request: HttpRequest) -> bool:
        return bool(staff_address()) and has_role(request.user, *STAFF)


@hooks.register("register_admin_menu_item")
def staff_area() -> MenuItem:
    """Add the staff area to the menu."""
    return StaffAreaMenuItem(
        gettext_lazy("Staff area"),
        lazy(staff_address, str)(),
        name="staff-area",
        icon_name="group",
        order=900,
    )


class DesignsMenuItem(MenuItem):
    """The way for trainers, who have no other in the staff area, to how their certificates come out."""

    def is_shown(self, request: HttpRequest) -> bool:
        return has_role(request.user, Role.TRAINER) and not has_role(request.user, *STAFF)


@hooks.register("register_admin_menu_item")
def designs() -> MenuItem:
    """Add the certificate designs to the menu."""
    address = lazy(lambda: reverse("programmes:designs"), str)()
    return DesignsMenuItem(
        gettext_lazy("Certificate designs"),
        address,
        name="certificate-designs",
        icon_name="doc-full",
        order=610,
    )


@hooks.register("register_page_header_buttons")
def readers_view(page: BasePage, user: Any, view_name: str, next_url: str | None = None) -> Iterator[Button]:
    """Add “As readers see it” to the menu of a live page of a course."""
    if page.live and page.depth > 3 and (address := page.specific_deferred.get_url()):
        yield Button(_("As readers see it"), url=address, icon_name="view", priority=12)
