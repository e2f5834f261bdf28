"""Anyone checks a certificate on the public page: by number, photo of the code, PDF and altered PDF."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.browser.serving import Server
from tests.browser.walking import Walker

pytestmark = [pytest.mark.browser, pytest.mark.slow]

VALID = {"es": "Este certificado es válido", "ar": "هذه الشهادة سارية"}


@pytest.fixture(scope="module", params=["es", "ar"])
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(params=[True, False], ids=["script", "no script"])
def visitor(request: pytest.FixtureRequest, walk: Callable[..., Walker]) -> Walker:
    options = {"java_script_enabled": request.param, "viewport": {"width": 360, "height": 740}}
    return walk(fits=request.param, **options)


@pytest.fixture(scope="module")
def paper(server: Server, folder: Path, language: str) -> dict[str, str]:
    return server.run("paper", folder=str(folder), language=language)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, language: str) -> Path:
    """Where the PDF of the paper, an altered one and a photo of its code lie."""
    return tmp_path_factory.mktemp(f"paper-{language}")


def hand_in(visitor: Walker, language: str, file: Path) -> str:
    visitor.go(f"/{language}/verify/")
    visitor.page.set_input_files("#file", file)
    visitor.press("form[enctype] button")
    return visitor.page.inner_text("main")


def test_by_number_photo_and_file(
    visitor: Walker, language: str, paper: dict[str, str], folder: Path
) -> None:
    visitor.go(f"/{language}/verify/")
    visitor.page.fill("#number", paper["number"].lower().replace("-", " "))
    visitor.press("form[method=get] button")
    by_number = visitor.page.inner_text("main")
    for words in (
        by_number,
        *(hand_in(visitor, language, folder / name) for name in ("photo.png", "paper.pdf")),
    ):
        assert VALID[language] in words
        assert paper["name"] in words
        assert paper["number"] in words


def test_an_altered_file_is_refused_without_a_name(
    visitor: Walker, language: str, paper: dict[str, str], folder: Path
) -> None:
    words = hand_in(visitor, language, folder / "altered.pdf")
    assert VALID[language] not in words
    assert paper["name"] not in words
    assert visitor.page.locator(".verdict--bad").count() == 1


def test_the_text_of_the_code_can_be_pasted(visitor: Walker, language: str, paper: dict[str, str]) -> None:
    visitor.go(f"/{language}/verify/")
    if not visitor.page.is_visible("#text"):  # the walker may have unfolded it to see whether it fits
        visitor.page.click("summary:has(+ .field)")
    visitor.page.fill("#text", paper["text"])
    visitor.press("form[enctype] button")
    assert VALID[language] in visitor.page.inner_text("main")


def test_the_answers_have_no_fault(
    walk: Callable[..., Walker], language: str, paper: dict[str, str], folder: Path
) -> None:
    visitor = walk(viewport={"width": 1280, "height": 900})
    visitor.expected = {400}
    visitor.go(f"/{language}/verify/")
    found = visitor.faults()
    visitor.press("form[enctype] button")
    found += visitor.faults()
    for name in ("photo.png", "altered.pdf"):
        hand_in(visitor, language, folder / name)
        found += visitor.faults()
    assert found == []


def test_a_printed_answer_has_the_verdict_and_no_forms(
    walk: Callable[..., Walker], language: str, paper: dict[str, str]
) -> None:
    visitor = walk()
    visitor.go(f"/{language}/verify/{paper['number']}/")
    assert visitor.page.locator("[data-print]").is_visible()
    visitor.page.emulate_media(media="print")
    for hidden in (".masthead", ".verify__other", "[data-print]"):
        assert not visitor.page.locator(hidden).first.is_visible()
    assert VALID[language] in visitor.page.inner_text("body")
    assert paper["number"] in visitor.page.inner_text("body")


def test_the_address_in_the_code_opens_the_page(
    visitor: Walker, language: str, paper: dict[str, str]
) -> None:
    visitor.page.goto(paper["text"])
    assert visitor.path.endswith(f"/verify/{paper['number']}/")
    assert paper["name"] in visitor.page.inner_text("main")
