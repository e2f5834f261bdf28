"""The drawn book: its pages, its structure, its pictures."""

import io
import re
import shutil
from dataclasses import replace

import pikepdf
import pytest
from PIL import Image, ImageChops, ImageStat

from certificates.pdf import UncoveredCharacters, faces, render
from certificates.pdf import book as books
from certificates.pdf.book import Section
from certificates.pdf.book_engine import HOOKS, taught
from certificates.pdf.book_pictures import Picture, Undrawable, check
from certificates.pdf.rendering import DrawingFailed
from certificates.pdf.shaping import EngineChanged

LANGUAGES = ("es", "ar", "bn")
SVG = (
    b'<svg xmlns="http://www.w3.org/2000/svg" width="80" height="40" viewBox="0 0 80 40">'
    b'<rect x="2" y="2" width="30" height="30" fill="#10284b"/><circle cx="60" cy="20" r="12"/></svg>'
)


@pytest.fixture(scope="module")
def drawn(golden):
    """Return a function that draws the sample book of a language once."""
    made: dict[str, books.Drawn] = {}

    def draw(language: str) -> books.Drawn:
        if language not in made:
            made[language] = books.render(golden.book_of(language))
        return made[language]

    return draw


def pages_of(data: bytes, poppler) -> list[str]:
    return poppler("pdftotext", data, "-layout").decode().split("\f")[:-1]


def with_html(golden, *sections: str, **more):
    """Return the Spanish sample with other sections."""
    listed = tuple(Section(running=f"Parte {n}", html=html) for n, html in enumerate(sections, 1))
    return replace(golden.book_of("es"), sections=listed, **more)


def elements(pdf: pikepdf.Pdf) -> list[pikepdf.Object]:
    """Return every element of the structure tree, in reading order."""
    found = []

    def walk(element: pikepdf.Object) -> None:
        found.append(element)
        for kid in element.get("/K", []):
            if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
                walk(kid)

    walk(pdf.Root.StructTreeRoot.K[0])
    return found


def test_the_contents_name_the_pages_on_which_things_stand(golden, poppler):
    filler = "".join(f"<p>Relleno {n}. {'Palabras y más palabras. ' * 30}</p>" for n in range(25))
    toc = "".join(f'<p>Parte {n} <a class="page" href="#p{n}"></a></p>' for n in (1, 2, 3))
    parts = [f'<h1 id="p{n}">Comienzo {n}</h1>{filler}<a href="#p{n}">·</a>' for n in (1, 2, 3)]
    drawn = books.render(with_html(golden, toc, *parts))
    pages = pages_of(drawn.data, poppler)
    assert drawn.pages == len(pages) > 9
    stated = dict(re.findall(r"Parte (\d) (\d+)", pages[1]))
    for number, page in stated.items():
        assert f"Comienzo {number}" in pages[int(page) - 1]
    assert len(set(stated.values())) == 3


def test_each_page_has_its_running_head_and_number_and_the_cover_has_neither(drawn, poppler):
    cover, contents, text = pages_of(drawn("es").data, poppler)
    assert "Trata de personas" in cover
    assert "Fundamentos" not in cover
    assert re.search(r"Trata de personas\s+Contenido\n", contents)
    assert re.search(r"Trata de personas\s+Fundamentos\n", text)
    assert [page.split()[-1] for page in (contents, text)] == ["2", "3"]


def test_a_number_stands_in_the_margin_beside_its_paragraph(drawn, poppler):
    boxes = re.findall(
        r'xMin="([\d.]+)" yMin="([\d.]+)"[^>]*>([^<]+)<',
        poppler("pdftotext", drawn("es").data, "-bbox").decode(),
    )
    number = next(box for box in boxes if box[2] == "1")
    first = next(box for box in boxes if box[2] == "Cada")
    second = next(box for box in boxes if box[2] == "Por")
    assert float(number[0]) == pytest.approx(float(first[0]) - 27, abs=1)
    assert float(number[1]) == pytest.approx(float(first[1]), abs=1)
    assert first[0] == second[0]


def test_right_to_left_the_numbers_stand_on_the_right(drawn, poppler):
    boxes = re.findall(
        r'xMin="([\d.]+)"[^>]*xMax="([\d.]+)"[^>]*>([^<]+)<',
        poppler("pdftotext", drawn("ar").data, "-bbox").decode(),
    )
    numbers = [float(left) for left, _right, word in boxes if word in ("1", "2")]
    assert max(numbers) > 500


@pytest.mark.skipif(shutil.which("pdftoppm") is None, reason="poppler-utils is not installed")
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_looks_as_it_did(language, drawn, golden):
    seen = golden.picture(drawn(language).data, page=3)
    stored = Image.open(golden.BOOKS / f"{language}.png").convert("L")
    assert seen.size == stored.size
    difference = ImageChops.difference(seen, stored)
    assert ImageStat.Stat(difference).mean[0] < 2.5
    assert sum(difference.histogram()[96:]) < 0.001 * seen.width * seen.height


