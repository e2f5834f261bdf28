"""What site.js adds to a page, and that the page holds without it; driven in Chromium."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client, override_settings
from playwright.sync_api import Browser, Page, Route, sync_playwright

pytestmark = pytest.mark.browser

STATIC = Path(settings.ROOT) / "site" / "static"
KINDS = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml", ".woff2": "font/woff2"}
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    names = ("chromium", "chromium-browser", "google-chrome")
    program = next(filter(None, map(shutil.which, names)), None)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=ARGUMENTS)
        yield browser
        browser.close()


def _answer(route: Route) -> None:
    """Answer a request of the browser from the views and the static files, without a server."""
    path = "/" + route.request.url.split("/", 3)[3].partition("#")[0]
    if path.startswith("/static/"):
        file = STATIC / path.removeprefix("/static/")
        route.fulfill(body=file.read_bytes(), content_type=KINDS[file.suffix])
        return
    with override_settings(DEMO=True):
        answer = Client().get(path)
    policy = answer.headers["Content-Security-Policy"]
    headers = {"Content-Type": "text/html; charset=utf-8", "Content-Security-Policy": policy}
    route.fulfill(body=answer.content, headers=headers, status=answer.status_code)


@pytest.fixture
def show(chromium: Browser) -> Iterator[Callable[..., Page]]:
    """Return a function that opens the style guide; whatever the console complains of fails."""
    complaints: list[str] = []
    contexts = []

    def open_page(language: str = "en", width: int = 360, **options: object) -> Page:
        context = chromium.new_context(viewport={"width": width, "height": 760}, **options)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda told: complaints.append(told.text) if told.type == "error" else None)
        page.route("**/*", _answer)
        page.goto(f"http://aula.test/{language}/styleguide/")
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert complaints == []


def _has_focus(page: Page, selector: str) -> bool:
    return page.evaluate("selector => document.activeElement.matches(selector)", selector)


def test_the_list_of_problems_has_the_focus_after_a_refused_form(show: Callable[..., Page]) -> None:
    assert _has_focus(show(), "#problems")


def test_the_outline_opens_over_an_unreachable_page_and_gives_the_focus_back(
    show: Callable[..., Page],
) -> None:
    page = show()
    page.click("[data-outline-open]")
    page.wait_for_function("() => document.querySelector('main').inert")
    assert page.locator("#outline").is_visible()
    assert _has_focus(page, "[data-outline-close]")
    page.keyboard.press("Escape")
    page.wait_for_function("() => !document.querySelector('main').inert")
    assert not page.locator("#outline").is_visible()
    assert _has_focus(page, "[data-outline-open]")


def test_a_menu_closes_on_escape_and_gives_the_focus_back(show: Callable[..., Page]) -> None:
    page = show()
    page.click(".menu--lang summary")
    assert page.locator(".menu--lang .menu__pop").is_visible()
    page.keyboard.press("Escape")
    assert not page.locator(".menu--lang .menu__pop").is_visible()
    assert _has_focus(page, ".menu--lang summary")


def test_the_meaning_of_a_term_opens_under_its_paragraph_and_is_read_out(
    show: Callable[..., Page],
) -> None:
    page = show()
    page.locator("a.term").focus()
    page.keyboard.press("Space")
    assert "a place to stay" in page.locator("p + .term-note").inner_text()
    assert page.locator("a.term").get_attribute("aria-expanded") == "true"
    page.wait_for_function("() => document.querySelector('#live').textContent.includes('place to stay')")
    page.keyboard.press("Escape")
    assert not page.locator(".term-note").is_visible()


def test_a_knowledge_check_asks_for_a_choice_then_explains_it(show: Callable[..., Page]) -> None:
    page = show()
    page.click(".kc button")
    page.wait_for_function("() => document.querySelector('#live').textContent !== ''")
    assert _has_focus(page, ".kc input")
    page.locator("#kca").check(force=True)
    page.click(".kc button")
    assert _has_focus(page, ".kc__answer[data-for=a]")
    page.locator("#kcb").check(force=True)
    page.click(".kc button")
    assert page.locator(".kc__answer:visible").count() == 1
    assert _has_focus(page, ".kc__answer[data-for=b]")


def test_ticking_all_rows_counts_them_in_words(show: Callable[..., Page]) -> None:
    page = show(width=1280)
    page.check("[data-all]")
    assert page.locator("[data-count]").inner_text() == "Chosen: 3"
    page.uncheck("tbody tr:first-child input")
    assert page.locator("[data-count]").inner_text() == "Chosen: 2"
    assert page.evaluate("document.querySelector('[data-all]').indeterminate")


def test_without_script_the_outline_opens_and_nothing_useless_is_shown(
    show: Callable[..., Page],
) -> None:
    page = show(java_script_enabled=False)
    page.click("[data-outline-open]")
    assert page.locator("#outline").is_visible()
    assert page.locator("[data-js]:visible").count() == 0


@pytest.mark.parametrize("width", [320, 360, 768, 1024, 1280, 1600])
@pytest.mark.parametrize("language", ["es", "ar"])
def test_no_width_needs_scrolling_sideways(show: Callable[..., Page], language: str, width: int) -> None:
    page = show(language, width)
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


def test_foreign_words_keep_to_the_side_on_which_their_line_begins(show: Callable[..., Page]) -> None:
    page = show("ar")
    page.evaluate(
        """() => document.querySelector("main").insertAdjacentHTML("beforeend",
        '<dl class="facts"><div><dt>x</dt><dd id="alien" lang="en" dir="ltr">Title</dd></div></dl>')"""
    )
    assert page.evaluate("getComputedStyle(document.getElementById('alien')).textAlign") == "right"


@pytest.mark.parametrize("colours", ["light", "dark"])
@pytest.mark.parametrize(("language", "width"), [("es", 1280), ("ar", 360)])
def test_no_component_has_a_fault_that_axe_can_find(
    show: Callable[..., Page], language: str, width: int, colours: str
) -> None:
    page = show(language, width, color_scheme=colours)
    page.evaluate("document.querySelectorAll('details').forEach(part => (part.open = true))")
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
    found = Axe().run(page, options={"runOnly": tags}).response["violations"]
    assert [(fault["id"], [node["target"] for node in fault["nodes"]]) for fault in found] == []
