"""Each of the fourteen kinds of question in Spanish and Arabic: by keys alone, without script, with axe."""

from collections.abc import Callable, Mapping
from typing import Any

import pytest
from playwright.sync_api import Page

from assessments.paper import PaperSlot
from portal.demo.answers import right_answer
from tests.browser.exams import KINDS, key_of
from tests.browser.serving import Server
from tests.browser.test_judge_with_the_keyboard_alone import HOW, tab_to
from tests.browser.walking import Walker

pytestmark = [pytest.mark.browser, pytest.mark.slow]

EMAILS = {"es": "typist@example.org", "ar": "arabic@example.org"}
FILE = {"name": "sentencia.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7 a judgment"}
CHECKED = ["immediate", "interactive", "adaptive", "certainty_immediate"]
BY_RULE = [kind for kind in KINDS if kind not in ("essay", "file", "survey", "description")]

Exam = Callable[..., Walker]


@pytest.fixture(params=["es", "ar"])
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def exam(walk: Callable[..., Walker], server: Server, language: str) -> Exam:
    """Return a function that opens a new examination of somebody who is signed in."""

    def exam(*, window: Mapping[str, Any] | None = None, **rules: Any) -> Walker:
        key = server.run("exam", email=EMAILS[language], language=language, country="MX", **rules)
        judge = walk(**(window or {}))
        judge.enter(EMAILS[language], language=language)
        judge.go(f"/{language}/quiz/{key}/1/")
        return judge

    return exam


def answer_to(slot: PaperSlot, language: str) -> dict[str, Any]:
    """The right answer to a question of any kind."""
    match slot.kind:
        case "words":
            return {"words": [name for name, meant in slot.spec["words"].items() if meant]}
        case "scenario":
            return {"path": [key_of(111), key_of(121)]}
        case "survey":
            return {"choice": slot.options[-1]}
        case "file" | "description":
            return {}
        case "essay":
            return {"text": "…"}
    return right_answer(slot, language)


# --- the keyboard alone -----------------------------------------------------------------------------
def select_words(page: Page, slot: PaperSlot, answer: Mapping[str, Any]) -> None:
    for name in answer["words"]:
        tab_to(page, f"#w{name}")
        page.keyboard.press("Space")


def decide(page: Page, slot: PaperSlot, answer: Mapping[str, Any]) -> None:
    for taken, name in enumerate(answer["path"]):
        assert page.locator(".path > li").count() == taken
        tab_to(page, "input[name=decision]")
        page.keyboard.press("Space")
        for _option in range(5):
            if page.evaluate("document.activeElement.value") == name:
                break
            page.keyboard.press("ArrowDown")
        tab_to(page, "button[value=decide]")
        with page.expect_navigation():
            page.keyboard.press("Enter")
    assert page.locator("input[name=decision]").count() == 0


def type_gaps(page: Page, slot: PaperSlot, answer: Mapping[str, Any]) -> None:
    for name, value in answer["gaps"].items():
        tab_to(page, f"[name='gap-{name}']")
        if not page.locator(f"select[name='gap-{name}']").count():
            page.keyboard.type(value)
            continue
        for _line in range(5):
            if page.evaluate("document.activeElement.value") == value:
                break
            page.keyboard.press("ArrowDown")


def choose_a_file(page: Page, slot: PaperSlot, answer: Mapping[str, Any]) -> None:
    tab_to(page, "input[type=file]")
    # the window in which a file is chosen belongs to the browser
    page.set_input_files("input[type=file]", FILE)


def nothing(page: Page, slot: PaperSlot, answer: Mapping[str, Any]) -> None:
    """A text asks nothing."""


BY_KEYS = HOW | {
    "survey": HOW["single"],
    "words": select_words,
    "scenario": decide,
    "gap": type_gaps,
    "essay": HOW["short"],
    "file": choose_a_file,
    "description": nothing,
}


