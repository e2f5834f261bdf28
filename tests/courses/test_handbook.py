"""What stands in a printed handbook: every block, the numbers of the page, law, answers, glossary."""

import io
import re
from typing import Any

import pypdf
import pytest
from bs4 import BeautifulSoup
from django.core.files.base import ContentFile
from django.utils import translation
from wagtail.images.models import Image

from certificates.pdf.book import Book, Drawn, render
from courses import rendering
from courses.blocks import LessonBlocks
from courses.handbook.composing import compose, digest
from courses.handbook.contents import NothingToPrint
from courses.handbook.lessons import with_addresses
from courses.models import GlossaryTerm, Instrument, InstrumentArticle, LegalProvision, LessonPage

from .conftest import Built

pytestmark = pytest.mark.django_db
BLOCKS = LessonBlocks()
NAMES = sorted(BLOCKS.child_blocks)
SVG = (
    b'<svg xmlns="http://www.w3.org/2000/svg" width="80" height="40" viewBox="0 0 80 40">'
    b'<rect x="2" y="2" width="30" height="30" fill="#10284b"/></svg>'
)


def book_of(built: Built, language: str = "es", jurisdiction: str = "", module: int | None = None) -> Book:
    built.course.refresh_from_db()
    key = built.modules[module].key if module is not None else None
    return compose(course=built.course, module_key=key, language=language, jurisdiction=jurisdiction)


def words(html: str) -> str:
    return " ".join(BeautifulSoup(html, "html.parser").get_text(" ").split())


def whole(book: Book) -> str:
    return words(book.cover + "".join(section.html for section in book.sections))


def pages(drawn: Drawn) -> list[str]:
    reader = pypdf.PdfReader(io.BytesIO(drawn.data))
    return [" ".join(page.extract_text().split()) for page in reader.pages]


def write(lesson: LessonPage, blocks: list[tuple[str, Any]], language: str = "es") -> None:
    setattr(lesson, f"body_{language}", blocks)
    lesson.save_revision().publish()


def preview(name: str) -> tuple[str, Any]:
    value = dict(BLOCKS.child_blocks[name].meta.preview_value)
    if name in ("video", "audio"):
        value["captions"] = None
    return name, value


@pytest.fixture
def full(built: Built) -> Built:
    """The first lesson holds a block of every kind."""
    write(built.lessons[0], [preview(name) for name in NAMES])
    return built


@pytest.fixture
def treaty(db: None) -> InstrumentArticle:
    protocol = Instrument.objects.create(
        slug="palermo-tip", title_es="Protocolo contra la trata", source_language="es"
    )
    return InstrumentArticle.objects.create(
        instrument=protocol,
        slug="palermo-tip:3",
        label_es="Artículo 3",
        topics=["definition", "consent"],
        summary_es="Acto, medio y fin.",
        source_language="es",
    )


@pytest.fixture
def provision(treaty: InstrumentArticle) -> LegalProvision:
    return LegalProvision.objects.create(
        jurisdiction="MX",
        topic="definition",
        law_name_original="Ley General",
        original_language="es",
        summary_es="Es trata toda acción dirigida a captar.",
        source_language="es",
        law_as_at="2024-06-07",
        certainty="verified",
        published=True,
        reviewer="Leonor Prado",
    )


def test_a_whole_course_is_drawn_with_contents_lessons_answers_and_glossary(
    full: Built, provision: LegalProvision
) -> None:
    GlossaryTerm.objects.create(
        slug="harbouring", term_es="Acogida", definition_es="Dar alojamiento.", source_language="es"
    )
    drawn = pages(render(book_of(full, jurisdiction="MX")))  # a block of every kind is drawn
    assert "Trata de personas" in drawn[0]
    toc = next(page for page in drawn if "Lección 1" in page)
    for title in ("Lección 1", "Lección 3"):
        page = int(re.search(rf"{title} (\d+)", toc)[1])
        assert title in drawn[page - 1]
        assert "Usted sabe distinguir." in drawn[page - 1]
    assert "Acogida Dar alojamiento." in drawn[-1]
    assert any("Es trata toda acción dirigida a captar." in page for page in drawn)


@pytest.mark.parametrize("name", NAMES)
def test_every_block_has_a_printed_form(built: Built, treaty: InstrumentArticle, name: str) -> None:
    write(built.lessons[0], [preview(name)])
    book = book_of(built, module=0)
    text = whole(book)
    for field, value in BLOCKS.child_blocks[name].meta.preview_value.items():
        if isinstance(value, str) and field not in ("article", "original_language"):
            said = words(value).removeprefix("0:00 ")  # a time stands in the margin
            assert said in text, said


def test_paragraphs_have_the_numbers_of_the_page(built: Built) -> None:
    text = "<h2>Uno</h2><p>Primero.</p><ul><li>Punto.</li></ul><p>Segundo.</p>"
    lesson = built.lessons[0]
    write(
        lesson,
        [
            ("rich_text", {"text": text}),
            preview("key_point"),
            preview("content_warning"),
            ("rich_text", {"text": "<p>Tercero.</p>"}),
        ],
    )
    with translation.override("es"):
        shown = BeautifulSoup(str(rendering.draft_html(lesson, language="es").html), "html.parser")
    on_page = [p.get_text() for p in shown.find_all("p", recursive=False)]
    printed = BeautifulSoup(book_of(built, module=0).sections[1].html, "html.parser")
    numbered = {p["data-number"]: p.get_text() for p in printed.select("p.numbered")[:3]}
    assert numbered == {str(n): text for n, text in enumerate(on_page, 1)}
    assert numbered == {"1": "Primero.", "2": "Segundo.", "3": "Tercero."}


