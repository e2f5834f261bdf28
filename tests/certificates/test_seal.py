"""The signed statement in the QR code: what it holds, that it fits, is read from paper, and cannot change."""

import datetime
import io
import string
import uuid
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import cbor2
import pytest
import segno
import zxingcpp
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image, ImageFilter

from certificates import base41, documents, keys, numbers, scsu, seal
from certificates.choices import Kind
from certificates.excerpt import Excerpt, NoRoom, digest_of, fit, tidy
from certificates.issuing import Statement
from certificates.models import Certificate
from certificates.pdf import qr
from certificates.pdf.attachments import attached

MANY = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
# as the paper has them: no control characters, no halves of characters
TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc"]))
NAMES = {
    "es": ("María de los Ángeles Núñez Ibáñez " * 3, "Investigación y enjuiciamiento de la trata " * 3),
    "vi": ("Nguyễn Thị Phượng Đặng " * 4, "Phòng chống mua bán người " * 4),
    "ar": ("القاضية المُعلَّى بنت عبد الرحمن " * 3, "مكافحة الاتجار بالأشخاص وتهريب المهاجرين " * 3),
    "bn": ("মোহাম্মদ আব্দুল করিম চৌধুরী ভট্টাচার্য্য " * 3, "মানব পাচার ও অভিবাসী চোরাচালান দমন " * 3),
    "ne": ("श्रीमती लक्ष्मी कुँवर क्षेत्री " * 3, "मानव बेचबिखन तथा ओसारपसार " * 4),
    "dv": ("އާމިނަތު ޢަބްދުﷲ މަނިކުފާނު " * 4, "އިންސާނުން ވިޔަފާރި ކުރުން " * 4),
    "mk": ("Ѓорѓиевска Љубица Стојановска " * 3, "Трговија со луѓе и криумчарење мигранти " * 3),
    "zh": ("欧阳修远" * 20, "打击人口贩运和偷运移民" * 8),
}


@pytest.fixture(scope="module")
def known() -> list[keys.PublicKey]:
    return []


@pytest.fixture
def sealed(issue: Callable[..., Certificate], known: list[keys.PublicKey]) -> str:
    """The text of one certificate's QR code, and in `known` the keys to open it with."""
    known[:] = keys.public_keys()
    return seal.seal(issue(), language="es")


# --- what it holds ------------------------------------------------------------------------------
@pytest.mark.django_db
def test_a_seal_says_what_the_paper_says(issue, statement):
    until = datetime.date(2029, 11, 14)
    certificate = issue(replace(statement, valid_until=until, kind=Kind.DISTINCTION, hours=Decimal("4.5")))
    opened = seal.open_seal(seal.seal(certificate, language="ar"), keys.public_keys())
    assert opened.number == certificate.number
    assert str(opened.name) == "Lucía Fernández"
    assert str(opened.course) == "الاتجار بالأشخاص"
    assert opened.language == "ar"
    assert opened.kind == Kind.DISTINCTION
    assert opened.hours == Decimal("4.5")
    assert opened.completed_on == statement.completed_on
    assert opened.issued_on == certificate.issued_on
    assert opened.valid_until == until
    assert opened.handle == seal.handle_of(certificate.key)
    assert opened.key.key_id == keys.statement_signer().key_id


def test_every_kind_has_a_place_in_the_seal_that_never_moves():
    assert set(seal.KINDS) == set(Kind)
    assert [kind.value for kind in seal.KINDS[:6]] == [
        *("attendance", "completion", "achievement", "tutored", "distinction", "transcript")
    ]


def test_the_code_is_an_address_and_the_statement_after_it(sealed, settings):
    address, _hash, statement = sealed.partition("#")
    assert address == seal.address_of(sealed.split("/verify/")[1][:14])
    assert set(statement) <= set(base41.ALPHABET)
    message = cbor2.loads(base41.decode(statement))
    assert message.tag == 18
    assert len(message.value) == 4


def test_a_phone_or_browser_may_add_the_language_or_leave_the_address_away(sealed, known):
    number = seal.open_seal(sealed, known).number
    statement = sealed.partition("#")[2]
    for text in (f" {sealed}\n", statement, f"{seal.site()}/es/verify/{number}/#{statement}"):
        assert seal.open_seal(text, known).number == number