def test_every_kind_is_answered_with_the_keyboard_alone(exam: Exam, language: str) -> None:
    judge = exam()
    for slot in judge.paper().slots:
        assert judge.path.endswith(f"/{slot.number}/"), slot.kind
        BY_KEYS[slot.kind](judge.page, slot, answer_to(slot, language))
        tab_to(judge.page, "main button[name=go][value=next]")
        with judge.page.expect_navigation():
            judge.page.keyboard.press("Enter")
    assert judge.path.endswith("/review/")
    tab_to(judge.page, "form#quiz button.btn")
    with judge.page.expect_navigation():
        judge.page.keyboard.press("Enter")
    assert judge.page.locator(".answer .chip--ok").count() == len(BY_RULE)
    assert judge.page.locator(".answer .chip--info").count() == 2, "the essay and the file wait for a person"


# --- without script -----------------------------------------------------------------------------------
def fill(judge: Walker, slot: PaperSlot, answer: Mapping[str, Any]) -> None:
    page = judge.page
    for name in answer.get("words", ()):
        page.click(f"label[for=w{name}]")
    for name in answer.get("path", ()):
        page.click(f"input[value='{name}'] + label")
        judge.press("button[value=decide]")
    if slot.kind == "file":
        page.set_input_files("input[type=file]", FILE)
        judge.press("button[value=stay]")
        assert page.locator(".handed a").inner_text() == FILE["name"]
    judge.fill_answer(slot, answer)


def test_every_kind_is_answered_without_script(exam: Exam, language: str) -> None:
    judge = exam(window={"java_script_enabled": False})
    for slot in judge.paper().slots:
        fill(judge, slot, answer_to(slot, language))
        judge.save_and_go()
    judge.hand_in()
    assert judge.page.locator(".answer .chip--ok").count() == len(BY_RULE)


@pytest.mark.parametrize("behaviour", CHECKED)
def test_checks_hints_and_certainty_need_no_script(exam: Exam, behaviour: str) -> None:
    judge = exam(window={"java_script_enabled": False}, kinds=["single"], behaviour=behaviour, practice=True)
    page = judge.page
    (slot,) = judge.paper().slots
    wrong = next(name for name, worth in slot.spec["options"].items() if worth == "0")
    page.click(f"input[value='{wrong}'] + label")
    if behaviour.startswith("certainty"):
        page.click("label[for=c3]")
    judge.press("button[value=check]")
    assert page.locator("#said .chip--bad").count() == 1
    closed = behaviour in ("immediate", "certainty_immediate")
    assert page.locator("fieldset.locked").count() == (1 if closed or behaviour == "interactive" else 0)
    if behaviour == "interactive":
        assert page.locator(".tip").count() == 1
        judge.press("button[value=again]")
    if not closed:
        right = next(name for name, worth in slot.spec["options"].items() if worth == "1")
        page.click(f"input[value='{right}'] + label")
        judge.press("button[value=check]")
        assert page.locator("#said .chip--ok").count() == 1


# --- axe, and the width of a phone ------------------------------------------------------------------
def test_every_kind_in_every_state_has_no_fault(exam: Exam, language: str) -> None:
    judge = exam(behaviour="certainty_immediate", parts=3)
    found = []
    for slot in judge.paper().slots:
        fill(judge, slot, answer_to(slot, language))
        if judge.page.locator("label[for=c2]").count():
            judge.page.click("label[for=c2]")
        found += judge.faults(dark=slot.kind in ("words", "scenario", "file"))
        if judge.page.locator("button[value=check]").count():
            judge.press("button[value=check]")
            found += judge.faults(dark=slot.kind == "words")
        judge.save_and_go()
    found += judge.faults()
    judge.hand_in()
    found += judge.faults()
    judge.go(f"/{language}/quiz/certainty/")
    assert found + judge.faults() == []


def test_every_kind_fits_a_phone(exam: Exam, language: str) -> None:
    judge = exam(window={"viewport": {"width": 320, "height": 640}, "fits": True}, behaviour="interactive")
    for slot in judge.paper().slots:
        fill(judge, slot, answer_to(slot, language))
        if judge.page.locator("button[value=check]").count():
            judge.press("button[value=check]")
        judge.save_and_go()
    judge.hand_in()
