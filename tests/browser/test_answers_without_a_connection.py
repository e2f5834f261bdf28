"""The line fails in the middle of a quiz: answering goes on, and everything arrives, in order."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Route

from tests.browser.serving import Server
from tests.browser.walking import Walker

pytestmark = [pytest.mark.browser, pytest.mark.slow]

EMAIL = "typist@example.org"
READY = "() => Object.keys(sessionStorage).some(key => key.includes('sheets'))"
NOTHING_UNSENT = "() => !Object.keys(localStorage).some(key => /^aula:.*:\\d+$/.test(key))"
UNSENT = "[data-unsent]"


def begin(walk: Callable[..., Walker], server: Server, kinds: list[str], language: str = "es") -> Walker:
    key = server.run("exam", email=EMAIL, language=language, kinds=kinds)
    judge = walk()
    judge.page.on("dialog", lambda dialog: dialog.accept())
    judge.enter(EMAIL, language=language)
    judge.go(f"/{language}/quiz/{key}/1/")
    judge.page.wait_for_function(READY)
    return judge


def steps(server: Server, judge: Walker) -> list[tuple[int, int | None]]:
    """The slot and the sender's own count of each answer, as they were written."""
    rows = server.rows(
        "SELECT step.slot, step.data FROM assessments_step step JOIN assessments_attempt attempt"
        " ON attempt.id = step.attempt_id WHERE attempt.key = ? AND step.kind = 'answer' ORDER BY sequence",
        judge.attempt.replace("-", ""),
    )
    return [(row["slot"], json.loads(row["data"]).get("sequence")) for row in rows]


@pytest.mark.parametrize("language", ["es", "ar"])
def test_answering_goes_on_and_all_arrives_in_order(
    walk: Callable[..., Walker], server: Server, language: str
) -> None:
    judge = begin(walk, server, ["single", "short", "words", "ordering", "scenario"], language)
    page, paper = judge.page, judge.paper()
    judge.context.set_offline(True)
    page.click("input[name=choice] + label >> nth=1")
    page.click("main button[name=go][value=next]")
    assert judge.path.endswith("/2/")
    assert page.evaluate("document.activeElement.tagName") == "H1"
    page.fill("[name=text]", "explotación")
    page.click("main button[name=go][value=next]")
    page.click("label[for=w1]")
    page.click("main button[name=go][value=next]")
    page.click("[data-down] >> nth=0")
    page.click("main button[name=go][value=next]")
    assert judge.path.endswith("/4/"), "a decision needs the server"
    assert page.locator(".saved--bad").count() == 1
    assert page.locator(UNSENT).is_visible()
    assert "1, 2, 3, 4" in page.inner_text("[data-unsent-list]")
    assert judge.faults() == []
    with page.expect_download() as waiting:
        page.click("[data-unsent-file]")
    saved = json.loads(waiting.value.path().read_text())
    assert [answer["slot"] for answer in saved["answers"]] == ["1", "2", "3", "4"]
    # back and forth, nothing typed is lost
    page.click(".qnav button[value='2']")
    assert page.input_value("[name=text]") == "explotación"
    judge.context.set_offline(False)
    page.wait_for_function(NOTHING_UNSENT)
    page.wait_for_selector(UNSENT, state="hidden")
    written = steps(server, judge)
    assert [slot for slot, _sequence in written] == [1, 2, 3, 4]
    assert [sequence for _slot, sequence in written] == sorted(sequence for _slot, sequence in written)
    judge.press("main button[name=go][value=next]")
    assert judge.path.endswith("/3/")
    assert page.is_checked("#w1")
    assert [slot.kind for slot in paper.slots][-1] == "scenario"


def test_what_waited_is_sent_at_the_next_visit_before_anything_else(
    walk: Callable[..., Walker], server: Server
) -> None:
    judge = begin(walk, server, ["single", "short"])
    page, key = judge.page, judge.attempt
    judge.context.set_offline(True)
    page.click("input[name=choice] + label >> nth=1")
    page.wait_for_selector(UNSENT)
    page.close()
    judge.context.set_offline(False)
    judge.page = judge.context.new_page()
    judge.go(f"/es/quiz/{key}/2/")
    judge.page.wait_for_function(NOTHING_UNSENT)
    assert [slot for slot, _sequence in steps(server, judge)] == [1]


def test_what_comes_after_the_handing_in_is_kept_for_staff(
    walk: Callable[..., Walker], server: Server
) -> None:
    judge = begin(walk, server, ["short"])
    page, key = judge.page, judge.attempt

    def fail(route: Route) -> None:
        route.abort()

    page.route("**/autosave/", fail)
    page.fill("[name=text]", "explotación")
    page.wait_for_selector(UNSENT)
    assert server.run("hand_in", key=key) == "graded"
    page.unroute("**/autosave/")
    judge.go(f"/es/quiz/{key}/result/")
    page.wait_for_selector("[data-late]:not([hidden])")
    assert judge.faults() == []
    (late,) = server.rows(
        "SELECT slot, decision, late.data FROM assessments_lateanswer late "
        "JOIN assessments_attempt attempt ON attempt.id = late.attempt_id WHERE attempt.key = ?",
        key.replace("-", ""),
    )
    assert (late["slot"], late["decision"]) == (1, "waiting")
    assert json.loads(late["data"])["response"] == {"text": "explotación"}
    assert page.evaluate("Object.keys(localStorage).filter(key => key.startsWith('aula:')).length") == 0


SLOW_CLOCK = "const real = Date.now; Date.now = () => real() - 3 * 3600 * 1000;"
KEPT = "Object.entries(localStorage).find(([key]) => /^aula:.*:1$/.test(key))[1]"


def test_the_time_of_an_answer_goes_by_the_servers_clock_whatever_the_device_says(
    walk: Callable[..., Walker], server: Server
) -> None:
    judge = begin(walk, server, ["short"])
    page = judge.page
    judge.context.add_init_script(SLOW_CLOCK)
    page.reload()
    judge.context.set_offline(True)
    page.fill("[name=text]", "explotación")
    page.wait_for_selector(UNSENT)
    at = datetime.fromisoformat(json.loads(page.evaluate(KEPT))["at"])
    assert abs(datetime.now(UTC) - at) < timedelta(minutes=10)
    judge.context.set_offline(False)
    page.wait_for_function(NOTHING_UNSENT)


def test_when_the_time_is_over_without_a_connection_the_page_waits_for_one(
    walk: Callable[..., Walker], server: Server
) -> None:
    judge = begin(walk, server, ["short", "single"])
    page, here = judge.page, judge.path
    page.route("**/*", lambda route: route.abort())
    page.fill("[name=text]", "explotación")
    page.wait_for_selector(UNSENT)
    page.evaluate("document.dispatchEvent(new Event('timeup'))")
    page.wait_for_timeout(1500)
    assert judge.path == here
    assert page.input_value("[name=text]") == "explotación", "the page was not left for one that cannot come"
    page.unroute("**/*")
    page.wait_for_function(NOTHING_UNSENT)
    assert [slot for slot, _sequence in steps(server, judge)] == [1]
