"""The line is cut in an examination, without a word or for good: the answers arrive by another way."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.browser.serving import Server
from tests.browser.walking import Walker

pytestmark = [pytest.mark.browser, pytest.mark.slow]

EMAILS = {"es": "typist@example.org", "ar": "arabic@example.org"}
WORDS = {"es": "explotación", "ar": "الاستغلال"}
KINDS = ["short", "essay", "single"]
UNSENT = "[data-unsent]:not([hidden])"
NOTHING_KEPT = "() => !Object.keys(localStorage).some(key => /^aula:.*:\\d+$/.test(key))"

Sit = Callable[..., Walker]


@pytest.fixture(params=["es", "ar"])
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def sit(walk: Callable[..., Walker], server: Server, language: str) -> Sit:
    """Return a function that opens the first question of a new examination, with all questions at hand."""

    def sit(**rules: Any) -> Walker:
        key = server.run("exam", email=EMAILS[language], language=language, kinds=KINDS, **rules)
        judge = walk()
        judge.page.on("dialog", lambda dialog: dialog.accept())  # "leave with unsaved changes?"
        judge.enter(EMAILS[language], language=language)
        judge.go(f"/{language}/quiz/{key}/1/")
        judge.page.wait_for_function("() => Object.keys(sessionStorage).some(key => key.includes('sheets'))")
        return judge

    return sit


def answers(server: Server, attempt: str) -> list[tuple[int, Any, bool]]:
    """Return what was saved, in the order in which the server has it: slot, response, whether it waited."""
    rows = server.rows(
        "SELECT s.slot, s.data FROM assessments_step s JOIN assessments_attempt a ON a.id = s.attempt_id"
        " WHERE a.key = ? AND s.kind IN ('answer', 'late') ORDER BY s.sequence",
        attempt.replace("-", ""),
    )
    found = [(row["slot"], json.loads(row["data"])) for row in rows]
    return [(slot, data["response"], "sequence" in data) for slot, data in found]


def answer_without_a_line(judge: Walker, language: str) -> None:
    """Answer the second question first, then the first and the third, without a line."""
    page, word = judge.page, WORDS[language]
    page.click("button[name=go][value='2']")
    page.wait_for_selector("textarea[name=text]")
    assert judge.path.endswith("/2/")
    page.fill("textarea[name=text]", f"{word} 2")
    page.click("button[name=go][value='1']")
    page.fill("input[name=text]", f"{word} 1")
    page.click("button[name=go][value='2']")
    page.wait_for_selector("textarea[name=text]")
    assert page.input_value("textarea[name=text]") == f"{word} 2", "it stands where it was left"
    page.click("button[name=go][value='next'] >> nth=-1")
    page.check("input[name=choice] >> nth=1", force=True)
    page.wait_for_selector(UNSENT)
    numbers = page.inner_text("[data-unsent-list]")
    assert all(str(number) in numbers for number in (1, 2, 3)), numbers


def test_a_line_that_is_dead_without_saying_so_is_noticed_before_the_page_is_lost(
    sit: Sit, server: Server, language: str
) -> None:
    judge = sit()
    judge.page.wait_for_timeout(11_000)  # a line that was used just now is not asked again
    judge.page.route("**/*", lambda route: route.abort())
    judge.page.click("button[name=go][value='2']")
    judge.page.wait_for_selector("textarea[name=text]")
    judge.page.fill("textarea[name=text]", WORDS[language])
    judge.page.wait_for_selector(UNSENT)
    judge.page.unroute("**/*")
    judge.page.wait_for_function(NOTHING_KEPT)
    assert answers(server, judge.attempt) == [(2, {"text": WORDS[language]}, True)]


def test_what_a_closed_window_left_behind_is_sent_from_the_next_page_that_is_visited(
    sit: Sit, server: Server, language: str
) -> None:
    judge = sit()
    attempt = judge.attempt
    judge.context.set_offline(True)
    answer_without_a_line(judge, language)
    judge.page.close(run_before_unload=False)
    assert answers(server, attempt) == []
    judge.context.set_offline(False)
    judge.page = judge.context.new_page()
    judge.go(f"/{language}/help/")
    judge.page.wait_for_function(NOTHING_KEPT)
    judge.page.wait_for_selector("[data-sent]:not([hidden])")
    assert [slot for slot, _response, _waited in answers(server, attempt)] == [2, 1, 3]
    judge.press("[data-sent] a")
    assert judge.attempt == attempt


def test_a_file_of_answers_is_saved_without_a_line_and_handed_in_from_another_device(
    sit: Sit, server: Server, language: str, walk: Callable[..., Walker], tmp_path: Path
) -> None:
    judge = sit()
    attempt = judge.attempt
    judge.context.set_offline(True)
    answer_without_a_line(judge, language)
    with judge.page.expect_download() as download:
        judge.page.click("[data-unsent-file]")
    kept = tmp_path / download.value.suggested_filename
    download.value.save_as(kept)
    elsewhere = walk()
    elsewhere.enter(EMAILS[language], language=language)
    elsewhere.go(f"/{language}/quiz/{attempt}/review/")
    elsewhere.press("main a[href*='/answers/']")
    assert elsewhere.faults(dark=False) == []
    elsewhere.page.set_input_files("input[type=file]", kept)
    elsewhere.press("main form button.btn")
    assert [slot for slot, _response, _waited in answers(server, attempt)] == [2, 1, 3]
    judge.context.set_offline(False)
    judge.page.wait_for_function(NOTHING_KEPT)
    assert len(answers(server, attempt)) == 3, "what came by the file is not saved twice"
