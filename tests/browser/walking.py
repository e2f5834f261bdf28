"""One person in one browser window, and everything that must hold on every page they see."""

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, ConsoleMessage, Page, Response

from assessments.paper import Paper, PaperSlot
from portal.demo.answers import right_answer
from portal.demo.people import PASSWORD
from tests.browser.serving import Server

AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
AXE_OPTIONS = {"runOnly": AXE_TAGS, "resultTypes": ["violations"]}
CONTRAST = {"runOnly": {"type": "rule", "values": ["color-contrast"]}, "resultTypes": ["violations"]}
# a menu lies over the page: it is looked at alone
OPEN_ALL = "document.querySelectorAll('details:not(.menu)').forEach(part => (part.open = true))"
OPEN_MENU = "document.querySelectorAll('details.menu').forEach((part, at) => (part.open = at === {}))"
SESSION = "aula_session"
LONG = 60_000  # ms: the machine may be busy; nothing here is a matter of speed


class Walker:
    """A window with its own cookies; `complaints` collects what no page may cause."""

    def __init__(self, browser: Browser, server: Server, *, fits: bool = False, **options: Any) -> None:
        self.server = server
        self.fits = fits  # whether every page must fit the width of the window
        self.context = browser.new_context(base_url=server.base, **options)
        self.context.set_default_timeout(LONG)
        self.page: Page = self.context.new_page()
        self.complaints: list[str] = []
        self.expected: set[int] = set()  # statuses that this walk asks for on purpose
        self.page.on("console", self._heard)
        self.page.on("pageerror", lambda error: self.complaints.append(f"script: {error}"))
        self.page.on("response", self._answered)

    def _heard(self, message: ConsoleMessage) -> None:
        # a status is judged in _answered, where it is known whether it was asked for
        if message.type == "error" and "Failed to load resource" not in message.text:
            self.complaints.append(f"console on {self.page.url}: {message.text}")

    def _answered(self, response: Response) -> None:
        if response.status >= 400 and response.status not in self.expected:
            self.complaints.append(f"{response.status}: {response.request.method} {response.url}")

    @property
    def path(self) -> str:
        """Where the window is, without the server's name."""
        return urlsplit(self.page.url).path

    def go(self, path: str) -> None:
        """Open an address of the site."""
        self.page.goto(path)
        self._look()

    def press(self, selector: str) -> None:
        """Press what leads to another page, and wait for it."""
        with self.page.expect_navigation():
            self.page.click(selector)
        self._look()

    def _look(self) -> None:
        if not self.fits:
            return
        self.page.evaluate(OPEN_ALL)
        assert self.overflow() <= 0, f"{self.path} is too wide by {self.overflow()} pixels"

    def quiz_is_diagnostic(self) -> bool:
        """Tell whether the last attempt was of a pre-test, which has no pass mark."""
        return not self.paper().pass_mark

    def sign_in(self, email: str, *, language: str = "es", then: str = "") -> None:
        """Sign in by the form, as everybody does."""
        self.go(f"/{language}/account/login/" + (f"?next={then}" if then else ""))
        self.page.fill("input[name=login]", email)
        self.page.fill("input[name=password]", PASSWORD)
        self.press("main form button.btn")
        assert "/account/login/" not in self.path, self.page.inner_text("main")

    def enter(self, email: str, *, language: str = "es", then: str = "") -> None:
        """Be signed in without the form, which other journeys fill in and which costs a second."""
        session = {"name": SESSION, "value": self.server.run("session", email=email), "url": self.server.base}
        self.context.add_cookies([session])
        self.go(then or f"/{language}/")

    def faults(self, *, dark: bool = True) -> list[tuple[str, str, list[str]]]:
        """Return what axe finds on this page with every part open, in light and then in dark.

        Colours are those of every language, so pages from right to left are seen in light alone.
        """
        self.page.evaluate(OPEN_ALL)
        found = self._axe(AXE_OPTIONS)
        if dark and self.page.evaluate("document.dir") != "rtl":
            self.page.emulate_media(color_scheme="dark")
            found += [("dark " + rule, path, nodes) for rule, path, nodes in self._axe(CONTRAST)]
            self.page.emulate_media(color_scheme="light")
        return found

    def faults_of_menus(self) -> list[tuple[str, str, list[str]]]:
        """Return what axe finds while each menu of the head is open."""
        found = []
        for number in range(self.page.locator("details.menu").count()):
            self.page.evaluate(OPEN_MENU.format(number))
            found += self._axe({**AXE_OPTIONS, "rules": {"target-size": {"enabled": False}}})
        return found

    def _axe(self, options: Mapping[str, Any]) -> list[tuple[str, str, list[str]]]:
        if not self.page.evaluate("'axe' in window"):
            self.page.evaluate(AXE_SCRIPT)  # half a megabyte: once for each page
        found = self.page.evaluate(
            "options => axe.run(options).then(answer => answer.violations)", dict(options)
        )
        return [(fault["id"], self.path, [node["html"][:160] for node in fault["nodes"]]) for fault in found]

    def overflow(self) -> int:
        """Return by how many pixels this page is wider than the window."""
        return int(self.page.evaluate("document.documentElement.scrollWidth - innerWidth"))

    # --- quizzes ------------------------------------------------------------------------------
    @property
    def attempt(self) -> str:
        """The key of the attempt whose page is open."""
        return self.path.split("/quiz/")[1].split("/")[0]

    def paper(self) -> Paper:
        """Return the frozen paper of the open attempt, with its key."""
        (row,) = self.server.rows(
            "SELECT paper_data FROM assessments_attempt WHERE key = ?", self.attempt.replace("-", "")
        )
        return Paper.from_json(json.loads(row["paper_data"]))

    @property
    def language(self) -> str:
        """The language of the page."""
        return self.path.split("/")[1]

    def fill_answer(self, slot: PaperSlot, given: Mapping[str, Any] | None = None) -> None:
        """Put an answer (the right one, unless another is given) into the form of its question."""
        answer = right_answer(slot, self.language) if given is None else given
        for key in answer.get("choices", [answer["choice"]] if "choice" in answer else []):
            self.page.click(f"label[for={self.page.get_attribute(f'input[value="{key}"]', 'id')}]")
        for name, value in answer.get("pairs", {}).items():
            self.page.select_option(f"select[name='pair-{name}']", value)
        for place, name in enumerate(answer.get("order", []), 1):
            self.page.select_option(f"select[name='place-{name}']", str(place))
        for name, value in answer.get("gaps", {}).items():
            if self.page.locator(f"select[name='gap-{name}']").count():
                self.page.select_option(f"select[name='gap-{name}']", value)
            else:
                self.page.fill(f"input[name='gap-{name}']", value)
        for name in ("value", "text"):
            if name in answer:
                self.page.fill(f"[name={name}]", answer[name])

    def save_and_go(self, where: str = "next") -> None:
        """Press one of the buttons that save and lead on."""
        self.press(f"button[name=go][value='{where}']:visible")

    def answer_all(self, *, wrong: int = 0) -> None:
        """Answer every question of the open quiz, the last `wrong` ones not at all; stop at the review."""
        slots = self.paper().slots
        for slot in slots:
            assert self.path.endswith(f"/{slot.number}/"), self.path
            if slot.number <= len(slots) - wrong:
                self.fill_answer(slot)
            self.save_and_go("next")
        assert self.path.endswith("/review/"), self.path

    def hand_in(self) -> None:
        """Hand in from the review page."""
        self.press("form#quiz button.btn")
        assert self.path.endswith("/result/"), self.path

    def close(self) -> None:
        """Close the window; nothing may have complained."""
        self.context.close()
        assert self.complaints == [], self.complaints
