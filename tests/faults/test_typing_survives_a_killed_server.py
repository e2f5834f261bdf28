"""Somebody types in a real browser while the server dies: what the page called saved is saved."""

import json
import random
import time
from collections.abc import Callable

import pytest
from playwright.sync_api import Route

from tests.browser.serving import Server
from tests.browser.walking import Walker

pytestmark = [pytest.mark.browser, pytest.mark.slow]

EMAIL = "typist@example.org"
KINDS = ["short", "essay", "gap"]
FIELDS = {1: "[name=text]", 2: "textarea", 3: "[name^=gap-]"}
NOTHING_UNSENT = "() => !Object.keys(localStorage).some(key => /^aula:.*:\\d+$/.test(key))"
WARNING = ".saved--bad"


def test_what_the_page_called_saved_is_saved_once_whenever_the_server_dies(
    walk: Callable[..., Walker], server: Server
) -> None:
    chance = random.Random(42)
    (attempt,) = server.run("sit", emails=[EMAIL], course="TIP-101", kinds=KINDS, language="es")
    judge = walk()
    judge.page.on("dialog", lambda dialog: dialog.accept())  # "leave with unsaved changes?"
    judge.enter(EMAIL)
    wanted: dict[int, str] = {}
    for number, slot in enumerate((1, 2, 3)):
        judge.go(f"/es/quiz/{attempt}/{slot}/")
        wanted[slot] = type_while_it_dies(judge, server, attempt, slot, chance)
        server.start()
        come_back(judge, reload=number % 2 == 0)
        assert judge.page.input_value(FIELDS[slot]) == wanted[slot]
        assert texts(server, attempt, slot).count(wanted[slot]) == 1
    hand_in_while_it_dies(judge, server, attempt, chance)
    for slot, text in wanted.items():
        assert texts(server, attempt, slot)[-1] == text, "nothing older came after the newest"
    assert all(count == 1 for count in counts(server, attempt)), "no answer stands there twice"


def test_an_answer_that_is_acknowledged_while_the_page_loads_anew_is_shown(
    walk: Callable[..., Walker], server: Server
) -> None:
    (attempt,) = server.run("sit", emails=[EMAIL], course="TIP-101", kinds=KINDS, language="es")
    judge = walk()
    judge.page.on("dialog", lambda dialog: dialog.accept())
    judge.enter(EMAIL)
    judge.go(f"/es/quiz/{attempt}/1/")

    def answer_late(route: Route) -> None:
        """Draw the page before the answer arrives, and hand it out after it was acknowledged."""
        drawn = route.fetch()
        while not texts(server, attempt, 1):
            time.sleep(0.05)
        time.sleep(0.5)
        route.fulfill(response=drawn)

    judge.page.route(f"**/{attempt}/1/", answer_late)
    judge.page.fill(FIELDS[1], "explotación")
    judge.page.reload()
    judge.page.wait_for_function(NOTHING_UNSENT)
    assert judge.page.input_value(FIELDS[1]) == "explotación"
    assert texts(server, attempt, 1) == ["explotación"]


def type_while_it_dies(judge: Walker, server: Server, attempt: str, slot: int, chance: random.Random) -> str:
    """Type words until the server is killed at some moment, and then some more."""
    page, field = judge.page, FIELDS[slot]
    text = page.input_value(field)
    page.focus(field)
    for word in range(1, 4):
        text = f"{text} w{slot}{word}".strip()
        page.fill(field, text)
        page.wait_for_timeout(chance.uniform(0, 1800))
        called_saved = page.evaluate(NOTHING_UNSENT)
        if word == 3:
            server.kill()
        if called_saved:
            assert texts(server, attempt, slot)[-1] == text, "the page called it saved"
    text += " sin línea"
    page.fill(field, text)
    page.wait_for_selector(WARNING)
    page.fill(field, text + ".")
    page.wait_for_timeout(1000)
    assert page.locator(WARNING).count() == 1, "the warning stays while something is unsaved"
    assert not page.evaluate(NOTHING_UNSENT), "it is kept in the browser"
    return text + "."


def come_back(judge: Walker, *, reload: bool) -> None:
    """Wait until the page has sent what it kept: by itself, or after it was loaded anew."""
    if reload:
        judge.page.reload()
    judge.page.wait_for_function(NOTHING_UNSENT)
    assert judge.page.locator(WARNING).count() == 0


def hand_in_while_it_dies(judge: Walker, server: Server, attempt: str, chance: random.Random) -> None:
    judge.go(f"/es/quiz/{attempt}/review/")
    judge.page.click("form#quiz button.btn", no_wait_after=True)
    judge.page.wait_for_timeout(chance.uniform(0, 300))
    server.kill()
    server.start()
    judge.go(f"/es/quiz/{attempt}/")
    if judge.path.endswith("/result/"):
        pass  # the first time had arrived
    else:
        judge.go(f"/es/quiz/{attempt}/review/")
        judge.hand_in()
    submits = steps(server, attempt, "submit")
    assert len(submits) == 1


def steps(server: Server, attempt: str, kind: str) -> list[tuple[int, str]]:
    rows = server.rows(
        "SELECT s.slot, s.data FROM assessments_step s JOIN assessments_attempt a ON a.id = s.attempt_id"
        " WHERE a.key = ? AND s.kind = ? ORDER BY s.sequence",
        attempt.replace("-", ""),
        kind,
    )
    return [(row["slot"], row["data"]) for row in rows]


def texts(server: Server, attempt: str, slot: int) -> list[str]:
    """Return the answers to one question as they were saved, oldest first."""
    given = [json.loads(data)["response"] for at, data in steps(server, attempt, "answer") if at == slot]
    return [answer.get("text") or next(iter(answer.get("gaps", {"": ""}).values())) for answer in given]


def counts(server: Server, attempt: str) -> list[int]:
    answers = steps(server, attempt, "answer")
    return [answers.count(one) for one in answers]
