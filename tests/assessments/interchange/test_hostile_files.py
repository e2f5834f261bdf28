"""Files that mean harm, or are damaged: one clear fault each, and never anything else."""

import io
import time
import tracemalloc
import zipfile
from contextlib import suppress
from itertools import islice

import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assessments.interchange import READERS, InterchangeError, Item, Limits, Skipped, read
from assessments.interchange.errors import FAULTS

QUESTION = (
    '<question type="shortanswer"><name><text>{name}</text></name>'
    '<questiontext format="html"><text><![CDATA[{text}]]></text></questiontext>'
    '<answer fraction="100"><text>yes</text></answer></question>'
)


def moodle(*questions, head='<?xml version="1.0" encoding="UTF-8"?>'):
    return f"{head}<quiz>{''.join(questions)}</quiz>".encode()


def question(text="Is it?", name="Q"):
    return QUESTION.format(text=text, name=name)


def zipped(files, **extra):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return stream.getvalue()


def sheet(*rows, name="Questions"):
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream) as book:
        page = book.add_worksheet(name)
        for at, row in enumerate(rows):
            page.write_row(at, 0, row)
    return stream.getvalue()


def fault(data, **given):
    """The fault of a file; anything else that is raised fails the test."""
    with pytest.raises(InterchangeError) as caught:
        list(read(io.BytesIO(data), **given))
    error = caught.value
    assert str(error)
    assert error.code in FAULTS
    return error


MANIFEST = (
    '<manifest xmlns="http://www.imsglobal.org/xsd/imscp_v1p1"><resources>'
    '<resource identifier="A" type="imsqti_item_xmlv2p1" href="{href}"/></resources></manifest>'
)
BOMB = '<!DOCTYPE quiz [<!ENTITY a "aaaaaaaaaa">' + "".join(
    f'<!ENTITY {name} "{f"&{before};" * 10}">' for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)


@pytest.mark.parametrize(
    "head",
    [
        f"{BOMB}]>",
        '<!DOCTYPE quiz [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE quiz SYSTEM "http://example.org/quiz.dtd">',
        '<!DOCTYPE quiz [<!ENTITY % x SYSTEM "http://example.org/x"> %x;]>',
        "<!DOCTYPE quiz>",
    ],
)
def test_document_types_and_entities_are_refused_before_anything_is_read(head):
    data = moodle(question("&i;"), head=f'<?xml version="1.0"?>{head}')
    assert fault(data).code == "declarations"
    assert fault(data, form="moodle_xml").code == "declarations"
    package = zipped({"imsmanifest.xml": MANIFEST.format(href="a.xml"), "a.xml": f"{head}<assessmentItem/>"})
    assert fault(package).code == "declarations"


def test_an_undefined_entity_is_a_fault_with_its_line():
    error = fault(b'<?xml version="1.0"?>\n<quiz>\n<question>&x;</question></quiz>')
    assert (error.code, error.place.line) == ("not_well_formed", 3)


def test_broken_xml_is_a_fault_with_its_line():
    error = fault(b"<quiz>\n<question type='essay'>\n<name></quiz>")
    assert (error.code, error.place.line) == ("not_well_formed", 3)


@pytest.mark.parametrize(
    "data",
    [
        b'<?xml version="1.0" encoding="no-such"?><quiz></quiz>',
        b'<?xml version="1.0" encoding="shift_jis"?><quiz></quiz>',
        '<?xml version="1.0" encoding="UTF-8"?><quiz>é</quiz>'.encode("latin-1"),
        b"::x::ques\0tion{=a}",
    ],
)
def test_characters_that_cannot_be_read_are_a_fault(data):
    assert fault(data).code in ("encoding", "not_well_formed")


def test_elements_nested_without_end_are_a_fault():
    assert fault(moodle("<question>" + "<a>" * 5000 + "</a>" * 5000 + "</question>")).code == "too_deep"
    assert fault(moodle(question("<div>" * 5000))).code == "too_deep"
    assert fault(b"::x::[html]" + b"<b>" * 5000 + b"{=a}").code == "too_deep"


def test_texts_and_files_beyond_the_limits_are_faults():
    small = Limits(file_bytes=2_000_000, questions=3, text_characters=500)
    assert fault(moodle(question("x" * 600)), limits=small).code == "text_too_long"
    assert fault(moodle(*[question()] * 4), limits=small).code == "too_many"
    assert fault(moodle(question() + " " * 2_000_001), limits=small).code == "too_large"
    assert fault(b"a {T}\n\n" * 4, limits=small).code == "too_many"
    assert fault(b"a {T}" + b" " * 2_000_001, limits=small).code == "too_large"
    assert fault(b"q\nA) a\nB) b\nANSWER: A\n" * 4, limits=small).code == "too_many"
    rows = [["kind", "text"], *[["description", "x"]] * 4]
    assert fault(sheet(*rows), limits=small).code == "too_many"
    assert fault(sheet(["kind", "text"], ["description", "x" * 600]), limits=small).code == "text_too_long"


