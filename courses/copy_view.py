"""The editor's form for copying a whole course; Wagtail's own copies pages and knows no courses."""

from typing import Any, cast

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from accounts.models import User

from . import copying
from .models import Course, CoursePage


class CopyCourseForm(forms.Form):
    """The code, title and address of the copy."""

    code = forms.CharField(
        label=gettext_lazy("Code"),
        max_length=30,
        help_text=gettext_lazy("It must differ from the code of every other course."),
    )
    title = forms.CharField(label=gettext_lazy("Title"), max_length=200)
    slug = forms.SlugField(label=gettext_lazy("Address"), max_length=255)

    def __init__(self, *args: Any, page: CoursePage, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.page = page

    def clean_code(self) -> str:
        code: str = self.cleaned_data["code"]
        if Course.objects.filter(code__iexact=code).exists():
            raise forms.ValidationError(_("Another course has this code."))
        return code

    def clean_slug(self) -> str:
        slug: str = self.cleaned_data["slug"]
        if self.page.get_siblings().filter(slug=slug).exists():
            raise forms.ValidationError(_("Another course has this address."))
        return slug


class CopyCourseView(WagtailAdminTemplateMixin, FormView):
    """Asks for code, title and address, and makes a draft copy of the whole course."""

    template_name = "wagtailadmin/generic/form.html"
    form_class = CopyCourseForm
    page_title = gettext_lazy("Copy the course")
    header_icon = "copy"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.page: CoursePage = get_object_or_404(
            CoursePage.objects.select_related("course"), pk=kwargs["page_id"]
        )
        if not self.page.permissions_for_user(request.user).can_copy():
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_page_subtitle(self) -> str:
        return str(self.page.get_admin_display_title())

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"page": self.page}

    def get_initial(self) -> dict[str, Any]:
        code = _("%(code)s-COPY") % {"code": self.page.course.code}
        title = getattr(self.page, f"title_{self.page.source_language}")
        return {"code": code, "title": title, "slug": slugify(f"{self.page.slug}-{code}")}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "action_url": self.request.path,
            "submit_button_label": _("Copy the course"),
            "submit_button_active_label": _("Copying…"),
        }

    def form_valid(self, form: CopyCourseForm) -> HttpResponse:
        copied = copying.copy_course(page=self.page, actor=cast(User, self.request.user), **form.cleaned_data)
        edit = reverse("wagtailadmin_pages:edit", args=[copied.pk])
        messages.success(
            self.request,
            _("The course was copied as a draft. Its quizzes draw from the same question bank."),
            buttons=[messages.button(edit, _("Edit"))],
        )
        return redirect("wagtailadmin_explore", copied.pk)
