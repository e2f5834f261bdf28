"""Every set of strings leaves the same ink on the page as Chromium leaves with the same font."""

import json
import shutil
from pathlib import Path

import pytest

from tests.certificates import ink

pytestmark = [pytest.mark.browser, pytest.mark.slow]
SETS = json.loads((Path(__file__).parent / "golden" / "strings.json").read_text())


@pytest.fixture(scope="module")
def chromium():
    with ink.launched() as browser:
        yield browser


@pytest.mark.skipif(shutil.which("pdftoppm") is None, reason="poppler-utils is not installed")
@pytest.mark.parametrize(("name", "language", "family", "texts"), SETS, ids=[row[0] for row in SETS])
def test_the_ink_is_where_chromium_puts_it(name, language, family, texts, chromium):
    drawn = list(ink.ours(family, language, texts))
    wanted = list(ink.chromiums(chromium, family, language, texts))
    assert len(drawn) == len(wanted) == len(texts)
    for text, one, other in zip(texts, drawn, wanted, strict=True):
        assert ink.shared(one, other) >= 0.99, text