def test_bangla_is_copied_as_it_was_set(drawn, poppler, golden):
    copied = " ".join(poppler("pdftotext", drawn("bn").data, "-raw").decode().split())
    for text in re.findall(r"<p class=\"numbered\"[^>]*>([^<]+)</p>", golden.book_of("bn").sections[1].html):
        assert text in copied


def test_arabic_words_carry_what_was_typed(drawn, golden):
    with pikepdf.open(io.BytesIO(drawn("ar").data)) as pdf:
        content = pdf.pages[2].Contents.read_bytes().decode("latin-1")
    spans = re.findall(r"/ActualText <(?:feff)?([0-9a-f]+)>", content, re.IGNORECASE)
    typed = {bytes.fromhex(span).decode("utf-16-be").lstrip("\ufeff") for span in spans}
    html = golden.book_of("ar").sections[1].html
    for word in re.findall(r"[\u0620-\u064a\u064b-\u065f]+", html):
        assert any(word in span for span in typed), word


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_font_of_a_book_is_embedded(language, drawn, poppler):
    lines = poppler("pdffonts", drawn(language).data).decode().splitlines()[2:]
    assert lines
    assert all(re.search(r"yes yes yes\s+\d+\s+\d+$", line) for line in lines), lines


def test_the_same_book_always_gives_the_same_bytes(golden):
    assert books.render(golden.book_of("ar")).data == books.render(golden.book_of("ar")).data


def test_the_file_says_its_title_language_and_direction(drawn, golden):
    with pikepdf.open(io.BytesIO(drawn("ar").data)) as pdf:
        assert str(pdf.Root.Lang) == "ar"
        assert pdf.Root.ViewerPreferences.Direction == pikepdf.Name.R2L
        assert str(pdf.docinfo["/Title"]) == golden.book_of("ar").title
        with pdf.open_outline() as outline:
            titles = [entry.title for entry in outline.root]
            assert titles == ["المحتويات", "الأسس"]
            assert "البروتوكولان" in outline.root[1].children[0].title


def test_a_foreign_title_leaves_the_direction_of_the_language(golden):
    book = replace(golden.book_of("ar"), title="Trata de personas")
    with pikepdf.open(io.BytesIO(books.render(book).data)) as pdf:
        assert pdf.Root.ViewerPreferences.Direction == pikepdf.Name.R2L


def test_the_structure_tells_headings_lists_tables_and_links(drawn):
    with pikepdf.open(io.BytesIO(drawn("es").data)) as pdf:
        found = elements(pdf)
        roles = [str(element.S) for element in found]
        assert [role for role in roles if role.startswith("/H")] == ["/H1", "/H1", "/H2", "/H3"]
        assert roles.count("/LI") == roles.count("/Lbl") == roles.count("/LBody") == 2
        assert roles.count("/TOCI") == 2
        scopes = [str(e.A.Scope) for e in found if str(e.S) == "/TH"]
        assert scopes == ["/Column", "/Column", "/Row", "/Row"]
        alts = [str(e.Alt) for e in found if str(e.S) == "/Link"]
        assert alts == ["Fundamentos", "3", "1.1 Los dos Protocolos", "3"]


def test_cells_are_read_as_they_were_written_in_arabic_too(drawn):
    with pikepdf.open(io.BytesIO(drawn("ar").data)) as pdf:
        rows = [e for e in elements(pdf) if str(e.S) == "/TR"]
        assert [[str(cell.S) for cell in row.K] for row in rows[1:]] == [["/TH", "/TD"], ["/TH", "/TD"]]


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_on_the_pages_is_text_or_decoration(language, drawn):
    with pikepdf.open(io.BytesIO(drawn(language).data)) as pdf:
        for page in pdf.pages:
            depth, numbers = 0, []
            for operands, operator in pikepdf.parse_content_stream(page):
                name = str(operator)
                depth += (name in ("BDC", "BMC")) - (name == "EMC")
                if name == "BDC" and "/MCID" in operands[1]:
                    numbers.append(int(operands[1].MCID))
                if name in ("Tj", "TJ", "S", "f", "f*", "Do", "re", "m"):
                    assert depth > 0, name
            assert depth == 0
            assert numbers == list(range(len(numbers)))


