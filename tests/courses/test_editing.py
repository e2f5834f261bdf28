"""The editor: one language at a time, the plain column always the source, trainers on their courses only."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import translation
from wagtail.images import get_image_model
from wagtail.models import Collection
from wagtail.permissions import policy_registry
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from accounts.models import AuditEntry, User
from courses import rights
from courses.models import (
    CatalogPage,
    Course,
    CoursePage,
    GlossaryTerm,
    HomePage,
    LegalProvision,
    LessonPage,
    ModulePage,
    QuizPage,
)

pytestmark = pytest.mark.django_db
LANGUAGES = [code for code, _name in settings.LANGUAGES]


@pytest.fixture
def author(browse: Callable[[User | None], Client], trainer: User, built: Any) -> Client:
    """The trainer of the course, signed in."""
    rights.ensure_permissions()
    rights.give_course(trainer=trainer, course=built.course)
    return browse(trainer)


def edit_url(page: Any) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def lesson_form(lesson: LessonPage, **changed: Any) -> dict[str, str]:
    data = {
        "title_es": "Lección 1",
        "slug": lesson.slug,
        "lede_es": "",
        "minutes": "15",
        "required": "on",
        "search_description_es": "",
        "body_es": streamfield(
            [("rich_text", {"text": rich_text("<p>Nuevo texto.</p>", features=["bold"])})]
        ),
        "comments": inline_formset([]),
    }
    return nested_form_data(data | changed)


def test_pages_are_made_where_they_belong_and_nowhere_else() -> None:
    assert CatalogPage.allowed_subpage_models() == [CoursePage]
    assert set(CoursePage.allowed_subpage_models()) == {ModulePage, QuizPage}
    assert set(ModulePage.allowed_subpage_models()) == {LessonPage, QuizPage}
    assert LessonPage.allowed_subpage_models() == []
    assert LessonPage.allowed_parent_page_models() == [ModulePage]
    assert set(QuizPage.allowed_parent_page_models()) == {ModulePage, CoursePage}


@pytest.mark.parametrize("language", LANGUAGES)
def test_saving_under_any_language_keeps_the_plain_column_the_source(built: Any, language: str) -> None:
    lesson = built.lessons[0]
    with translation.override(language):
        lesson.title_es = "Nuevo título"
        lesson.save()
        lesson.save_revision().publish()
    with translation.override("es"):
        row = (
            LessonPage.objects.rewrite(False)
            .filter(pk=lesson.pk)
            .values("title", "draft_title", "title_en")[0]
        )
    assert row == {"title": "Nuevo título", "draft_title": "Nuevo título", "title_en": "Lesson 1"}
    stored = LessonPage.objects.rewrite(False).get(pk=lesson.pk)
    assert stored.body_en[0].value["text"].source == "<p>Text of lesson 1.</p>"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_form_saved_under_any_screen_language_changes_the_source_alone(
    author: Client, built: Any, trainer: User, language: str
) -> None:
    from wagtail.users.models import UserProfile

    UserProfile.objects.update_or_create(user=trainer, defaults={"preferred_language": language})
    lesson = built.lessons[0]
    response = author.post(edit_url(lesson), lesson_form(lesson, title_es="Título nuevo"))
    assert response.status_code == 302
    draft = LessonPage.objects.get(pk=lesson.pk).get_latest_revision_as_object()
    assert draft.title_es == "Título nuevo"
    assert draft.title_en == "Lesson 1"
    assert "Nuevo texto." in draft.body_es[0].value["text"].source
    assert draft.body_en[0].value["text"].source == "<p>Text of lesson 1.</p>"


@pytest.mark.parametrize("model", ["page", "modules", "lessons", "quizzes"])
def test_every_page_is_editable_and_its_form_holds_the_source_language_alone(
    author: Client, built: Any, model: str
) -> None:
    page = built.page if model == "page" else getattr(built, model)[0]
    response = author.get(edit_url(page))
    assert response.status_code == 200
    form = response.context["form"]
    assert "title_es" in form.fields
    assert not {f"title_{code}" for code in LANGUAGES if code != "es"} & set(form.fields)
    assert "title" not in form.fields
    assert form.fields["title_es"].required
    assert 'name="title_es"' in response.content.decode()
    assert 'name="title_en"' not in response.content.decode()


def test_a_new_page_is_written_in_the_language_of_the_page_above_it(author: Client, built: Any) -> None:
    module = built.modules[0]
    address = reverse("wagtailadmin_pages:add", args=["courses", "lessonpage", module.pk])
    assert "title_es" in author.get(address).context["form"].fields
    new = LessonPage(slug="nueva")
    response = author.post(address, lesson_form(new, title_es="Lección nueva"))
    assert response.status_code == 302
    made = LessonPage.objects.get(slug="nueva")
    assert made.source_language == "es"
    assert made.title_es == "Lección nueva"
    assert not made.live


def test_a_new_course_page_takes_the_language_of_its_course(
    browse: Callable[..., Client], administrator: User, catalogue_page: CatalogPage
) -> None:
    course = Course(code="NEW-1", source_language="es", title_es="Nuevo", hours="5")
    course.save()
    client = browse(administrator)
    address = reverse("wagtailadmin_pages:add", args=["courses", "coursepage", catalogue_page.pk])
    data = {
        "title_en": "Curso nuevo", "slug": "nuevo", "course": course.pk, "summary_en": "Resumen",
        "audience_en": "", "outcomes_en": "", "authors": "", "cover": "", "search_description_en": "",
        "roles": ["judge"], "comments": inline_formset([]),
    }  # fmt: skip
    response = client.post(address, nested_form_data(data) | {"roles": ["judge"]})
    assert response.status_code == 302
    page = CoursePage.objects.get(slug="nuevo")
    assert (page.source_language, page.title_es, page.title_en) == ("es", "Curso nuevo", None)
    assert page.summary_es == "Resumen"
    assert page.roles == ["judge"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("model", ["page", "modules", "lessons", "quizzes"])
def test_every_page_is_previewed_in_every_language(
    author: Client, built: Any, model: str, language: str
) -> None:
    page = built.page if model == "page" else getattr(built, model)[0]
    assert page.default_preview_mode == "es"
    address = reverse("wagtailadmin_pages:view_draft", args=[page.pk])
    response = author.get(f"{address}?mode={language}")
    html = response.content.decode()
    assert response.status_code == 200
    assert f'<html lang="{language}"' in html
    assert (page.title_en if language == "en" else page.title_es) in html


def test_a_trainer_edits_the_given_course_and_no_other(
    author: Client, built: Any, catalogue_page: CatalogPage, trainer: User
) -> None:
    other = Course(code="OTHER", source_language="en", title_en="Other", hours="1")
    other.save()
    page = catalogue_page.add_child(
        instance=CoursePage(course=other, slug="other", source_language="en", title_en="Other")
    )
    mine, theirs = built.page.permissions_for_user(trainer), page.permissions_for_user(trainer)
    assert mine.can_edit()
    assert mine.can_reorder_children()
    assert not mine.can_publish()
    assert not theirs.can_edit()
    assert not theirs.can_reorder_children()
    assert author.get(edit_url(built.lessons[0])).status_code == 200
    assert author.get(edit_url(page)).status_code == 302
    assert not catalogue_page.permissions_for_user(trainer).can_edit()


def test_a_course_taken_back_is_closed_again(author: Client, built: Any, trainer: User) -> None:
    rights.take_course(trainer=trainer, course=built.course)
    trainer = User.objects.get(pk=trainer.pk)
    assert not built.page.permissions_for_user(trainer).can_edit()
    verbs = set(AuditEntry.objects.filter(target_key=str(built.course.key)).values_list("verb", flat=True))
    assert {"course_given", "course_taken"} <= verbs


def test_only_a_trainer_is_given_a_course(built: Any, judge: User) -> None:
    with pytest.raises(ValueError, match="not a trainer"):
        rights.give_course(trainer=judge, course=built.course)


def test_a_trainer_changes_the_pictures_of_the_course_alone(
    author: Client, built: Any, trainer: User
) -> None:
    elsewhere = Collection.get_first_root_node().add_child(name="elsewhere")
    mine = Collection.objects.get(name=built.course.code)
    policy = policy_registry.get_by_type(get_image_model())
    person = User.objects.get(pk=trainer.pk)

    def may_change(collection: Collection) -> bool:
        picture = get_image_model()(collection=collection)
        return bool(policy.user_has_permission_for_instance(person, "change", picture))

    assert may_change(mine)
    assert not may_change(elsewhere)


def test_dragging_a_lesson_changes_the_order(author: Client, built: Any) -> None:
    first, second = built.lessons[:2]
    address = reverse("wagtailadmin_pages:set_page_position", args=[second.pk])
    response = author.post(f"{address}?position=0")
    assert response.status_code == 200
    children = [page.pk for page in built.modules[0].get_children()]
    assert children.index(second.pk) < children.index(first.pk)


def test_an_old_revision_never_brings_another_key_or_course(built: Any) -> None:
    lesson, other = built.lessons[:2]
    content = other.serializable_data()
    assert lesson.with_content_json(content).key == lesson.key
    assert (
        built.page.with_content_json(built.page.serializable_data() | {"course": None}).course == built.course
    )


def test_pages_know_the_address_at_which_readers_find_them(built: Any) -> None:
    with translation.override("es"):
        assert built.page.get_url() == f"/es/courses/{built.page.slug}/"
        assert built.lessons[0].get_url() == f"/es/courses/{built.page.slug}/module-1/lesson-1/"


def test_what_is_kept_beside_the_pages_is_written_in_its_source_language(
    browse: Callable[..., Client], administrator: User, catalogue_page: CatalogPage
) -> None:
    client = browse(administrator)
    address = reverse("wagtailsnippets_courses_glossaryterm:add")
    assert client.get(address).status_code == 200
    data = {
        "source_language": "es", "term_en": "Acogida", "definition_en": "Dar un lugar.",
        "source_en": "", "slug": "acogida", "course_code": "",
    }  # fmt: skip
    assert client.post(address, data).status_code == 302
    term = GlossaryTerm.objects.get(slug="acogida")
    assert (term.term_es, term.term_en) == ("Acogida", None)
    response = client.get(reverse("wagtailsnippets_courses_glossaryterm:edit", args=[term.pk]))
    assert set(response.context["form"].fields) >= {"term_es", "definition_es"}
    assert "term_en" not in response.context["form"].fields


def test_provisions_are_filtered_and_searched(
    browse: Callable[..., Client], administrator: User, catalogue_page: CatalogPage
) -> None:
    for country, shown in (("MX", True), ("BD", False)):
        LegalProvision.objects.create(
            jurisdiction=country, topic="definition", law_name_original=f"Law {country}",
            original_language="en", source_language="en", summary_en="Says so.", law_as_at="2024-01-01",
            certainty="known", published=shown, unpublished_reason="" if shown else "Not checked.",
        )  # fmt: skip
    client = browse(administrator)
    address = reverse("wagtailsnippets_courses_legalprovision:list")

    def listed(query: str) -> set[str]:
        response = client.get(f"{address}?{query}")
        assert response.status_code == 200
        return {row.jurisdiction.code for row in response.context["object_list"]}

    assert listed("") == {"MX", "BD"}
    assert listed("jurisdiction=MX") == {"MX"}
    assert listed("published=false") == {"BD"}
    assert listed("due=true") == {"MX", "BD"}
    assert listed("topic=penalty") == set()


@pytest.mark.parametrize(
    ("role", "may"),
    [
        ("trainer", {"glossaryterm": True, "legalprovision": False, "course": False}),
        ("legal_reviewer", {"glossaryterm": False, "legalprovision": True, "course": False}),
        ("translator", {"glossaryterm": False, "legalprovision": False, "course": False}),
        ("administrator", {"glossaryterm": True, "legalprovision": True, "course": True}),
    ],
)
def test_each_role_adds_only_what_is_its_own(
    request: Any, catalogue_page: CatalogPage, browse: Callable[..., Client], role: str, may: dict[str, bool]
) -> None:
    rights.ensure_permissions()
    client = browse(request.getfixturevalue(role))
    for model, allowed in may.items():
        response = client.get(reverse(f"wagtailsnippets_courses_{model}:add"))
        assert (response.status_code == 200) is allowed, model


def test_learners_do_not_reach_the_editor(
    browse: Callable[..., Client], judge: User, catalogue_page: CatalogPage
) -> None:
    assert browse(judge).get("/cms/").status_code == 302


def test_permissions_may_be_given_twice(catalogue_page: CatalogPage, trainer: User) -> None:
    rights.ensure_permissions()
    before = trainer.get_all_permissions()
    rights.ensure_permissions()
    assert User.objects.get(pk=trainer.pk).get_all_permissions() == before


def test_the_home_page_is_the_root_of_the_site(catalogue_page: CatalogPage) -> None:
    assert isinstance(catalogue_page.get_parent().specific, HomePage)


def test_a_question_is_chosen_by_its_words(author: Client, built: Any) -> None:
    response = author.get(reverse("question_chooser:choose"))
    assert response.status_code == 200
    assert "¿Qué elemento falta?" in response.json()["html"]
    chosen = author.get(reverse("question_chooser:chosen", args=[built.quizzes[0].slots.get().question_id]))
    assert chosen.json()["result"]["title"].startswith("¿Qué elemento falta?")


def test_a_term_is_chosen_with_its_slug(author: Client) -> None:
    term = GlossaryTerm.objects.create(
        slug="acogida", source_language="es", term_es="Acogida", definition_es="Dar un lugar."
    )
    chosen = author.get(reverse("term_chooser:chosen", args=[term.pk])).json()
    assert chosen["result"]["slug"] == "acogida"
    assert chosen["result"]["title"] == "Acogida"


def test_the_editors_own_scripts_carry_the_word_of_the_request_and_nothing_else_may_run(
    author: Client, built: Any
) -> None:
    response = author.get(edit_url(built.quizzes[0]))
    policy = response.headers["Content-Security-Policy"]
    word = re.search(r"script-src 'self' 'nonce-([^']+)'", policy)
    assert word
    assert "unsafe-inline" not in policy.split("style-src")[0]
    html = response.content.decode()
    inline = re.findall(r"<script(?![^>]*\b(?:src|type)=)([^>]*)>", html)
    assert inline
    assert {attributes.strip() for attributes in inline} == {f'nonce="{word[1]}"'}


def test_a_preview_may_be_framed_by_the_editor_alone(author: Client, built: Any) -> None:
    response = author.get(reverse("wagtailadmin_pages:view_draft", args=[built.lessons[0].pk]))
    policy = response.headers["Content-Security-Policy"]
    assert "frame-ancestors 'self'" in policy
    assert "unsafe-inline" not in policy
    assert response.headers["X-Frame-Options"] == "SAMEORIGIN"
