"""A server with the demo for each file of journeys, and one Chromium."""

from tests.browser.fixtures import _template, chromium, server, walk  # noqa: F401
