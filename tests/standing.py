"""What hundreds of tests begin with is made once: each finds it as it was, whatever the others did to it.

A layer is made in a transaction around those of the tests, and is taken back before a test that does
not ask for it. A test that empties the database finds none and makes its own.
"""

from collections.abc import Callable, Iterator
from itertools import groupby
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from django.utils import translation
from pytest_django import DjangoDbBlocker

_makers: dict[str, Callable[[], Any]] = {}  # by the name of a fixture; a later one builds on the earlier
_layers: dict[str, tuple[transaction.Atomic, Any]] = {}


def once(name: str) -> Callable[[Callable[[], Any]], Callable[[], Any]]:
    """Let a function make the layer of all tests that use the fixture of this name."""

    def register(make: Callable[[], Any]) -> Callable[[], Any]:
        _makers[name] = make
        return make

    return register


def found(name: str) -> Any:
    """Return what the function of a layer returned, or None where it does not stand."""
    return _layers[name][1] if name in _layers else None


def arrange(items: list[pytest.Item]) -> None:
    """Before all else each test brings about its layers; within a file those with the fewest come first."""
    for item in items:
        item.fixturenames.insert(0, "_standing")
    files = [list(tests) for _path, tests in groupby(items, key=lambda item: item.path)]
    items[:] = [item for tests in files for item in sorted(tests, key=lambda item: len(_wanted(item)))]


@pytest.fixture
def _standing(request: pytest.FixtureRequest) -> None:
    wanted = _wanted(request.node)
    if wanted or _layers:
        request.getfixturevalue("_taken_back_at_the_end")
        blocker = request.getfixturevalue("django_db_blocker")
        with blocker.unblock(), translation.override(settings.LANGUAGE_CODE):
            _take_back(wanted)
            for name in wanted[len(_layers) :]:
                _make(name)


@pytest.fixture(scope="session")
def _taken_back_at_the_end(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    yield
    with django_db_blocker.unblock():
        _take_back([])


def _wanted(item: pytest.Item) -> list[str]:
    if item.get_closest_marker("flushes"):
        return []
    return [name for name in _makers if name in item.fixturenames]


def _make(name: str) -> None:
    cache.clear()
    around = transaction.atomic()
    around.__enter__()
    try:
        _layers[name] = around, _makers[name]()
    except BaseException as fault:
        around.__exit__(type(fault), fault, fault.__traceback__)
        raise


def _take_back(wanted: list[str]) -> None:
    while list(_layers) != wanted[: len(_layers)]:
        _name, (around, _made) = _layers.popitem()
        transaction.set_rollback(True)
        around.__exit__(None, None, None)
