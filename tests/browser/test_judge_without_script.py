"""A judge whose browser runs no script: everything that counts still works."""

from collections.abc import Callable

import pytest

from tests.browser.serving import Server
from tests.browser.walking import Walker

pytestmark = [pytest.mark.browser, pytest.mark.slow]

LESSON = "/es/courses/trafficking-smuggling/foundations/two-protocols/"


def test_a_judge_learns_and_answers_without_script(walk: Callable[..., Walker], server: Server) -> None:
    judge = walk(java_script_enabled=False)
    judge.sign_in("plain@example.org")
    judge.go("/es/courses/trafficking-smuggling/")
    judge.press(".enrol form button.btn")
    judge.go(LESSON)
    assert judge.page.locator("[data-js]:visible").count() == 0, "nothing useless is shown"
    check_what_was_understood(judge)
    keep_a_note(judge, server)
    judge.go(LESSON)
    judge.press("form.spread button.btn")
    assert judge.path.endswith("/act-means-purpose/")
    take_the_quiz(judge, server)


def check_what_was_understood(judge: Walker) -> None:
    page = judge.page
    assert page.locator(".kc__answer:visible").count() == 0
    page.click(".kc .choice label >> nth=1")
    judge.press(".kc button")
    assert page.locator(".kc__answer:visible").count() == 1
    assert page.locator(".kc input:checked").count() == 1


def keep_a_note(judge: Walker, server: Server) -> None:
    judge.page.fill(".reflection textarea", "Una nota para mí.")
    judge.press(".reflection button")
    assert judge.path == LESSON
    assert judge.page.input_value(".reflection textarea") == "Una nota para mí."
    (note,) = server.rows("SELECT text FROM courses_reflectionnote")
    assert note["text"] == "Una nota para mí."


def take_the_quiz(judge: Walker, server: Server) -> None:
    judge.go("/es/courses/trafficking-smuggling/foundations/quiz/")
    judge.press("main form button.btn")
    key = judge.attempt
    first, second, *others = judge.paper().slots
    judge.fill_answer(first)
    judge.page.check("#flag")
    judge.save_and_go("3")  # the navigator saves too
    judge.save_and_go("1")
    assert judge.page.is_checked("#flag")
    judge.page.uncheck("#flag")
    judge.save_and_go()
    judge.fill_answer(second)
    judge.save_and_go("leave")
    judge.press("main form button.btn")
    assert judge.attempt == key, "leaving and coming back goes on with the same attempt"
    judge.save_and_go("3")
    for slot in others:
        judge.fill_answer(slot)
        judge.save_and_go()
    judge.hand_in()
    assert judge.page.locator(".score .chip--ok").count() == 1, judge.page.inner_text("main")
    handed_in = server.rows(
        "SELECT 1 FROM assessments_step s JOIN assessments_attempt a ON a.id = s.attempt_id"
        " WHERE a.key = ? AND s.kind = 'submit'",
        key.replace("-", ""),
    )
    assert len(handed_in) == 1
