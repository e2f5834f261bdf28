"""Whoever signs in to the demo as staff finds figures, marks to give and decisions to make."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.browser.serving import Server, template

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The loaded demo, with nobody serving it."""
    folder: Path = tmp_path_factory.mktemp("demo")
    for name in ("db.sqlite3", "secret_key"):
        shutil.copy(template() / name, folder / name)
    shutil.copytree(template() / "keys", folder / "keys")
    (folder / "static").symlink_to(template() / "static")
    desk = Server(folder)
    yield desk
    desk.close_desk()


def test_every_page_about_examinations_has_something_to_show(demo: Server) -> None:
    assert demo.run("not_shown") == []


def test_attempts_are_what_their_steps_say(demo: Server) -> None:
    assert demo.run("not_intact") == []


def test_a_second_load_makes_nothing_twice(demo: Server) -> None:
    assert demo.run("made_again") == []