def test_the_answers_stand_at_the_end_and_not_beside_the_question(full: Built) -> None:
    book = book_of(full)
    lessons, answers = book.sections[1].html, next(s.html for s in book.sections if 'id="answers"' in s.html)
    assert "Article 3(c) leaves it out." not in words(lessons)
    assert "Article 3(c) leaves it out." in words(answers)
    assert re.search(r"B\. The means Article 3", words(answers))
    name = re.search(r'id="check-([\w-]+)"', lessons)[1]
    assert f'href="#answer-{name}"' in lessons
    assert f'id="answer-{name}"' in answers


def test_a_case_is_followed_by_its_reasoning(full: Built) -> None:
    text = whole(book_of(full))
    assert text.index("Which element is missing?") < text.index("The false offer is")


def test_without_a_country_the_treaty_stands_alone(full: Built, provision: LegalProvision) -> None:
    alone, beside = whole(book_of(full)), whole(book_of(full, jurisdiction="MX"))
    assert "Acto, medio y fin." in alone
    assert "Es trata toda acción" not in alone
    assert "Ley General" not in alone
    assert "Es trata toda acción" in beside
    assert "7 de junio de 2024" in beside
    assert "Leonor Prado" in beside
    assert "México" in beside


def test_terms_carry_a_star_and_lead_to_the_glossary_of_the_book(full: Built) -> None:
    GlossaryTerm.objects.create(
        slug="harbouring", term_es="Acogida", definition_es="Dar alojamiento.", source_language="es"
    )
    book = book_of(full)
    assert (
        '<a class="term" href="#term-harbouring">harbours</a><span class="star">*</span>'
        in book.sections[1].html
    )
    assert 'id="term-harbouring"' in book.sections[-1].html
    assert "1.1" in words(book.sections[-1].html)


def test_a_term_that_the_glossary_lacks_stays_plain(full: Built) -> None:
    book = book_of(full)
    assert 'class="term"' not in "".join(section.html for section in book.sections)


def test_a_lesson_that_is_not_translated_stands_in_its_own_language_and_says_so(built: Built) -> None:
    html = book_of(built, "en").sections[2].html
    assert "Texto de la lección 3." in words(html)
    assert "Español" in words(html)
    assert re.search(r'<div class="lesson EBGaramond" dir="ltr" lang="es">', html)
    assert "Text of lesson 1." in words(book_of(built, "en").sections[1].html)
    assert whole(book_of(built, "es")).count("Español") == 1  # on the cover


def test_in_arabic_a_spanish_lesson_runs_left_to_right(built: Built) -> None:
    write(built.lessons[0], [("rich_text", {"text": "<p>نص الدرس.</p>"})], "ar")
    book = book_of(built, "ar", module=0)
    soup = BeautifulSoup(book.sections[1].html, "html.parser")
    texts = {div.get_text().strip()[-9:]: div for div in soup.select("div.lesson")}
    assert texts["نص الدرس."].get("dir") is None
    assert texts["ección 2."]["dir"] == "ltr"
    assert texts["ección 2."]["lang"] == "es"
    assert soup.select("p.lede")[0]["dir"] == "ltr"  # the Arabic lesson has none of its own


def test_a_module_is_printed_alone(built: Built) -> None:
    text = whole(book_of(built, module=1))
    assert "Lección 3" in text
    assert "Lección 1" not in text
    assert book_of(built, module=1).title == "Módulo 2"


def test_a_module_that_has_gone_is_nothing_to_print(built: Built) -> None:
    key = built.modules[1].key
    built.modules[1].unpublish()
    built.course.refresh_from_db()
    with pytest.raises(NothingToPrint):
        compose(course=built.course, module_key=key, language="es", jurisdiction="")


def test_a_picture_that_cannot_be_drawn_is_told_in_words(built: Built) -> None:
    drawing = Image.objects.create(title="Drawing", file=ContentFile(SVG, name="drawing.svg"))
    write(built.lessons[0], [("image", {"file": drawing, "alt": "Un cuadrado", "caption": "Uno"})])
    book = book_of(built, module=0)
    assert [picture.alt for picture in book.pictures.values()] == ["Un cuadrado"]
    drawing.file.storage.delete(drawing.file.name)
    text = whole(book_of(built, module=0))
    assert not book_of(built, module=0).pictures
    assert "Un cuadrado" in text


def test_letters_that_no_font_has_become_question_marks(built: Built) -> None:
    write(built.lessons[0], [("rich_text", {"text": "<p>El nombre 王 no se dibuja.</p>"})])
    book = book_of(built, module=0)
    assert "El nombre ? no se dibuja." in whole(book)


def test_links_are_written_out_for_readers_of_paper() -> None:
    html = with_addresses(
        '<a href="/help/">ayuda</a> <a href="https://a.example/x">texto</a>', "https://s.example"
    )
    assert 'href="https://s.example/help/"' in html
    assert "(s.example/help)" in html
    assert "(a.example/x)" in html
    assert "()" not in with_addresses('<a href="#l1">1.1</a>', "https://s.example")


def test_the_digest_changes_with_what_is_printed_and_with_nothing_else(built: Built) -> None:
    before = digest(book_of(built))
    built.course.save()  # another edition, the same words
    assert digest(book_of(built)) == before
    write(built.lessons[0], [("rich_text", {"text": "<p>Otro texto.</p>"})])
    assert digest(book_of(built)) != before