def test_the_handle_in_the_seal_does_not_follow_from_the_number(issue, statement):
    one, other = issue(), issue(replace(statement, award_key=uuid.uuid4()))
    assert seal.handle_of(one.key) != seal.handle_of(other.key)
    assert len(seal.handle_of(one.key)) == 6
    assert seal.handle_of(one.key) not in (one.number.encode(), numbers.pack(one.number))


# --- that it cannot change ----------------------------------------------------------------------
REFUSED = (seal.NotASeal, seal.Altered, seal.UnknownKey)
PRINTABLE = st.sampled_from(string.digits + string.ascii_letters + string.punctuation + " é")


@MANY
@given(at=st.integers(0, 399), character=PRINTABLE)
def test_no_character_of_the_code_can_be_another(sealed, known, at, character):
    at %= len(sealed)
    if sealed[at] != character:
        with pytest.raises(REFUSED):
            seal.open_seal(sealed[:at] + character + sealed[at + 1 :], known)


@MANY
@given(at=st.integers(0, 400), length=st.integers(1, 60))
def test_nothing_can_be_left_out_of_the_code(sealed, known, at, length):
    at %= len(sealed)
    text = sealed[:at] + sealed[at + length :]
    if at == 0 and text == sealed.partition("#")[2]:
        return
    with pytest.raises(REFUSED):
        seal.open_seal(text, known)


@MANY
@given(at=st.integers(0, 400), more=st.text(PRINTABLE.filter(lambda c: c not in " /"), min_size=1))
def test_nothing_can_be_put_into_the_code(sealed, known, at, more):
    at %= len(sealed) + 1
    with pytest.raises(REFUSED):
        seal.open_seal(sealed[:at] + more + sealed[at:], known)


@MANY
@given(at=st.integers(0, 300), bit=st.integers(0, 7))
def test_no_bit_of_the_message_can_be_turned(sealed, known, at, bit):
    address, _hash, statement = sealed.partition("#")
    data = bytearray(base41.decode(statement))
    data[at % len(data)] ^= 1 << bit
    with pytest.raises(REFUSED):
        seal.open_seal(f"{address}#{base41.encode(bytes(data))}", known)


VALUES = {
    seal.NUMBER: numbers.pack("2026-7F3K-9QXD"),
    seal.NAME: scsu.encode("Somebody Else"),
    seal.COURSE: [scsu.encode("Tr"), digest_of("Tribunals")],
    seal.LANGUAGE: "bn",
    seal.KIND: 0,
    seal.HOURS: 180000,
    seal.COMPLETED: 20000,
    seal.ISSUED: 20001,
    seal.VALID_UNTIL: 40000,
    seal.STATUS: b"abcdef",
}


@pytest.mark.parametrize("field", VALUES)
def test_no_field_can_be_written_anew_under_the_old_signature(sealed, known, field):
    address, _hash, statement = sealed.partition("#")
    header, unsigned, payload, signature = cbor2.loads(base41.decode(statement)).value
    forged = cbor2.dumps(cbor2.loads(payload) | {field: VALUES[field]}, canonical=True)
    data = cbor2.dumps(cbor2.CBORTag(18, [header, unsigned, forged, signature]))
    with pytest.raises(seal.Altered):
        seal.open_seal(f"{address}#{base41.encode(data)}", known)


@pytest.mark.parametrize("part", range(3))
def test_nothing_can_be_added_outside_what_is_signed(sealed, known, part):
    address, _hash, statement = sealed.partition("#")
    parts = list(cbor2.loads(base41.decode(statement)).value)
    parts[part if part else 1] = {1: "more"} if part != 2 else parts[2] + b"\x00"
    data = cbor2.dumps(cbor2.CBORTag(18, parts))
    with pytest.raises(REFUSED):
        seal.open_seal(f"{address}#{base41.encode(data)}", known)


def test_the_seal_of_one_certificate_does_not_serve_another_nor_another_site(sealed, known):
    address, _hash, statement = sealed.partition("#")
    for other in (f"{seal.site()}/verify/2026-7F3K-9QXD", address.replace("://", "://evil-")):
        with pytest.raises(seal.Altered):
            seal.open_seal(f"{other}#{statement}", known)


def test_the_key_must_be_among_the_issuers(sealed, known):
    with pytest.raises(seal.UnknownKey):
        seal.open_seal(sealed, [])
    with pytest.raises(seal.UnknownKey):
        seal.open_seal(sealed, [key for key in known if key.use == "pdf"])
    (own,) = (key for key in known if key.use == "statement")
    with pytest.raises(seal.Altered):
        seal.open_seal(sealed, [replace(own, public=bytes(32))])


