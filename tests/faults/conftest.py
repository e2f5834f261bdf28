"""A server that may be killed, of its own for each file, and left running by each test; and one Chromium."""

from collections.abc import Iterator

import pytest

from tests.browser.fixtures import _template, chromium, walk  # noqa: F401
from tests.browser.serving import Server, serving


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with serving(workers=2) as running:
        yield running
