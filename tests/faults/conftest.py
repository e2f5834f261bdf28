"""A server that may be killed, for each test its own; and one Chromium."""

from collections.abc import Iterator

import pytest

from tests.browser.fixtures import _template, chromium, walk  # noqa: F401
from tests.browser.serving import Server, serving


@pytest.fixture
def server() -> Iterator[Server]:
    with serving(workers=2) as running:
        yield running
