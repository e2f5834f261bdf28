"""The server is killed while answers are sent: none that it acknowledged is lost, none is doubled."""

import json
import random
import threading
import time
from collections import Counter

import pytest

from assessments.paper import Paper
from portal.demo.answers import right_answer
from tests.browser.serving import Server
from tests.faults.sending import Sender

pytestmark = [pytest.mark.browser, pytest.mark.slow]

PEOPLE = ["typist@example.org", "plain@example.org", "phone@example.org"]
ANSWERS = 30  # of each page; two pages to a person
KILLS = 2


class Page(threading.Thread):
    """One open page that saves a new answer again and again; several may share an attempt."""

    def __init__(self, sender: Sender, attempt: str, slot: int, name: str) -> None:
        super().__init__()
        self.sender, self.attempt, self.slot, self.label = sender, attempt, slot, name
        self.acknowledged: list[tuple[str, str]] = []

    def run(self) -> None:
        for number in range(1, ANSWERS + 1):
            sent = (f"{self.label}-{number}", f"Respuesta {number} de {self.label}")
            self.sender.save(self.attempt, self.slot, *sent)
            self.acknowledged.append(sent)


def steps_of(server: Server, attempt: str) -> list[dict[str, object]]:
    rows = server.rows(
        "SELECT s.sequence, s.client_id, s.kind, s.slot, s.data FROM assessments_step s"
        " JOIN assessments_attempt a ON a.id = s.attempt_id WHERE a.key = ? ORDER BY s.sequence",
        attempt.replace("-", ""),
    )
    return [{**dict(row), "data": json.loads(row["data"])} for row in rows]


def answers_in(server: Server, attempt: str) -> list[tuple[str, str]]:
    found = [step for step in steps_of(server, attempt) if step["kind"] == "answer"]
    return [(step["client_id"], step["data"]["response"]["text"]) for step in found]


def begin(server: Server) -> list[Page]:
    attempts = server.run("sit", emails=PEOPLE, course="TIP-101", kinds=["short", "essay"], language="es")
    return [
        Page(Sender(server, email), attempt, slot, f"{email.partition('@')[0]}page{slot}")
        for email, attempt in zip(PEOPLE, attempts, strict=True)
        for slot in (1, 2)
    ]


def test_no_acknowledged_answer_is_lost_or_doubled_when_the_server_is_killed(server: Server) -> None:
    chance = random.Random(20261121)
    pages = begin(server)
    for page in pages:
        page.start()
    whole = ANSWERS * len(pages)
    moments = sorted(chance.sample(range(whole // 20, whole * 19 // 20), KILLS))
    for moment in moments:
        while sum(len(page.acknowledged) for page in pages) < moment:
            time.sleep(0.005)
        time.sleep(chance.uniform(0, 0.05))
        server.kill()
        # before anybody can send again: what was acknowledged is there
        for page in pages:
            said = list(page.acknowledged)
            assert set(said) <= set(answers_in(server, page.attempt)), "an acknowledged answer is lost"
        server.start()
    for page in pages:
        page.join()
    for attempt in {page.attempt for page in pages}:
        found = answers_in(server, attempt)
        sent = [one for page in pages if page.attempt == attempt for one in page.acknowledged]
        assert Counter(found) == Counter(sent), "every answer stands there exactly once"
        numbers = [step["sequence"] for step in steps_of(server, attempt)]
        assert numbers == list(range(1, len(numbers) + 1))


def test_handing_in_while_the_server_is_killed_counts_once(server: Server) -> None:
    chance = random.Random(7)
    attempts = server.run("sit", emails=PEOPLE[:2], course="TIP-101", kinds=["short"], language="es")
    for email, attempt in zip(PEOPLE[:2], attempts, strict=True):
        tabs = [Sender(server, email), Sender(server, email)]
        (begun,) = server.rows(
            "SELECT paper_data FROM assessments_attempt WHERE key = ?", attempt.replace("-", "")
        )
        (slot,) = Paper.from_json(json.loads(begun["paper_data"])).slots
        tabs[0].save(attempt, 1, "firstpage-1", right_answer(slot, "es")["text"])
        hands = [threading.Thread(target=tab.hand_in, args=[attempt]) for tab in tabs]
        for hand in hands:
            hand.start()
        time.sleep(chance.uniform(0, 0.25))
        server.kill()
        server.start()
        for hand in hands:
            hand.join()
        kinds = Counter(step["kind"] for step in steps_of(server, attempt))
        assert kinds == {"answer": 1, "submit": 1, "grade": 1}
        (row,) = server.rows(
            "SELECT status, fraction FROM assessments_attempt WHERE key = ?", attempt.replace("-", "")
        )
        assert (row["status"], row["fraction"]) == ("graded", "1")