@pytest.mark.django_db
@MANY
@given(text=st.text() | st.text(base41.ALPHABET, min_size=120) | st.binary(max_size=240).map(base41.encode))
def test_whatever_else_is_scanned_is_refused(text):
    with pytest.raises(REFUSED):
        seal.open_seal(text, [])


def test_a_header_that_is_no_map_is_refused(sealed, known):
    address, _hash, text = sealed.partition("#")
    message = cbor2.loads(base41.decode(text))
    header, *rest = message.value
    listed = cbor2.dumps([None, seal.EDDSA, None, None, cbor2.loads(header)[seal.KEY_ID]])
    forged = cbor2.dumps(cbor2.CBORTag(message.tag, [listed, *rest]))
    with pytest.raises(seal.Altered):
        seal.open_seal(f"{address}#{base41.encode(forged)}", known)


# --- that it fits -------------------------------------------------------------------------------
@pytest.mark.parametrize("script", NAMES)
def test_a_name_and_a_title_of_80_characters_fit_in_every_script(script, issue, statement, settings):
    name, title = (tidy(text[:80]) for text in NAMES[script])
    settings.WAGTAILADMIN_BASE_URL = "https://learning.example.org"
    made = replace(statement, name=name, course_titles={"en": title}, valid_until=datetime.date(2030, 1, 1))
    text = seal.seal(issue(made), language="en")
    assert len(text.encode()) <= 400
    opened = seal.open_seal(text, keys.public_keys())
    assert opened.name.agrees_with(name)
    assert opened.course.agrees_with(title)
    assert not opened.name.agrees_with(name + "a")
    assert name.startswith(opened.name.text)
    assert title.startswith(opened.course.text)
    # letters of one alphabet take a byte each, so that the whole name stays
    assert opened.name.is_whole == (script not in ("vi", "dv", "zh"))
    assert len(opened.name.text) >= (60 if script != "zh" else 20)


@pytest.mark.parametrize("length", [20, 40, 80, 110])
def test_the_address_of_the_site_may_be_long(length, issue, settings):
    settings.WAGTAILADMIN_BASE_URL = "https://" + "a" * (length - 8)
    text = seal.seal(issue(), language="en")
    assert len(text) <= 400
    assert str(seal.open_seal(text, keys.public_keys()).name).startswith("Luc")


def test_an_address_that_leaves_no_room_is_refused(issue, settings):
    settings.WAGTAILADMIN_BASE_URL = "https://" + "a" * 300
    with pytest.raises(NoRoom):
        seal.seal(issue(), language="en")


def test_the_title_gives_way_before_the_name():
    name, title = Excerpt.of("A" * 60), Excerpt.of("B" * 60)
    assert fit(name, title, 200) == (name, title)
    kept, cut = fit(name, title, 100)
    assert kept == name
    assert not cut.is_whole
    both = fit(name, title, 70)
    assert [excerpt.is_whole for excerpt in both] == [False, False]
    assert sum(excerpt.size for excerpt in both) <= 70


@MANY
@given(TEXTS, TEXTS, st.integers(60, 200))
def test_what_was_cut_is_a_beginning_and_is_checked_by_its_hash(one, other, room):
    name, title = fit(Excerpt.of(one), Excerpt.of(other), room)
    assert name.size + title.size <= room
    for whole, excerpt in ((one, name), (other, title)):
        assert tidy(whole).startswith(excerpt.text)
        assert excerpt.agrees_with(whole)
        assert not excerpt.agrees_with(whole + "x")


def test_a_letter_keeps_its_marks_where_a_text_is_cut():
    whole = Excerpt.of("ক্ষেত্রী")
    for room in range(14, whole.size + 20):
        try:
            text = whole.cut(room).text
        except NoRoom:
            continue
        assert text in ("", "ক্ষে")


# --- how it is written --------------------------------------------------------------------------
@MANY
@given(st.binary())
def test_base41_gives_back_what_it_was_given_in_characters_of_addresses(data):
    text = base41.encode(data)
    assert base41.decode(text) == data
    assert len(text) == len(data) // 2 * 3 + len(data) % 2 * 2
    assert set(text) <= set("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:")  # the code's own alphabet


