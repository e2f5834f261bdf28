"""Programme staff: filters that stay in the address, the same list as a file, and one person's page."""

import csv
import io
from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import pytest
from openpyxl import load_workbook

from tests.browser.walking import Walker

pytestmark = [pytest.mark.browser, pytest.mark.slow]

TITLE_ROWS = 1


def test_staff_filter_a_cohort_and_export_what_they_see(walk: Callable[..., Walker]) -> None:
    staff = walk(accept_downloads=True, viewport={"width": 1280, "height": 900})
    staff.enter("registrar@demo.example", language="en", then="/en/staff/")
    staff.press("main table a:has-text('Judges 2026 B')")
    filter_the_list(staff)
    names = names_shown(staff)
    assert 0 < len(names) < 25
    staff.page.reload()
    assert names_shown(staff) == names, "the address alone brings the list back"
    staff.press("main th a[href*='sort=name']")
    assert asked(staff)["country"] == ["MX"], "sorting keeps the filters"
    assert sorted(names_shown(staff)) == sorted(names)
    for file, read in (("csv", rows_of_csv), ("xlsx", rows_of_xlsx)):
        content = download(staff, file)
        lines = read(content)
        for name in names:
            assert sum(name in " ".join(line) for line in lines) == 1, f"{name} is once in the {file}"
        # a heading, the people, and at the end how many there are
        assert len(lines) == TITLE_ROWS + len(names) + 1
        assert str(len(names)) in " ".join(lines[-1])


def test_staff_see_what_a_learner_lacks_but_no_answers(walk: Callable[..., Walker]) -> None:
    staff = walk(viewport={"width": 1280, "height": 900})
    staff.enter("registrar@demo.example", language="en", then="/en/staff/learners/?q=Ximena")
    assert names_shown(staff) == ["Ximena Yáñez Ávila"]
    staff.press("main tbody a >> nth=0")
    assert "Ximena Yáñez Ávila" in staff.page.inner_text("h1")
    assert staff.page.locator("main a[href*='/quiz/']").count() == 0, "no way to anybody's answers"


def filter_the_list(staff: Walker) -> None:
    staff.page.select_option("select[name=country]", "MX")
    staff.press("form.filters button")
    assert asked(staff)["country"] == ["MX"]
    assert staff.page.input_value("select[name=country]") == "MX"


def asked(staff: Walker) -> dict[str, list[str]]:
    return parse_qs(urlsplit(staff.page.url).query)


def names_shown(staff: Walker) -> list[str]:
    return staff.page.locator("main tbody a[href*='/staff/learners/']").all_inner_texts()


def download(staff: Walker, kind: str) -> bytes:
    with staff.page.expect_download() as waiting:
        staff.page.click(f"main a[href*='.{kind}']")
    return waiting.value.path().read_bytes()


def rows_of_csv(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))


def rows_of_xlsx(content: bytes) -> list[list[str]]:
    sheet = load_workbook(io.BytesIO(content), read_only=True).worksheets[0]
    return [[str(cell) for cell in row if cell is not None] for row in sheet.iter_rows(values_only=True)]