def test_the_head_of_a_long_table_is_read_once(golden):
    rows = "".join(f'<tr><th scope="row">Fila {n}</th><td>Celda</td></tr>' for n in range(90))
    head = '<thead><tr><th scope="col">Punto</th><th scope="col">Trata</th></tr></thead>'
    drawn = books.render(
        with_html(golden, f'<table class="tbl" repeat="1">{head}<tbody>{rows}</tbody></table>')
    )
    assert drawn.pages > 2
    with pikepdf.open(io.BytesIO(drawn.data)) as pdf:
        heads = [e for e in elements(pdf) if str(e.S) == "/TH" and str(e.A.Scope) == "/Column"]
        assert [len(e.K) for e in heads] == [1, 1]


def test_no_heading_stands_alone_at_the_foot_of_a_page(golden, poppler):
    text = "".join(
        f"<h2>Título {n}</h2><p class='lead label'>Lema {n}</p><p>{'Texto que sigue. ' * (9 + n % 9)}</p>"
        for n in range(60)
    )
    for page in pages_of(books.render(with_html(golden, text)).data, poppler)[1:]:
        *_, last, number = [line.strip() for line in page.splitlines() if line.strip()]
        assert number.isdigit()
        assert not re.fullmatch(r"(Título|Lema) \d+", last), last


def test_a_heading_does_not_take_a_long_table_to_the_next_page(golden, poppler):
    before = "".join(f"<p>Párrafo {n}</p>" for n in range(18))
    rows = "".join(f"<tr><td>Fila {n}</td><td>Celda</td></tr>" for n in range(40))
    html = f'{before}<h3>Tabla larga</h3><table class="tbl">{rows}</table>'
    page = pages_of(books.render(with_html(golden, html)).data, poppler)[1]
    assert "Tabla larga" in page
    assert "Fila 2" in page


def test_a_drawing_is_drawn_as_lines_and_a_photograph_as_it_is(golden):
    stored = io.BytesIO()
    Image.new("RGBA", (60, 30), (16, 40, 75, 128)).save(stored, "PNG")
    pictures = {"a": Picture(SVG, "Un cuadrado y un círculo"), "b": Picture(stored.getvalue(), "Una mancha")}
    html = '<pdf:picture name="a"></pdf:picture><p>Texto</p><pdf:picture name="b"></pdf:picture>'
    drawn = books.render(with_html(golden, html, pictures=pictures))
    with pikepdf.open(io.BytesIO(drawn.data)) as pdf:
        figures = [e for e in elements(pdf) if str(e.S) == "/Figure"]
        assert [str(e.Alt) for e in figures] == ["Un cuadrado y un círculo", "Una mancha"]
        assert all(len(e.A.BBox) == 4 for e in figures)
        assert len(pdf.pages[1].get_images()) == 1


@pytest.mark.parametrize("data", [b"<svg", b"no picture", b"<html></html>", b""])
def test_what_is_no_picture_is_refused(data):
    with pytest.raises(Undrawable):
        check(data)


def test_letters_of_another_script_are_as_large_as_those_around_them(golden):
    html = "<p>Ley মানব পাচার de 2012</p>"
    drawn = books.render(with_html(golden, html))
    with pikepdf.open(io.BytesIO(drawn.data)) as pdf:
        sizes = [float(o[1]) for o, op in pikepdf.parse_content_stream(pdf.pages[1]) if str(op) == "Tf"]
    latin, bengali = faces.LATIN, faces.face_of("মানব")
    assert bengali.scale != latin.scale
    assert any(size == pytest.approx(books.SIZE * bengali.scale, abs=0.01) for size in sizes)


def test_a_text_in_another_language_says_so(golden):
    html = '<div lang="ar" dir="rtl" class="NotoNaskhArabic"><p>الأسس</p></div><p>Texto</p>'
    with pikepdf.open(io.BytesIO(books.render(with_html(golden, html)).data)) as pdf:
        spoken = [str(e.get("/Lang", "")) for e in elements(pdf) if str(e.S) == "/P"]
    assert spoken[-2:] == ["ar", ""]


def test_a_page_reference_to_nothing_is_refused(golden):
    with pytest.raises(DrawingFailed, match="nowhere"):
        books.render(with_html(golden, '<p>Página <a class="page" href="#nowhere"></a></p>'))


def test_letters_that_no_font_has_are_refused(golden):
    with pytest.raises(UncoveredCharacters, match=r"U\+738B"):
        books.render(with_html(golden, "<p>王</p>"))


def test_the_engine_forgets_what_it_was_taught_for_books(golden, sample):
    before = render(sample("es"))
    known = [getattr(owner, name, None) for owner, name, _ in HOOKS]
    books.render(golden.book_of("es"))
    assert [getattr(owner, name, None) for owner, name, _ in HOOKS] == known
    assert render(sample("es")) == before


def test_a_hook_for_books_that_has_gone_is_named(monkeypatch):
    import xhtml2pdf.parser

    monkeypatch.delattr(xhtml2pdf.parser, "CSS2Frag")
    with pytest.raises(EngineChanged, match="CSS2Frag"), taught():
        pass
