"""A server with the demo for each file of journeys, and one Chromium."""

import shutil
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.browser.serving import Server, forget_template, serving
from tests.browser.walking import Walker

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
]


@pytest.fixture(scope="session", autouse=True)
def _template() -> Iterator[None]:
    yield
    forget_template()


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with serving() as running:
        yield running


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    # the first has no window to draw and is a third faster
    names = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
    program = next(filter(None, map(shutil.which, names)), None)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def walk(chromium: Browser, server: Server) -> Iterator[Callable[..., Walker]]:
    """Return a function that opens a window; what a page complains of fails the test."""
    open_now: list[Walker] = []

    def begin(**options: object) -> Walker:
        walker = Walker(chromium, server, **options)
        open_now.append(walker)
        return walker

    yield begin
    for walker in open_now:
        walker.close()
