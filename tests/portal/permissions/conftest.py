"""The world of the permission tables."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from accounts.models import User
from courses.models import CatalogPage
from tests.courses.conftest import catalogue_page

from .world import World, build

__all__ = ["catalogue_page"]


@pytest.fixture
def world(
    catalogue_page: CatalogPage,
    make_person: Callable[..., User],
    tmp_path: Path,
    settings: Any,
) -> World:
    """One of everything, in a demo installation with files in a folder of its own."""
    settings.DEMO, settings.DEMO_MAIL_FOLDER = True, tmp_path
    settings.MEDIA_ROOT = tmp_path / "media"
    return build(catalogue_page, make_person, tmp_path)
