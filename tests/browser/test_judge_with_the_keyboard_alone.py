"""A judge who uses no mouse: from the sign-in to a quiz that is handed in."""

from collections.abc import Callable, Mapping
from typing import Any

import pytest
from playwright.sync_api import Page

from assessments.paper import PaperSlot
from portal.demo.answers import right_answer
from portal.demo.people import PASSWORD
from tests.browser.walking import Walker

pytestmark = [pytest.mark.browser, pytest.mark.slow]

# an outline on the element, on the row around it or on its label
FOCUS_IS_SEEN = """() => {
  const at = document.activeElement;
  const box = at.getBoundingClientRect();
  const inside = box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
  const around = [at, at.parentElement, at.parentElement.parentElement, at.nextElementSibling];
  return inside && around.filter(Boolean).map(part => getComputedStyle(part)).some(
    style => style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0);
}"""


def tab_to(page: Page, selector: str) -> None:
    """Move the focus forward until it is on what matches; it must be seen where it is."""
    for _step in range(120):
        if page.evaluate("wanted => document.activeElement.matches(wanted)", selector):
            page.wait_for_function(FOCUS_IS_SEEN)  # a page may scroll there smoothly
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"the keyboard does not reach {selector} on {page.url}")


def enter(judge: Walker, selector: str) -> None:
    tab_to(judge.page, selector)
    with judge.page.expect_navigation():
        judge.page.keyboard.press("Enter")


def test_a_judge_learns_and_answers_with_the_keyboard_alone(walk: Callable[..., Walker]) -> None:
    judge = walk()
    judge.go("/es/")
    judge.page.keyboard.press("Tab")
    assert judge.page.evaluate("document.activeElement.matches('.skip')"), "the skip link comes first"
    judge.page.keyboard.press("Enter")
    assert judge.page.evaluate("document.activeElement.id") == "main"
    sign_in(judge)
    enter(judge, "main a[href='/es/courses/']")
    enter(judge, "main a[href='/es/courses/trafficking-smuggling/']")
    enter(judge, ".enrol form button")
    enter(judge, ".enrol a.btn")
    judge.go("/es/courses/trafficking-smuggling/foundations/two-protocols/")
    read_the_lesson(judge)
    take_the_quiz(judge)


def sign_in(judge: Walker) -> None:
    judge.go("/es/account/login/")
    tab_to(judge.page, "input[name=login]")
    judge.page.keyboard.type("keyboard@example.org")
    tab_to(judge.page, "input[name=password]")
    judge.page.keyboard.type(PASSWORD)
    enter(judge, "main form button.btn")
    assert judge.path == "/es/my-learning/"


def read_the_lesson(judge: Walker) -> None:
    page = judge.page
    tab_to(page, "a.term")
    page.keyboard.press("Enter")
    assert page.locator(".term-note:visible").count() == 1
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.matches('a.term')"), "the focus is back on the term"
    tab_to(page, ".kc input[type=radio]")
    page.keyboard.press("ArrowDown")
    tab_to(page, ".kc button")
    page.keyboard.press("Enter")
    assert page.locator(".kc__answer:visible").count() == 1
    assert page.evaluate("document.activeElement.matches('.kc__answer')"), "the reason is read out"
    enter(judge, "form.spread button.btn")
    assert judge.path.endswith("/act-means-purpose/")


def take_the_quiz(judge: Walker) -> None:
    judge.go("/es/courses/trafficking-smuggling/foundations/quiz/")
    enter(judge, "main form button.btn")
    for slot in judge.paper().slots:
        HOW[slot.kind](judge.page, slot, right_answer(slot, "es"))
        enter(judge, "main button[name=go][value=next]")
    enter(judge, "form#quiz button.btn")
    assert judge.path.endswith("/result/")
    assert judge.page.locator(".score .chip--ok").count() == 1


def choose_one(page: Page, slot: PaperSlot, answer: Mapping[str, Any]) -> None:
    tab_to(page, "input[type=radio]")
    page.keyboard.press("Space")
    wanted = f"document.activeElement.value === '{answer['choice']}' && document.activeElement.checked"
    for _option in range(10):
        if page.evaluate(wanted):
            return
        page.keyboard.press("ArrowDown")
    raise AssertionError("the arrows do not reach the option")


def choose_several(page: Page, slot: PaperSlot, answer: Mapping[str, Any]) -> None:
    shown = [name for name in slot.options if name in answer["choices"]]
    for value in shown:
        tab_to(page, f"input[value='{value}']")
        page.keyboard.press("Space")


def match_with_selects(page: Page, slot: PaperSlot, answer: Mapping[str, Any]) -> None:
    for name in slot.options:
        tab_to(page, f"select[name='pair-{name}']")
        for _line in range(12):
            if page.evaluate("document.activeElement.value") == answer["pairs"][name]:
                break
            page.keyboard.press("ArrowDown")
        assert page.evaluate("document.activeElement.value") == answer["pairs"][name]


def order_with_buttons(page: Page, slot: PaperSlot, answer: Mapping[str, Any]) -> None:
    order = "[...document.querySelectorAll('[data-order] select')].map(part => part.name.slice(6))"
    for place, name in enumerate(answer["order"]):
        item = f"li:has(select[name='place-{name}'])"
        for _step in range(page.evaluate(order).index(name) - place):
            # the focus stays with the item that moved, so that it can be moved again
            page.locator(f"{item} [data-up]").focus()
            page.keyboard.press("Enter")
            assert page.evaluate("item => document.activeElement.closest('li').matches(item)", item)
    assert page.evaluate(order) == answer["order"]
    page.evaluate("document.activeElement.blur()")


def write(page: Page, slot: PaperSlot, answer: Mapping[str, Any]) -> None:
    for name, words in {**answer.get("gaps", {}), **answer}.items():
        field = f"[name='{name}'], [name='gap-{name}']"
        if isinstance(words, str) and page.locator(field).count():
            tab_to(page, field)
            page.keyboard.type(words)


HOW: dict[str, Callable[[Page, PaperSlot, Mapping[str, Any]], None]] = {
    "single": choose_one,
    "true_false": choose_one,
    "multiple": choose_several,
    "matching": match_with_selects,
    "ordering": order_with_buttons,
    "numeric": write,
    "short": write,
    "gap": write,
}