@pytest.mark.parametrize("name", ["../a.xml", "/etc/a.xml", "a/../../b.xml", "a\\b.xml", "C:/a.xml"])
def test_names_that_lead_out_of_the_package_are_a_fault(name):
    data = zipped({"imsmanifest.xml": MANIFEST.format(href="a.xml"), name: "x"})
    assert fault(data).code == "zip_name"


@pytest.mark.parametrize(
    "href", ["../../etc/passwd", "/etc/passwd", "file:///etc/passwd", "http://example.org/x"]
)
def test_addresses_that_lead_out_of_the_package_are_a_fault(href):
    assert fault(zipped({"imsmanifest.xml": MANIFEST.format(href=href)})).code == "zip_name"


def test_a_symbolic_link_in_a_zip_is_a_fault():
    link = zipfile.ZipInfo("a.xml")
    link.external_attr = 0o120777 << 16
    assert fault(zipped({"imsmanifest.xml": "<manifest/>", link: "/etc/passwd"})).code == "zip_name"


def test_zip_bombs_are_a_fault_before_they_are_unpacked():
    bomb = zipped({"imsmanifest.xml": MANIFEST.format(href="a.xml"), "a.xml": b"0" * 20_000_000})
    tracemalloc.start()
    assert fault(bomb).code == "zip_bomb"
    _now, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 5_000_000
    wide = zipped({f"{number}.txt": b"x" * 1000 for number in range(50)})
    assert fault(wide, limits=Limits(zip_bytes=20_000)).code == "zip_bomb"
    assert fault(wide, limits=Limits(zip_entries=20)).code == "zip_entries"
    book = zipped({"[Content_Types].xml": "", "xl/sharedStrings.xml": b" " * 20_000_000})
    assert fault(book).code == "zip_bomb"


def test_a_size_that_a_zip_states_falsely_is_a_fault():
    data = bytearray(zipped({"imsmanifest.xml": MANIFEST.format(href="a.xml"), "a.xml": b"<x/>" * 5000}))
    at = data.index(b"PK\x01\x02", data.index(b"PK\x01\x02") + 4) + 24
    data[at : at + 4] = (10).to_bytes(4, "little")
    assert fault(bytes(data)).code in ("zip_bomb", "bad_zip")