@pytest.mark.parametrize("text", ["a", "0", "0000", "000/", "//", "///", "é00", " 00"])
def test_what_base41_never_writes_is_refused(text):
    with pytest.raises(ValueError):
        base41.decode(text)


@MANY
@given(TEXTS)
def test_a_packed_text_is_read_as_it_was(text):
    assert scsu.decode(scsu.encode(text)) == text


def test_packed_texts_are_those_of_the_standard():
    """The examples of UTS #6, sections 9.1 to 9.3, for which there is one way to write them."""
    assert scsu.encode("Öl fließt") == bytes.fromhex("D66C20666C6965DF74")
    assert scsu.encode("Москва") == bytes.fromhex("129CBEC1BAB2B0")
    assert scsu.decode(bytes.fromhex("129CBEC1BAB2B0")) == "Москва"
    assert len(scsu.encode("মোহাম্মদ আব্দুল করিম চৌধুরী")) == 29


@pytest.mark.parametrize("data", ["0B2000", "0C", "0F", "1800", "18A8", "0E", "0E00", "01", "0ED800"])
def test_a_packed_text_that_is_never_written_is_refused(data):
    with pytest.raises(ValueError):
        scsu.decode(bytes.fromhex(data))


@given(st.integers(1900, 2200), st.text(numbers.ALPHABET, min_size=8, max_size=8))
def test_a_packed_number_is_read_as_it_was(year, rest):
    number = f"{year}-{rest[:4]}-{rest[4:]}"
    assert numbers.unpack(numbers.pack(number)) == number


# --- read from paper ----------------------------------------------------------------------------
MILLIMETRES = 22


def printed(text: str, dots_per_inch: int, blur: float = 0) -> Image.Image:
    """The code as a scanner sees it on white paper, 22 mm wide."""
    code = qr.code(text)
    modules = code.symbol_size(border=0)[0]
    out = io.BytesIO()
    code.save(out, kind="png", scale=16, border=4)
    side = round(MILLIMETRES / 25.4 * dots_per_inch * (modules + 8) / modules)
    seen = Image.open(out).convert("L").resize((side, side), Image.Resampling.BOX)
    paper = Image.new("L", (side + 60, side + 60), 255)
    paper.paste(seen, (30, 30))
    return paper.filter(ImageFilter.GaussianBlur(blur)) if blur else paper


@pytest.fixture
def longest(issue: Callable[..., Certificate], statement: Statement) -> str:
    name, title = NAMES["bn"]
    return seal.seal(issue(replace(statement, name=name[:80], course_titles={"en": title})), language="en")


def test_a_module_of_the_longest_code_measures_a_third_of_a_millimetre(longest):
    assert len(longest) > 390
    modules = qr.code(longest).symbol_size(border=0)[0]
    assert modules <= 69
    assert MILLIMETRES / modules > 0.318


@pytest.mark.parametrize(("dots", "blur"), [(600, 2), (300, 0), (300, 1), (200, 0.8), (150, 0), (150, 0.5)])
def test_a_code_of_22_millimetres_is_read_from_a_scan(dots, blur, sealed, longest):
    for text in (sealed, longest):
        found = zxingcpp.read_barcodes(printed(text, dots, blur))
        assert [code.text for code in found] == [text], (dots, blur)


def test_a_stamp_over_a_part_of_the_code_does_no_harm(longest):
    paper = printed(longest, 300)
    side = paper.width // 6
    paper.paste(90, (paper.width - 30 - side, paper.height // 2, paper.width - 30, paper.height // 2 + side))
    assert [code.text for code in zxingcpp.read_barcodes(paper)] == [longest]


def test_the_statement_is_written_in_the_dense_mode_of_the_code(sealed):
    plain = segno.make(sealed, error="m", micro=False)
    assert qr.code(sealed).version < plain.version


@pytest.mark.parametrize("dots", ["300", "150"])
@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_code_is_read_from_the_sheet_itself_and_lies_in_the_file(issue, poppler, language, dots):
    certificate = issue()
    pdf = documents.read(documents.obtain(certificate=certificate, language=language))
    page = Image.open(io.BytesIO(poppler("pdftoppm", pdf, "-r", dots, "-png", "-singlefile")))
    (found,) = zxingcpp.read_barcodes(page)
    assert found.text == seal.seal(certificate, language=language)
    assert attached(pdf, seal.FILE) == found.text.encode()
