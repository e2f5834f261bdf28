"""What a page weighs, and what no template may contain."""

import gzip
import re
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(settings.ROOT)
STATIC = ROOT / "site" / "static"
SHEETS = ("site.css", "text.css")
TEMPLATES = sorted(
    path
    for folder in ("site", "courses", "assessments", "certificates", "programmes", "translation")
    for path in (ROOT / folder).rglob("templates/**/*.html")
    # mails and the certificate's PDF are not pages of the site: no policy applies to them
    if not {"email", "mail", "pdf"} & set(path.parts)
)
INLINE = {
    "a style attribute": re.compile(r"<[^>]*\sstyle\s*="),
    "a style element": re.compile(r"<style\b"),
    "an inline script": re.compile(r"<script\b(?![^>]*\bsrc=)(?![^>]*application/json)"),
    "an inline handler": re.compile(r"<[a-z][^>]*\son[a-z]+\s*=", re.IGNORECASE),
    "a data: address": re.compile(r"""(?:src|href)\s*=\s*["']data:"""),
    "another host": re.compile(r"""<(?:script|link|img|video|audio|source|iframe)\b[^>]*https?://"""),
}


def _weight(*names: str) -> int:
    return sum(len(gzip.compress((STATIC / name).read_bytes(), 9)) for name in names)


def test_the_sheets_of_all_pages_weigh_at_most_15_kb() -> None:
    assert _weight("css/site.css", "css/fonts.css") <= 15_000


def test_the_sheet_of_a_lesson_as_text_weighs_at_most_2500_bytes() -> None:
    assert _weight("css/text.css") <= 2_500


def test_the_sites_script_weighs_at_most_3500_bytes() -> None:
    assert _weight("js/site.js") <= 3_500


def test_all_scripts_together_weigh_at_most_12_kb() -> None:
    """No page loads them all; the largest is the one that answers without a connection."""
    assert _weight(*(f"js/{path.name}" for path in (STATIC / "js").glob("*.js"))) <= 12_000


def test_the_heading_font_weighs_at_most_40_kb_and_brings_its_licence() -> None:
    assert (STATIC / "fonts" / "source-serif-4-latin.woff2").stat().st_size <= 40_000
    assert "SIL OPEN FONT LICENSE" in (STATIC / "fonts" / "OFL.txt").read_text()


@pytest.mark.parametrize("name", SHEETS)
def test_the_sheet_names_no_physical_side(name: str) -> None:
    """Left and right are written as start and end, so that Arabic needs no second sheet."""
    sheet = re.sub(r"/\*.*?\*/", "", (STATIC / "css" / name).read_text(), flags=re.DOTALL)
    physical = re.findall(
        r"(?:margin|padding|border)-(?:left|right)\b|text-align:\s*(?:left|right)|float:"
        r"|[;{]\s*(?:left|right):",
        sheet,
    )
    assert physical == []


@pytest.mark.parametrize("name", SHEETS)
def test_the_sheet_uses_nothing_above_the_browser_floor(name: str) -> None:
    sheet = re.sub(r"/\*.*?\*/", "", (STATIC / "css" / name).read_text(), flags=re.DOTALL)
    for feature in ("light-dark(", "color-mix(", ":has(", "@import"):
        assert feature not in sheet


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_template_needs_a_weaker_security_policy(path: Path) -> None:
    # the editor's own inline scripts carry the nonce of the request (portal/admin_scripts.py)
    source = re.sub(r"<script\{% nonce_attribute %\}>", "", path.read_text())
    found = {name for name, pattern in INLINE.items() if pattern.search(source)}
    assert found == set()


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_drawing_in_a_template_speaks_unless_it_is_named(path: Path) -> None:
    for drawing in re.findall(r"<svg\b[^>]*>", path.read_text()):
        assert 'aria-hidden="true"' in drawing or "role=" in drawing