def test_damaged_packages_are_faults():
    good = zipped({"imsmanifest.xml": MANIFEST.format(href="a.xml")})
    assert fault(good[: len(good) // 2]).code == "bad_zip"
    assert fault(zipped({"readme.txt": "x"})).code == "no_manifest"
    assert fault(zipped({"[Content_Types].xml": "<x/>"})).code == "bad_workbook"
    assert fault(sheet(["kind", "text"], name="Other")).code == "no_sheet"
    assert fault(sheet(["kind"])).code == "no_column"
    assert fault(sheet(["kind", "text"], ["", "an option of nothing"])).code == "no_question"
    assert fault(sheet(["kind", "text", "part"], ["essay", "x", ""], ["", "y", "?"])).code == "unknown_part"


def test_a_formula_is_refused_and_the_line_named():
    data = sheet(["kind", "text"], ["essay", '=HYPERLINK("http://example.org")'])
    error = fault(data)
    assert (error.code, error.place.line) == ("formula", 2)


def test_what_is_no_list_of_questions_is_said_so():
    assert fault(b"").code == "empty"
    assert fault(moodle()).code == "empty"
    assert fault(b"Dear reader").code == "unknown_format"
    assert fault(b"\x89PNG\r\n\x1a\n").code == "unknown_format"
    assert fault(b"<html><body>x</body></html>").code == "unknown_format"
    assert fault(b"<questestinterop/>").code == "qti_1"


def test_a_broken_item_of_a_package_is_named_and_the_rest_is_read():
    item = '<assessmentItem identifier="b" title="B"><itemBody><p>Read this.</p></itemBody></assessmentItem>'
    resources = "".join(
        f'<resource identifier="{name}" type="imsqti_item_xmlv2p1" href="{name}.xml"/>' for name in "abc"
    )
    manifest = f"<manifest><resources>{resources}</resources></manifest>"
    data = zipped({"imsmanifest.xml": manifest, "a.xml": "<assessmentItem>", "b.xml": item})
    broken, good, missing = read(io.BytesIO(data))
    assert isinstance(broken, Skipped)
    assert isinstance(good, Item)
    assert isinstance(missing, Skipped)
    assert broken.notices[0].values["name"] == "a.xml"


EVIL = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '<a href="javascript:alert(1)">x</a>',
    '<a href="  JaVaScRiPt:alert(1)">x</a>',
    "<svg><script>alert(1)</script></svg>",
    '<iframe src="https://example.org"></iframe>',
    '<math><mtext><table><mglyph><style><img src=x onerror="alert(1)">',
    "<style>@import 'https://example.org'</style>",
    '<img src="https://example.org/spy.png">',
    '<form action="https://example.org"><input name=a></form>',
    '<img src="data:text/html;base64,PHNjcmlwdD4=">',
    '<span style="background:url(https://example.org)">x</span>',
]


@pytest.mark.parametrize("evil", EVIL)
@pytest.mark.parametrize("form", ["moodle_xml", "gift", "sheet"])
def test_no_script_nor_address_of_another_site_gets_through(form, evil):
    if form == "moodle_xml":
        data = moodle(question(f"Is it? {evil}"))
    elif form == "gift":
        escaped = evil.replace("=", "\\=").replace(":", "\\:")
        data = f"[html]Is it? {escaped}{{=yes}}".encode()
    else:
        data = sheet(["kind", "part", "text"], ["short", "", f"[html]Is it? {evil}"], ["", "accepted", "yes"])
    (item,) = read(io.BytesIO(data), form=form)
    shown = item.stem["en"].lower()
    for word in (
        "<script",
        "onerror",
        "javascript",
        "<iframe",
        "<style",
        "<form",
        "style=",
        "src=",
        "<svg",
        "data:",
    ):
        assert word not in shown
    assert "is it?" in shown


def test_what_is_removed_is_said():
    (item,) = read(
        io.BytesIO(moodle(question("Is it? <script>x</script><img src='https://example.org/a.png'>")))
    )
    assert {notice.code for notice in item.notices} == {"markup", "remote_media"}


def test_a_file_that_is_not_what_its_name_says_is_left_out():
    file = '<file name="a.png" path="/" encoding="base64">PHNjcmlwdD4=</file>'
    text = QUESTION.format(name="Q", text='See <img src="@@PLUGINFILE@@/a.png">').replace(
        "</questiontext>", f"{file}</questiontext>"
    )
    (item,) = read(io.BytesIO(moodle(text)))
    assert item.media == ()
    assert {notice.code for notice in item.notices} == {"bad_media", "missing_media"}


@pytest.mark.parametrize(
    "text",
    [
        "\n" * 250_000 + "x",
        "<!--" * 60_000,
        "{1:SA:" * 15_000,
        "{" * 90_000,
        "::" * 45_000,
        "%" * 90_000,
        "<span lang=en class=multilang>" * 3_000,
        "&" * 90_000,
        "= " * 45_000,
        "\\" * 90_000,
    ],
    ids=lambda text: text.strip()[:8],
)
def test_no_text_takes_long(text):
    started = time.process_time()
    for form in ("moodle_xml", "gift", "aiken", ""):
        data = (
            moodle(question(text).replace("shortanswer", "cloze")) if form == "moodle_xml" else text.encode()
        )
        with suppress(InterchangeError):
            list(read(io.BytesIO(data), form=form))
    assert time.process_time() - started < 5


def test_a_sheet_with_a_line_far_below_does_not_take_long():
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream) as book:
        page = book.add_worksheet("Questions")
        page.write_row(0, 0, ["kind", "text"])
        page.write_row(1_048_575, 0, ["description", "x"])
    started = time.process_time()
    with suppress(InterchangeError):
        list(read(stream))
    assert time.process_time() - started < 10


class Endless(io.RawIOBase):
    """A file of questions that is made while it is read."""

    def __init__(self, number):
        self.pieces = iter([b"<quiz>", *[question("Is it? " * 200).encode()] * number, b"</quiz>"])
        self.rest = b""

    def read(self, size=-1):
        while len(self.rest) < size and (piece := next(self.pieces, b"")):
            self.rest += piece
        found, self.rest = self.rest[:size], self.rest[size:]
        return found


def test_two_thousand_questions_stream_in_little_memory():
    tracemalloc.start()
    found = sum(isinstance(entry, Item) for entry in READERS["moodle_xml"](Endless(2000)))
    _now, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert found == 2000
    assert most < 8_000_000


def test_the_first_question_is_there_before_the_last_is_read():
    stream = Endless(2000)
    assert len(list(islice(READERS["moodle_xml"](stream), 1))) == 1
    assert next(stream.pieces, None)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.sampled_from(sorted(READERS)), st.binary(max_size=300))
def test_noise_is_a_fault_or_questions_and_never_anything_else(form, noise):
    with suppress(InterchangeError):
        list(read(io.BytesIO(noise), form=form))


SIGNS = st.lists(
    st.sampled_from(
        [*"~=#{}:\\%*>", "->", "::", "####", "\n", "a", "1", "%50%", "[html]", "T", "//", "{1:SA:=a}"]
    ),
    max_size=40,
).map("".join)


@settings(max_examples=150, deadline=None)
@given(SIGNS)
def test_signs_in_any_order_are_a_fault_or_questions(signs):
    for form, data in (
        ("gift", signs.encode()),
        ("moodle_xml", moodle(question(signs).replace("shortanswer", "cloze"))),
    ):
        with suppress(InterchangeError):
            for entry in read(io.BytesIO(data), form=form):
                assert all(notice.sentence % notice.values for notice in entry.notices)
